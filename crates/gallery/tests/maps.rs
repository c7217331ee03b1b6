//! Tests of maps: every text is readable, and the drawing shows the results.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{assert_words_can_be_read, texts};
use thalweg::{
    experiment::{Experiment, PreparedExperiment, Target},
    map::{SettingCell, SettingsGrid, StartGrid, Tally},
    over::SettingValues,
};
use thalweg_gallery::{
    setting_map::{SettingMap, SettingQuantity, best},
    start_map::{CellSubsampling, StartMap, StartPanel, StartQuantity, field},
};
use thalweg_plot::{
    formats::{pdf, svg},
    scene::{Node, Scene},
    theme::Theme,
};

const PICKS: [&str; 5] = [
    "gradient-descent:learning_rate=0.3",
    "gradient-descent:learning_rate=10",
    "momentum:learning_rate=0.3,momentum=0.9",
    "rprop",
    "irprop-plus",
];

fn contest(picks: &[&str], epochs: u64) -> PreparedExperiment {
    let with = picks.iter().map(|pick| pick.parse().unwrap()).collect();
    let experiment = Experiment {
        target: Target::Loss(0.125),
        epochs,
        ..Experiment::new("article".parse().unwrap(), with)
    };
    experiment.prepare().unwrap()
}

fn starts(picks: &[&str], quantity: StartQuantity, size: [usize; 2], minima: &[Vec<f64>]) -> Scene {
    let mut contest = contest(picks, 200);
    contest.problem.minima = minima.to_vec();
    let window = contest.problem.window;
    let grid = StartGrid::new(window, size);
    let panels = contest.contenders.iter().map(|contender| {
        let mut panel = StartPanel::new(&*contender.label, quantity, CellSubsampling::new(size));
        let cells = grid.run(&contest, contender, 0..grid.cells());
        let mut tally = Tally::default();
        tally.add(&cells);
        panel.take(&cells);
        let share = 100.0 * tally.summary().share_reached();
        panel.note = format!("reached {share:.2} %; epochs: median 43, 95 % 120, worst 1310");
        panel
    });
    let panels: Vec<StartPanel> = panels.collect();
    let map = StartMap {
        problem: &contest.problem.title,
        weights: ["First weight", "Second weight"],
        grid: &grid,
        panels: &panels,
        target: Some((0.125, field(&*contest.problem.objective, window))),
        minima: &contest.problem.minima,
    };
    map.scene(&Theme::LIGHT)
}

fn settings(picks: &[&str], over: &[&str]) -> (Scene, Vec<(String, Vec<SettingCell>)>) {
    let contest = contest(picks, 300);
    let over: Vec<SettingValues> = over.iter().map(|text| text.parse().unwrap()).collect();
    let optimizers: Vec<(String, Vec<SettingCell>)> = contest
        .contenders
        .iter()
        .map(|contender| {
            let grid = SettingsGrid::new(contender.pick.clone(), over.clone(), &contest).unwrap();
            let cells = 0..grid.cells();
            let cells = cells.map(|cell| grid.run(&contest, &contest.start, cell).unwrap());
            (contender.label.clone(), cells.collect())
        })
        .collect();
    let map = SettingMap {
        problem: &contest.problem.title,
        quantity: SettingQuantity::Epochs,
        over: &over,
        optimizers: &optimizers,
        colors: &[0, 1],
        starts: 1,
    };
    (map.scene(&Theme::LIGHT), optimizers)
}

#[test]
fn every_text_of_a_start_map_is_readable() {
    let minima = [vec![-2.0, 1.0], vec![3.0, 4.5]];
    for count in 1..=PICKS.len() {
        assert_words_can_be_read(&starts(
            &PICKS[..count],
            StartQuantity::Epochs,
            [16, 12],
            &[],
        ));
    }
    for quantity in [
        StartQuantity::Evaluations,
        StartQuantity::Minimum,
        StartQuantity::Loss,
        StartQuantity::Outcome,
    ] {
        assert_words_can_be_read(&starts(&PICKS[2..4], quantity, [16, 12], &minima));
    }
}

#[test]
fn every_text_of_a_setting_map_is_readable() {
    let rate = "learning_rate=1e-3..100:log:30";
    for over in [
        &[rate][..],
        &["learning_rate=0.3|10|30"],
        &[rate, "momentum=0..0.9:7"],
    ] {
        for picks in [&["momentum"][..], &["momentum", "nesterov"]] {
            assert_words_can_be_read(&settings(picks, over).0);
        }
    }
}

#[test]
fn the_best_settings_are_named() {
    let (scene, optimizers) = settings(&["gradient-descent"], &["learning_rate=0.01|10|3"]);
    assert_eq!(best(&optimizers[0].1, SettingQuantity::Epochs), Some(1));
    let words: Vec<&str> = texts(&scene.nodes).iter().map(|t| &*t.text).collect();
    assert!(
        words.contains(&"Gradient Descent, best: 25 epochs at learning_rate 10"),
        "{words:?}"
    );
    assert!(words.contains(&"target not reached"), "{words:?}");
}

#[test]
fn a_map_of_many_cells_stays_small() {
    let scene = starts(&PICKS[2..3], StartQuantity::Epochs, [400, 400], &[]);
    let svg = svg::encode(&scene);
    assert!(svg.len() < 150_000, "{}", svg.len());
    let pdf = pdf::encode(&scene).unwrap();
    assert!(
        pdf.starts_with(b"%PDF-") && pdf.len() < 150_000,
        "{}",
        pdf.len()
    );
    assert!(pdf == pdf::encode(&scene).unwrap());
}

#[test]
fn names_are_dots_and_numbers_are_on_a_scale() {
    let sloping = |scene: &Scene| {
        fn lines(nodes: &[Node]) -> usize {
            let of_node = |node: &Node| match node {
                Node::Group { nodes, .. } => lines(nodes),
                Node::Path {
                    lines, fill: None, ..
                } => lines.iter().filter(|line| slopes(&line.points)).count(),
                _ => 0,
            };
            nodes.iter().map(of_node).sum()
        }
        fn slopes(points: &[[f64; 2]]) -> bool {
            let mut pairs = points.windows(2);
            pairs.any(|p| p[0][0] != p[1][0] && p[0][1] != p[1][1])
        }
        lines(&scene.nodes)
    };
    let (named, _) = settings(
        &["gradient-descent"],
        &["search=golden-section|strong-wolfe"],
    );
    assert_eq!(sloping(&named), 0);
    // Powers of ten between the given values 0.3, 1, and 20 have labels.
    let (listed, _) = settings(&["momentum"], &["learning_rate=0.3|1|20"]);
    assert!(sloping(&listed) > 0);
    let words: Vec<&str> = texts(&listed.nodes).iter().map(|t| &*t.text).collect();
    assert!(words.contains(&"10"), "{words:?}");
}
