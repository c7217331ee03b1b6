//! Draws maps in every theme and at every preset size for visual inspection: `themes FOLDER`.
//!
//! The maps show the article's five paths, and fields that span many decades.

use std::path::Path as FilePath;
use thalweg::{experiment::Experiment, field::Field, trace::Trace};
use thalweg_gallery::{
    article::{ArticleRuns, FIGURES},
    colors::theme_indices,
    map::{LossMap, MapPath, SAMPLES, label},
};
use thalweg_plot::{
    formats::png,
    size::{PRESETS, Size},
    theme::{THEMES, Theme},
};

const FIVE: [&str; 5] = [
    "gradient-descent:learning_rate=0.3",
    "momentum:learning_rate=0.3",
    "rprop",
    "irprop-plus",
    "gradient-descent:search=golden-section",
];
/// Problems and optimizers.
const MAPS: [(&str, &[&str]); 5] = [
    ("article", &FIVE),
    (
        "rosenbrock",
        &[
            "gradient-descent:learning_rate=0.001",
            "momentum:learning_rate=0.0005",
            "adam",
            "bfgs",
        ],
    ),
    (
        "goldstein-price",
        &["rprop", "gradient-descent:learning_rate=1"],
    ),
    ("beale", &["adam", "lbfgs", "nadam"]),
    ("ackley", &["rprop", "adam"]),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("give the name of a folder")?;
    std::fs::create_dir_all(&folder)?;
    for (problem, picks) in MAPS {
        for entry in THEMES {
            let size = Size::of_px([760.0, 640.0]);
            write(&folder, problem, picks, &entry.theme, size, entry.id)?;
        }
        for preset in PRESETS {
            write(
                &folder,
                problem,
                picks,
                &Theme::LIGHT,
                preset.size,
                preset.id,
            )?;
        }
    }
    let study = ArticleRuns::new()?;
    for entry in THEMES {
        for figure in &FIGURES {
            let scene = figure.scene(&study, &entry.theme)?;
            let file = FilePath::new(&folder).join(format!("{}-{}.png", figure.name, entry.id));
            std::fs::write(file, png::encode(&scene, 1.0)?)?;
        }
    }
    Ok(())
}

fn write(
    folder: &str,
    problem: &str,
    picks: &[&str],
    theme: &Theme,
    size: Size,
    name: &str,
) -> Result<(), Box<dyn std::error::Error>> {
    let with = picks.iter().map(|pick| pick.parse());
    let experiment = Experiment::new(problem.parse()?, with.collect::<Result<_, _>>()?);
    let contest = experiment.prepare()?;
    let traces: Vec<Trace> = contest.runs().map(Trace::record).collect();
    let field = Field::sample(
        &*contest.problem.objective,
        contest.problem.window,
        [SAMPLES, SAMPLES],
    );
    let runs = contest.contenders.iter().zip(&traces);
    let labels: Vec<String> = runs
        .map(|(contender, trace)| label(&contender.label, trace))
        .collect();
    let places = theme_indices(
        contest.contenders.iter().map(|contender| &contender.pick),
        theme.paths.len(),
    );
    let paths = traces.iter().zip(&labels).zip(places);
    let map = LossMap {
        size: size.layout,
        target: contest.budget.target,
        start: Some(&contest.start),
        paths: paths
            .map(|((trace, label), place)| MapPath {
                trace,
                style: theme.path(place),
                label,
            })
            .collect(),
        legend: true,
        ..LossMap::new(
            contest.problem.title,
            ["First weight", "Second weight", "Loss"],
            &field,
        )
    };
    let scene = map.scene(theme).magnified(size.scale);
    let file = FilePath::new(folder).join(format!("{problem}-{name}.png"));
    std::fs::write(file, png::encode(&scene, 1.0)?)?;
    Ok(())
}
