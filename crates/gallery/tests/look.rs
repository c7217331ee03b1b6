//! Tests of the map in every theme, at every size, and with any field: texts are readable, and files are small.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{FIVE, assert_words_can_be_read, texts};
use thalweg::{experiment::Experiment, field::Field, trace::Trace};
use thalweg_gallery::{
    article::{ArticleRuns, FIGURES},
    colors::theme_indices,
    map::{LossMap, MapPath, SAMPLES, label},
};
use thalweg_plot::{
    formats::svg,
    levels::Levels,
    scene::Scene,
    size::{PRESETS, Size},
    theme::{THEMES, Theme},
};

const LABELS: [&str; 3] = ["First weight", "Second weight", "Loss"];

fn map(problem: &str, picks: &[&str], size: Size, theme: &Theme, levels: Levels) -> Scene {
    let with = picks.iter().map(|pick| pick.parse().unwrap()).collect();
    let experiment = Experiment {
        epochs: 2000,
        ..Experiment::new(problem.parse().unwrap(), with)
    };
    let contest = experiment.prepare().unwrap();
    let traces: Vec<Trace> = contest.runs().map(Trace::record).collect();
    let problem = &contest.problem;
    let field = Field::sample(&*problem.objective, problem.window, [SAMPLES, SAMPLES]);
    let runs = contest.contenders.iter().zip(&traces);
    let names: Vec<String> = runs.map(|(c, trace)| label(&c.label, trace)).collect();
    let picks = contest.contenders.iter().map(|c| &c.pick);
    let runs = traces
        .iter()
        .zip(&names)
        .zip(theme_indices(picks, theme.paths.len()));
    let paths = runs.map(|((trace, label), place)| MapPath {
        trace,
        style: theme.path(place),
        label,
    });
    let map = LossMap {
        size: size.layout,
        levels,
        target: contest.budget.target,
        start: Some(&contest.start),
        paths: paths.collect(),
        legend: true,
        ..LossMap::new(&*problem.title, LABELS, &field)
    };
    map.scene(theme).magnified(size.scale)
}

const ROOMY: Size = Size {
    is_column: false,
    layout: [760.0, 640.0],
    scale: 1.0,
};

#[test]
fn every_text_is_readable_at_every_size_in_every_theme() {
    for preset in PRESETS {
        for picks in [&FIVE[..0], &FIVE[1..2], &FIVE[..]] {
            for entry in THEMES {
                let scene = map("article", picks, preset.size, &entry.theme, Levels::Auto);
                assert_words_can_be_read(&scene);
            }
        }
    }
}

#[test]
fn every_text_is_readable_beside_uneven_levels() {
    for problem in [
        "rosenbrock",
        "goldstein-price",
        "beale",
        "ackley",
        "quadratic",
        "plateau",
    ] {
        for levels in [Levels::Auto, Levels::Linear, Levels::Log, Levels::Quantile] {
            for size in [ROOMY, PRESETS[0].size] {
                let scene = map(problem, &["rprop"], size, &Theme::LIGHT, levels);
                assert_words_can_be_read(&scene);
            }
        }
    }
}

#[test]
fn levels_are_even_where_the_field_is() {
    let svg = |problem, levels| {
        let scene = map(problem, &[], ROOMY, &Theme::LIGHT, levels);
        svg::encode(&scene)
    };
    assert!(svg("article", Levels::Auto) == svg("article", Levels::Linear));
    for skewed in ["rosenbrock", "goldstein-price", "beale"] {
        assert!(
            svg(skewed, Levels::Auto) == svg(skewed, Levels::Log),
            "{skewed}"
        );
    }
}

#[test]
fn the_map_of_all_five_paths_is_a_small_file() {
    let study = ArticleRuns::new().unwrap();
    let figure = FIGURES.iter().find(|f| f.name == "all-algorithms").unwrap();
    for entry in THEMES {
        let text = svg::encode(&figure.scene(&study, &entry.theme).unwrap());
        assert!(text.len() <= 120_000, "{}: {} bytes", entry.id, text.len());
        assert!(
            text.contains("<text") && !text.contains("<image"),
            "{}",
            entry.id
        );
    }
}

#[test]
fn a_flat_or_empty_field_has_a_note() {
    let field = |value: fn(usize) -> f64| Field {
        xs: vec![0.0, 0.5, 1.0],
        ys: vec![0.0, 0.5, 1.0],
        values: (0..9).map(value).collect(),
    };
    let words = |field: &Field| -> Vec<String> {
        let scene = LossMap::new("A map", LABELS, field).scene(&Theme::DARK);
        assert_words_can_be_read(&scene);
        texts(&scene.nodes).iter().map(|t| t.text.clone()).collect()
    };
    let flat = words(&field(|_| 0.25));
    assert!(
        flat.contains(&"flat: every loss is 0.25".to_owned()),
        "{flat:?}"
    );
    assert!(flat.contains(&"Loss".to_owned()));
    let empty = words(&field(|_| f64::NAN));
    assert!(
        empty.contains(&"no finite loss in this window".to_owned()),
        "{empty:?}"
    );
    // Without a finite loss the color bar is omitted.
    assert!(!empty.contains(&"Loss".to_owned()), "{empty:?}");
    let one_hole = words(&field(|i| if i == 0 { f64::NAN } else { i as f64 }));
    assert!(one_hole.iter().all(|w| !w.contains("loss")), "{one_hole:?}");
}
