//! Tests of the figures of data with decision boundaries, and of the optimizer state.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{
    assert_words_can_be_read,
    drawing::{contest, draw, draw_shown, drawn, from, groups, lines, traces},
    texts,
};
use thalweg::run::StopReason;
use thalweg_plot::{
    color::Color,
    formats::svg,
    scene::{Node, Scene},
    theme::Theme,
};

fn words(scene: &Scene) -> Vec<&str> {
    texts(&scene.nodes).iter().map(|t| &*t.text).collect()
}

#[test]
fn data_are_dots_and_runs_are_boundaries() {
    let article = contest("article", &["rprop", "momentum"], 10_000);
    let scene = draw("data", &article);
    assert_words_can_be_read(&scene);
    let marks = groups(&scene.nodes, "marks").concat();
    let discs = marks.iter().filter(|n| matches!(n, Node::Circle { .. }));
    assert_eq!(discs.count(), 3);
    // The second boundary alternates with the first one near the origin, where both pass.
    assert!(lines(&marks).len() > 2);
    assert!(words(&scene).contains(&"RPROP, epoch 20"));
    // The boundary of a unit without bias is a straight line, which its ends determine.
    let rprop = lines(&marks)[0];
    let (first, last) = (rprop[0], rprop[rprop.len() - 1]);
    for p in rprop {
        let share = (p[0] - first[0]) / (last[0] - first[0]);
        let expected = first[1] + share * (last[1] - first[1]);
        assert!((p[1] - expected).abs() < 0.05, "{p:?}");
    }
}

#[test]
fn every_listed_epoch_has_a_boundary() {
    let article = contest("article", &["rprop"], 10_000);
    let key = |figure: &str, shown| {
        let scene = draw_shown(figure, &article, &traces(&article), shown).unwrap();
        let words = words(&scene).into_iter().filter(|w| w.starts_with("RPROP"));
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let three = key("data:epochs=0|13|end", None);
    assert_eq!(
        three,
        [
            "RPROP, epoch 0: no boundary here",
            "RPROP, epoch 13",
            "RPROP, epoch 20"
        ]
    );
    assert_eq!(key("data", Some(11..=14)), ["RPROP, epoch 14"]);
    let wrong = drawn("data:epochs=0|last", &article, &[]).unwrap_err();
    assert!(wrong.to_string().contains("0|5|end"), "{wrong}");
}

#[test]
fn networks_with_several_layers_and_classes_have_boundaries() {
    let moons = contest("mlp:data=moons,layers=2-6-1", &["rprop"], 300);
    let scene = draw("data", &moons);
    let marks = groups(&scene.nodes, "marks").concat();
    assert!(!lines(&marks).is_empty());
    let blobs = contest(
        "mlp:data=blobs,data.classes=3,layers=2-6-3,loss=categorical-cross-entropy",
        &["rprop"],
        100,
    );
    let scene = draw("data", &blobs);
    assert!(words(&scene).contains(&"Class 2"));
    // The colors of the three classes.
    let marks = groups(&scene.nodes, "marks").concat();
    let tinted = marks.iter().filter(|node| match node {
        Node::Path {
            fill: Some(fill), ..
        } => fill.opacity < 0.5,
        _ => false,
    });
    assert_eq!(tinted.count(), 3);
}

#[test]
fn weights_that_are_not_finite_have_no_boundary() {
    let article = contest("article", &["rprop"], 5);
    let mut runs = traces(&article);
    runs[0].weights.fill(f64::NAN);
    let scene = drawn("data", &article, &runs).unwrap();
    assert!(lines(&groups(&scene.nodes, "marks").concat()).is_empty());
    let bare = contest("article", &[], 5);
    assert_words_can_be_read(&draw("data", &bare));
    let none = contest("rosenbrock", &[], 5);
    let error = drawn("data", &none, &[]).unwrap_err().to_string();
    assert!(error.contains("the problem has none"), "{error}");
}

#[test]
fn every_channel_has_a_plot() {
    let with = [
        "rprop",
        "adam",
        "nadam",
        "momentum",
        "bfgs",
        "levenberg-marquardt",
    ];
    for pick in with {
        let article = contest("article", &[pick], 400);
        let scene = draw("state", &article);
        assert_words_can_be_read(&scene);
        let channels = article.contenders[0].channels();
        assert_eq!(
            groups(&scene.nodes, "level").len(),
            channels.len(),
            "{pick}"
        );
        for channel in channels {
            let title = format!("{}: ", channel.name);
            assert!(
                words(&scene).iter().any(|w| w.starts_with(&title)),
                "{pick}: {title}"
            );
            assert!(
                scene.description.contains(&*channel.help),
                "{pick}: {title}"
            );
        }
    }
}

#[test]
fn vectors_have_a_line_per_weight_and_matrices_per_eigenvalue() {
    let article = contest("article", &["rprop"], 400);
    let scene = draw("state", &article);
    let levels = groups(&scene.nodes, "level");
    let curves = |level: &[Node]| {
        let marks = groups(level, "marks").concat();
        // The first marks are the grid lines.
        lines(&marks[1..]).len()
    };
    assert_eq!(
        levels.iter().map(|l| curves(l)).collect::<Vec<_>>(),
        [2, 2, 2]
    );
    assert!(words(&scene).contains(&"Second weight"));
    let bfgs = draw("state", &contest("article", &["bfgs"], 400));
    assert_eq!(curves(groups(&bfgs.nodes, "level")[0]), 2);
    // Many weights have only one line, the median.
    let moons = contest("mlp:data=moons,layers=2-6-1", &["rprop"], 20);
    let scene = draw("state", &moons);
    assert_eq!(curves(groups(&scene.nodes, "level")[0]), 1);
    assert!(words(&scene).contains(&"Median of 25 weights"));
    let matrices = draw(
        "state",
        &contest("mlp:data=moons,layers=2-6-1", &["bfgs"], 5),
    );
    assert!(words(&matrices).iter().any(|w| w.contains("25 x 25")));
}

#[test]
fn each_run_has_its_own_column() {
    let article = contest(
        "article",
        &["rprop", "gradient-descent:learning_rate=0.3"],
        400,
    );
    let both = draw("state", &article);
    assert_eq!(groups(&both.nodes, "level").len(), 4);
    assert!(words(&both).iter().any(|w| w.contains("has no state")));
    assert_eq!(
        groups(&draw("state:run=1", &article).nodes, "level").len(),
        3
    );
    let wrong = drawn("state:run=3", &article, &traces(&article)).unwrap_err();
    assert!(wrong.to_string().contains("there are 2 runs"), "{wrong}");
    let alone = contest("article", &["rprop"], 400);
    let wrong = drawn("state:run=3", &alone, &traces(&alone)).unwrap_err();
    assert!(wrong.to_string().contains("there is one run"), "{wrong}");
}

#[test]
fn a_state_with_zeros_or_large_values_is_drawn() {
    for (pick, epochs) in [("rprop", 0), ("nadam", 5000), ("levenberg-marquardt", 1)] {
        let article = contest("article", &[pick], epochs);
        let svg = svg::encode(&draw("state", &article));
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{pick}");
    }
    let steep = from(
        &[-1.2, 1.0],
        "rosenbrock",
        &["momentum:learning_rate=1"],
        50,
    );
    let svg = svg::encode(&draw("state", &steep));
    assert!(!svg.contains("NaN"));
}

#[test]
fn a_step_outside_of_the_map_has_no_number() {
    let diverging = contest("rosenbrock", &["momentum:learning_rate=0.1"], 50);
    let traces = traces(&diverging);
    for figure in ["state", "contour", "zoom", "surface", "loss"] {
        for shown in [1..=2, 1..=5] {
            let Ok(scene) = draw_shown(figure, &diverging, &traces, Some(shown.clone())) else {
                continue;
            };
            assert_words_can_be_read(&scene);
            let maps = groups(&scene.nodes, "marks").concat();
            let numbers = texts(&maps);
            let far = numbers.iter().filter(|t| t.text == "3").count();
            assert_eq!(far, 0, "{figure} {shown:?}");
        }
    }
    // The number of a step that leaves the map lies beside its visible part.
    let scene = draw_shown("state", &diverging, &traces, Some(1..=5)).unwrap();
    let maps = groups(&scene.nodes, "marks").concat();
    let numbers: Vec<&str> = texts(&maps).iter().map(|t| &*t.text).collect();
    assert_eq!(numbers, ["1"]);
}

#[test]
fn the_plots_of_an_exploding_run_show_its_first_states_and_say_so() {
    let outcome = "The run diverged at epoch 5.";
    for (on, pick, epochs, expected) in [
        (
            "rosenbrock",
            "momentum:learning_rate=0.1",
            50,
            vec![
                outcome,
                "Values after epoch 1 are too large for the axis: velocity.",
            ],
        ),
        (
            "rosenbrock",
            "gradient-descent:learning_rate=0.1",
            50,
            vec![
                outcome,
                "Values after epoch 1 are too large for the axis: loss.",
            ],
        ),
        (
            "formula:x^2+y^2",
            "momentum:learning_rate=5",
            30,
            vec!["are too large for the axis: velocity."],
        ),
        ("article", "momentum", 50, vec![]),
    ] {
        let scene = draw("state", &contest(on, &[pick], epochs));
        assert_words_can_be_read(&scene);
        let note = words(&scene).join(" ");
        for sentence in &expected {
            assert!(note.contains(sentence), "{on} {pick}: {note}");
        }
        let level = groups(&scene.nodes, "level")[0];
        let marks = groups(level, "marks").concat();
        // The first marks are the grid lines.
        for curve in lines(&marks[1..]) {
            let is_tall = (curve[1][1] - curve[0][1]).abs() > 4.0;
            assert!(expected.is_empty() || is_tall, "{on} {pick}: {curve:?}");
        }
        let arrows = marks.iter().filter(|node| match node {
            Node::Path {
                lines,
                fill: Some(_),
                ..
            } => lines[0].points.len() == 3,
            _ => false,
        });
        assert_eq!(arrows.count() > 0, !expected.is_empty(), "{on} {pick}");
    }
}

#[test]
fn boundaries_differ_from_samples_and_from_each_other() {
    let red = "irprop-plus";
    let color = Theme::LIGHT.paths[3].color;
    assert_eq!(color, Theme::LIGHT.classes[1]);
    let strokes = |scene: &Scene| -> Vec<(Color, usize)> {
        let nodes = groups(&scene.nodes, "marks").concat();
        let strokes = nodes.iter().filter_map(|node| match node {
            Node::Path {
                lines,
                stroke: Some(stroke),
                fill: None,
            } => Some((stroke.color, lines.len())),
            _ => None,
        });
        strokes.collect()
    };
    // A run with the color of a class has a dark casing.
    let moons = contest("mlp:data=moons,layers=2-6-1", &[red], 60);
    let cased = strokes(&draw("data", &moons));
    let line = cased.iter().position(|(c, _)| *c == color).unwrap();
    assert_eq!(cased[line - 1].0, Theme::LIGHT.foreground);
    // Two runs with the same boundary alternate.
    let same = contest("article", &["rprop", "rprop:decrease=0.5"], 20);
    let drawn = strokes(&draw("data", &same));
    assert!(drawn.last().unwrap().1 > 3, "{drawn:?}");
}

#[test]
fn a_hidden_prediction_of_a_diverged_run_is_named() {
    let runs = contest("article", &["gradient-descent", "rprop"], 5);
    let mut diverged = traces(&runs);
    diverged[0].weights.fill(f64::INFINITY);
    diverged[0].stop = StopReason::Diverged { epoch: 5 };
    let scene = drawn("data", &runs, &diverged).unwrap();
    let words = words(&scene).join(" ");
    assert!(
        words.contains("Gradient Descent is not visible, because it diverged at epoch"),
        "{words}"
    );
}

#[test]
fn a_channel_that_is_always_zero_is_named_instead_of_drawn() {
    // Loose weights have no rows and columns.
    let scene = draw("state", &contest("rosenbrock", &["sm3"], 30));
    assert_eq!(groups(&scene.nodes, "level").len(), 2);
    let words = words(&scene).join(" ");
    for name in ["row_maximum", "column_maximum"] {
        let note = format!("{name} is not drawn, because it is always 0.");
        assert!(words.contains(&note), "{words}");
    }
}
