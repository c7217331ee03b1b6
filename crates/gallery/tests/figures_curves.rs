//! Tests of figures of all runs: losses, distances, and bars.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{
    FIVE, assert_words_can_be_read,
    drawing::{contest, draw, draw_shown, drawn, endless, from, groups, lines, traces},
    texts,
};
use std::collections::BTreeSet;
use thalweg::{float::ln, run::StopReason};
use thalweg_plot::{
    formats::svg,
    scene::{Node, Scene},
};

fn words(scene: &Scene) -> Vec<&str> {
    texts(&scene.nodes).iter().map(|t| &*t.text).collect()
}

/// Returns the text of the note below the figure.
fn note(scene: &Scene) -> String {
    let note = groups(&scene.nodes, "note").concat();
    let lines: Vec<&str> = texts(&note).iter().map(|t| &*t.text).collect();
    lines.join(" ")
}

#[test]
fn every_run_is_a_curve_with_an_end_marker() {
    let article = contest("article", &FIVE, 10_000);
    let scene = draw("loss", &article);
    assert_words_can_be_read(&scene);
    let marks = groups(&scene.nodes, "marks").concat();
    let color = |node: &Node| match node {
        Node::Path {
            lines,
            stroke: Some(stroke),
            ..
        } if stroke.dash.is_none() && !lines.is_empty() => Some(stroke.color.rgb),
        _ => None,
    };
    let colors: BTreeSet<[u8; 3]> = marks.iter().filter_map(color).collect();
    assert_eq!(colors.len(), 5);
    let ends = marks.iter().filter(|n| matches!(n, Node::Circle { .. }));
    assert_eq!(ends.count(), 5);
    let words = words(&scene);
    assert!(words.contains(&"Target: 0.125"));
    assert!(words.contains(&"RPROP (20 steps)"));
    assert!(
        scene.description.contains("(reached)"),
        "{}",
        scene.description
    );
    assert!(note(&scene).is_empty());
    // Each epoch of a run has a point.
    let alone = draw("loss", &contest("article", &["rprop"], 10_000));
    let marks = groups(&alone.nodes, "marks").concat();
    assert!(lines(&marks).iter().any(|line| line.len() == 21));
}

#[test]
fn evaluations_include_those_of_line_searches() {
    let article = contest("article", &FIVE[3..], 10_000);
    let calls = traces(&article)[1].total();
    let scene = draw("loss:over=evaluations", &article);
    let label = format!("({} evaluations)", calls.value + calls.gradient);
    assert!(words(&scene).iter().any(|w| w.ends_with(&label)), "{label}");
}

#[test]
fn selected_epochs_limit_the_horizontal_axis() {
    let article = contest("article", &["rprop"], 10_000);
    let scene = draw_shown("loss", &article, &traces(&article), Some(11..=14)).unwrap();
    let marks = groups(&scene.nodes, "marks").concat();
    assert_eq!(
        lines(&marks).iter().map(|l| l.len()).collect::<Vec<_>>(),
        [4]
    );
    assert!(words(&scene).contains(&"12") && !words(&scene).contains(&"0"));
}

#[test]
fn a_wide_range_of_losses_is_logarithmic() {
    let rosenbrock = contest("rosenbrock", &["levenberg-marquardt:repeat=false"], 100);
    let auto = draw("loss", &rosenbrock);
    assert!(
        words(&auto).iter().any(|w| w.contains("10\u{207b}")),
        "{:?}",
        words(&auto)
    );
    assert_words_can_be_read(&auto);
    let linear = draw("loss:scale=linear", &rosenbrock);
    assert!(words(&linear).iter().all(|w| !w.contains("10\u{207b}")));
}

#[test]
fn a_note_names_what_a_logarithmic_axis_cannot_show() {
    let minus = contest(
        "formula:x^2+y^2-1",
        &["gradient-descent:learning_rate=0.2"],
        20,
    );
    let scene = draw("loss:scale=log", &minus);
    assert!(note(&scene).contains("below 0"), "{}", note(&scene));
    assert_words_can_be_read(&scene);
    let zeros = from(&[0.0, 0.0], "quadratic", &["gradient-descent"], 3);
    assert!(note(&draw("distance", &zeros)).contains("1 of Gradient Descent"));
    let log = draw("loss:x_scale=log", &contest("article", &FIVE, 50));
    assert!(note(&log).contains("0 epochs"));
}

#[test]
fn a_curve_that_leaves_the_picture_ends_with_an_arrow() {
    let with = ["bfgs", "gradient-descent:learning_rate=0.1"];
    let rosenbrock = contest("rosenbrock", &with, 200);
    let runs = traces(&rosenbrock);
    assert!(matches!(runs[1].stop, StopReason::Diverged { .. }));
    let scene = drawn("loss", &rosenbrock, &runs).unwrap();
    let marks = groups(&scene.nodes, "marks").concat();
    let arrows = marks.iter().filter(|node| match node {
        Node::Path {
            lines,
            fill: Some(_),
            ..
        } => lines[0].closed && lines[0].points.len() == 3,
        _ => false,
    });
    assert_eq!(arrows.count(), 1);
    // The run that reaches the target is not flattened.
    let calm = lines(&marks)[0];
    let height = |i: usize| calm[i][1];
    assert!(height(calm.len() - 1) - height(0) > 200.0);
}

#[test]
fn runs_without_steps_or_finite_losses_are_drawn() {
    for epochs in [0, 1] {
        let article = contest("article", &FIVE, epochs);
        for figure in [
            "loss",
            "loss:scale=log,x_scale=log",
            "loss:over=evaluations",
            "bars",
        ] {
            let scene = draw(figure, &article);
            let svg = svg::encode(&scene);
            assert!(
                !svg.contains("NaN") && !svg.contains("inf"),
                "{figure} {epochs}"
            );
        }
    }
    let mut runs = traces(&contest("article", &["rprop"], 5));
    runs[0].losses.fill(f64::NAN);
    runs[0].stop = StopReason::Diverged { epoch: 0 };
    let article = contest("article", &["rprop"], 5);
    let scene = drawn("loss", &article, &runs).unwrap();
    assert!(words(&scene).contains(&"RPROP (diverged at epoch 0)"));
    assert!(!svg::encode(&scene).contains("NaN"));
}

#[test]
fn a_long_run_is_a_small_file() {
    let article = endless(
        "article",
        &["gradient-descent:learning_rate=0.001"],
        100_000,
    );
    let scene = draw("loss", &article);
    let marks = groups(&scene.nodes, "marks").concat();
    let points: usize = lines(&marks).iter().map(|l| l.len()).sum();
    assert!((800..4000).contains(&points), "{points}");
}

#[test]
fn figures_of_runs_need_runs_and_minima() {
    let article = contest("article", &[], 5);
    for figure in ["loss", "distance", "bars", "state"] {
        let error = drawn(figure, &article, &[]).unwrap_err().to_string();
        assert!(
            error.contains("no optimizer was given"),
            "{figure}: {error}"
        );
    }
    let article = contest("article", &["rprop"], 5);
    let error = drawn("distance", &article, &traces(&article)).unwrap_err();
    assert!(
        error.to_string().contains("has no known minimum"),
        "{error}"
    );
}

#[test]
fn the_bar_of_a_run_that_missed_the_target_is_hatched() {
    let article = contest("article", &["rprop", "adam"], 50);
    let scene = draw("bars:show=epochs", &article);
    assert_words_can_be_read(&scene);
    let bars = groups(&scene.nodes, "bars").concat();
    let hatched = bars
        .iter()
        .filter(|n| matches!(n, Node::Group { clip: Some(_), .. }));
    assert_eq!(hatched.count(), 1);
    let words = words(&scene);
    assert!(
        words.contains(&"20") && words.contains(&"50 (not reached)"),
        "{words:?}"
    );
    assert!(scene.description.contains("50 (not reached)"));
    assert_eq!(groups(&draw("bars", &article).nodes, "bars").len(), 2);
    let endless = endless("article", &["rprop"], 50);
    let scene = draw("bars:show=epochs", &endless);
    assert!(
        scene.description.contains("50 (epoch limit)"),
        "{}",
        scene.description
    );
}

#[test]
fn a_diverging_run_and_a_run_to_zero_are_both_readable() {
    let rates = [
        "gradient-descent:learning_rate=0.12",
        "gradient-descent:learning_rate=0.1",
    ];
    let bowl = endless("formula:x^2+9*y^2", &rates, 2000);
    let runs = traces(&bowl);
    assert_eq!(runs[1].loss(), 0.0);
    let scene = drawn("loss", &bowl, &runs).unwrap();
    assert_words_can_be_read(&scene);
    let marks = groups(&scene.nodes, "marks").concat();
    let [away, calm] = lines(&marks)[..] else {
        panic!("there are two curves");
    };
    // On a logarithmic axis, both are straight lines: the losses are 9 * 0.76^(2 k) + 36 * 1.16^(2 k) and 45 * 0.64^k.
    let height = |line: &[[f64; 2]], share: f64| {
        let x = away[0][0] + share * (away[away.len() - 1][0] - away[0][0]);
        let i = line.partition_point(|p| p[0] < x);
        line[i][1]
    };
    let rise = height(away, 0.5) - height(away, 1.0);
    assert!(rise > 80.0, "{rise}");
    let per_epoch = |k: f64| 2.0 * k * ln(1.16);
    let px_per_unit = rise / (per_epoch(2000.0) - per_epoch(1000.0));
    let expected = 100.0 * ln(0.64) * px_per_unit;
    let fall = height(calm, 0.0) - height(calm, 0.05);
    assert!((fall - expected).abs() < 1.0, "{fall} {expected}");
    // Zeros lie at the lower edge.
    let lowest = calm.iter().map(|p| p[1]).fold(0.0, f64::max);
    assert_eq!(height(calm, 0.9), lowest);
    let note = note(&scene);
    assert!(note.contains("Zeros lie at the lower edge"), "{note}");
}

#[test]
fn a_run_that_goes_away_does_not_flatten_negative_losses() {
    let with = ["rprop", "gradient-descent:learning_rate=1.1"];
    let bowl = endless("formula:x^2+y^2-1", &with, 200);
    let runs = traces(&bowl);
    assert!(runs[1].loss() > 1e6 && runs[0].loss() < -0.9);
    let scene = drawn("loss", &bowl, &runs).unwrap();
    let marks = groups(&scene.nodes, "marks").concat();
    let calm = lines(&marks)[0];
    let rise = calm[calm.len() - 1][1] - calm[0][1];
    assert!(rise > 10.0, "{rise}");
}

#[test]
fn an_exploding_run_leaves_half_of_the_axis_to_the_others() {
    let (away, calm) = ("gradient-descent:learning_rate", "rprop");
    for (on, rate) in [
        ("formula:x^2+y^2", 1.5),
        ("formula:x^2+y^2-1", 1.03),
        ("formula:x^2+y^2-1", 1.02),
    ] {
        let with = [&format!("{away}={rate}"), calm];
        let bowl = endless(on, &with, 200);
        let runs = traces(&bowl);
        assert!(runs[0].loss().is_finite() && runs[0].loss() > 100.0);
        for figure in ["loss", "distance", "loss:scale=linear"] {
            let Ok(scene) = drawn(figure, &bowl, &runs) else {
                continue;
            };
            assert_words_can_be_read(&scene);
            let marks = groups(&scene.nodes, "marks").concat();
            let curve = lines(&marks)[1];
            let heights = curve.iter().map(|p| p[1]);
            let [low, high] = heights.fold([f64::INFINITY, 0.0_f64], |[low, high], y| {
                [low.min(y), high.max(y)]
            });
            assert!(high - low > 170.0, "{on} {figure}: {low} {high}");
            let note = note(&scene);
            assert!(
                note.contains("outside of the axis"),
                "{on} {figure}: {note}"
            );
        }
    }
}

#[test]
fn runs_that_diverge_at_once_are_drawn() {
    for on in ["goldstein-price", "monkey-saddle", "rosenbrock"] {
        let with = [
            "momentum:learning_rate=0.1",
            "gradient-descent:learning_rate=10",
            "rprop",
        ];
        let runs = endless(on, &with, 60);
        let traces = traces(&runs);
        for figure in [
            "loss", "distance", "state", "contour", "step", "zoom", "surface", "panels",
        ] {
            // Some problems have no known minimum, and some steps cannot be shown.
            let Ok(scene) = drawn(figure, &runs, &traces) else {
                continue;
            };
            let file = svg::encode(&scene);
            assert!(file.starts_with("<svg"), "{on} {figure}");
        }
    }
}

#[test]
fn bars_have_a_logarithmic_axis() {
    let contest = contest(
        "article",
        &["gradient-descent:learning_rate=0.3", "rprop"],
        10_000,
    );
    let counts: Vec<f64> = traces(&contest).iter().map(|t| t.epochs() as f64).collect();
    let lengths = |scale: &str| -> Vec<f64> {
        let scene = draw(&format!("bars:show=epochs,scale={scale}"), &contest);
        let bars = groups(&scene.nodes, "bars").concat();
        let bar = |node: &Node| match node {
            Node::Path {
                lines,
                fill: Some(_),
                ..
            } => Some(lines[0].points[1][0] - lines[0].points[0][0]),
            _ => None,
        };
        bars.iter().filter_map(bar).collect()
    };
    let [linear, log] = ["linear", "log"].map(lengths);
    assert!((linear[0] / linear[1] - counts[0] / counts[1]).abs() < 0.01);
    // The axis begins at half of the smallest value.
    let decades = |v: f64| thalweg::float::ln(v / (counts[1] / 2.0));
    assert!((log[0] / log[1] - decades(counts[0]) / decades(counts[1])).abs() < 0.01);
}
