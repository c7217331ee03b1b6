//! Computes one figure from the start and writes it as a PNG of 800 x 600: `one_figure FILE.png`. `cargo xtask bench`
//! measures the process.
//!
//! Five optimizers run on the article's problem. The figure shows their paths on 20 levels of a field of 50 x 50.

use thalweg::{experiment::Experiment, field::Field, trace::Trace};
use thalweg_gallery::map::{LossMap, MapPath};
use thalweg_plot::{formats::png, theme::Theme};

const PICKS: [&str; 5] = [
    "gradient-descent:learning_rate=0.3",
    "momentum:learning_rate=0.3",
    "rprop",
    "irprop-plus",
    "gradient-descent:search=golden-section",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args()
        .nth(1)
        .ok_or("give the name of a PNG file")?;
    let with = PICKS.iter().map(|pick| pick.parse());
    let experiment = Experiment::new("article".parse()?, with.collect::<Result<_, _>>()?);
    let contest = experiment.prepare()?;
    let traces: Vec<Trace> = contest.runs().map(Trace::record).collect();
    let problem = &contest.problem;
    let field = Field::sample(&*problem.objective, problem.window, [50, 50]);
    let theme = Theme::LIGHT;
    let paths = contest.contenders.iter().zip(&traces).enumerate();
    let map = LossMap {
        size: [800.0, 600.0],
        target: problem.target,
        start: Some(&contest.start),
        paths: paths
            .map(|(i, (contender, trace))| MapPath {
                trace,
                style: theme.path(i),
                label: &contender.label,
            })
            .collect(),
        legend: true,
        ..LossMap::new(
            "Five optimizers",
            ["First weight", "Second weight", "Loss"],
            &field,
        )
    };
    std::fs::write(file, png::encode(&map.scene(&theme), 1.0)?)?;
    Ok(())
}
