//! Tests of pictures of data: curves over one feature, and colors over two.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{
    assert_words_can_be_read,
    drawing::{drawn, groups, lines, traces},
    texts,
};
use thalweg::{
    experiment::{Experiment, PreparedExperiment, Target},
    pick::Pick,
    trace::Trace,
};
use thalweg_gallery::{
    animation::{AnimationOptions, AnimationView, EpochSpacing, PlaybackOptions, RunAnimation},
    figures::FigureInput,
};
use thalweg_plot::{
    animation::Loops,
    color::Color,
    scene::{Node, Point, Scene},
    theme::Theme,
};

/// One feature: the answers to seven doses.
const DOSE: [[f64; 2]; 7] = [
    [0.8, -1.8],
    [1.7, -0.8],
    [3.7, 3.8],
    [4.8, 6.9],
    [6.1, 9.8],
    [8.0, 15.0],
    [9.4, 14.5],
];

/// Returns the experiment on a table without a target loss.
fn on_table(problem: &str, table: &str, with: &[&str], epochs: u64) -> PreparedExperiment {
    let mut on: Pick = problem.parse().unwrap();
    on.files.push(("table.csv".to_owned(), table.into()));
    let with = with.iter().map(|pick| pick.parse().unwrap()).collect();
    let experiment = Experiment {
        epochs,
        target: Target::None,
        ..Experiment::new(on, with)
    };
    experiment.prepare().unwrap()
}

fn doses(with: &[&str], epochs: u64) -> PreparedExperiment {
    let rows = DOSE.iter().map(|[x, y]| format!("{x},{y}\n"));
    let table = format!("dose,answer\n{}", rows.collect::<String>());
    let problem = "perceptron:data=table.csv,activation=linear,bias=trained";
    on_table(problem, &table, with, epochs)
}

/// Two features and a number: a tilted plane, 3 + x - 2 y.
fn plane(with: &[&str], epochs: u64) -> PreparedExperiment {
    let points = (0..20).map(|i| [f64::from(i % 5) - 2.0, 0.75 * f64::from(i / 5) - 1.0]);
    let rows = points.map(|[x, y]| format!("{x},{y},{}\n", 3.0 + x - 2.0 * y));
    let table = format!("east,north,height\n{}", rows.collect::<String>());
    on_table(
        "mlp:data=table.csv,layers=2-1,output=linear",
        &table,
        with,
        epochs,
    )
}

/// Returns the centers and fill colors of all discs.
fn discs(nodes: &[Node]) -> Vec<(Point, Color)> {
    let disc = |node: &Node| match node {
        Node::Circle {
            center,
            fill: Some(fill),
            ..
        } => Some((*center, *fill)),
        _ => None,
    };
    nodes.iter().filter_map(disc).collect()
}

fn words(scene: &Scene) -> Vec<&str> {
    texts(&scene.nodes).iter().map(|t| &*t.text).collect()
}

#[test]
fn one_feature_shows_the_prediction_as_a_curve() {
    let contest = doses(&["bfgs"], 50);
    let traces = traces(&contest);
    let scene = drawn("data", &contest, &traces).unwrap();
    assert_words_can_be_read(&scene);
    let marks = groups(&scene.nodes, "marks")[0];
    let discs = discs(marks);
    assert_eq!(discs.len(), DOSE.len());
    // Two samples determine the scale of each axis.
    let data = |px: Point| {
        [0, 1].map(|k| {
            let [first, last] = [discs[0].0[k], discs[5].0[k]];
            let share = (px[k] - first) / (last - first);
            DOSE[0][k] + share * (DOSE[5][k] - DOSE[0][k])
        })
    };
    // The line of least squares.
    let n = DOSE.len() as f64;
    let mean = [0, 1].map(|k| DOSE.iter().map(|p| p[k]).sum::<f64>() / n);
    let products = |a: usize, b: usize| -> f64 {
        let product = |p: &[f64; 2]| (p[a] - mean[a]) * (p[b] - mean[b]);
        DOSE.iter().map(product).sum()
    };
    let slope = products(0, 1) / products(0, 0);
    let line = lines(marks)[0];
    assert!(line.len() > 100);
    for px in line {
        let [x, y] = data(*px);
        let right = mean[1] + slope * (x - mean[0]);
        assert!((y - right).abs() < 1e-3, "{y} instead of {right} at {x}");
    }
    assert!(words(&scene).contains(&"dose") && words(&scene).contains(&"answer"));
    assert!(words(&scene).iter().any(|w| w.starts_with("BFGS, epoch ")));
}

#[test]
fn each_chosen_epoch_has_its_own_curve() {
    let with = ["gradient-descent:learning_rate=0.01", "rprop"];
    let contest = doses(&with, 40);
    let scene = drawn("data:epochs=0|10|end", &contest, &traces(&contest)).unwrap();
    let marks = groups(&scene.nodes, "marks")[0];
    let curves = marks
        .iter()
        .filter(|node| matches!(node, Node::Path { .. }));
    assert_eq!(curves.count(), 6);
    for label in ["Gradient Descent, epoch 10", "RPROP, epoch 40"] {
        assert!(words(&scene).contains(&label), "{label}");
    }
}

#[test]
fn curves_that_coincide_are_both_visible() {
    let contest = doses(&["gauss-newton", "bfgs"], 50);
    let scene = drawn("data", &contest, &traces(&contest)).unwrap();
    let marks = groups(&scene.nodes, "marks")[0];
    assert!(lines(marks).len() > 10, "the upper curve has dashes");
    let contest = doses(&["bfgs"], 50);
    let scene = drawn("data", &contest, &traces(&contest)).unwrap();
    assert_eq!(lines(groups(&scene.nodes, "marks")[0]).len(), 1);
}

#[test]
fn curves_far_from_the_data_do_not_flatten_it() {
    let mut contest = doses(&["gradient-descent:learning_rate=10"], 30);
    contest.start = vec![1e6, 0.0];
    let scene = drawn("data:epochs=0|end", &contest, &traces(&contest)).unwrap();
    let heights = discs(groups(&scene.nodes, "marks")[0]);
    let heights = heights.iter().map(|(center, _)| center[1]);
    let [low, high] = heights.fold([f64::INFINITY, 0.0], |[a, b]: [f64; 2], v| {
        [a.min(v), b.max(v)]
    });
    assert!(high - low > 0.3 * scene.size[1]);
}

#[test]
fn numbers_over_two_features_are_colors_of_samples_and_prediction() {
    let contest = plane(&["bfgs"], 60);
    let traces = traces(&contest);
    assert!(traces[0].loss() < 1e-9, "{}", traces[0].loss());
    let scene = drawn("data", &contest, &traces).unwrap();
    assert_words_can_be_read(&scene);
    assert!(
        words(&scene).contains(&"height"),
        "the color bar has a label"
    );
    let marks = groups(&scene.nodes, "marks")[0];
    let discs = discs(marks);
    assert_eq!(discs.len(), 20);
    // The prediction fits, so each sample has the color of the band below it, or of the next band at an edge.
    let bands = groups(&scene.nodes, "contour")[0];
    let fills: Vec<Color> = (0..bands.len())
        .filter_map(|i| match &bands[i] {
            Node::Path { fill, .. } => *fill,
            _ => None,
        })
        .collect();
    for (center, color) in discs {
        let covers =
            |node: &Node| matches!(node, Node::Path { lines, .. } if is_inside(center, lines));
        let below = bands.iter().rposition(covers).unwrap();
        let own = fills.iter().position(|fill| *fill == color).unwrap();
        assert!(own.abs_diff(below) <= 1, "{own} on {below}");
    }
}

/// Returns whether a point lies inside of closed lines by the even-odd rule.
fn is_inside([x, y]: Point, lines: &[thalweg_plot::scene::Polyline]) -> bool {
    let mut inside = false;
    for line in lines {
        let n = line.points.len();
        for i in 0..n {
            let ([ax, ay], [bx, by]) = (line.points[i], line.points[(i + 1) % n]);
            if (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax) {
                inside = !inside;
            }
        }
    }
    inside
}

#[test]
fn several_predictions_have_one_map_each_with_the_same_colors() {
    let contest = plane(&["rprop", "adam:learning_rate=0.1"], 30);
    let scene = drawn("data:epochs=0|end", &contest, &traces(&contest)).unwrap();
    assert_words_can_be_read(&scene);
    assert_eq!(groups(&scene.nodes, "contour").len(), 4);
    assert_eq!(groups(&scene.nodes, "color-bar").len(), 1);
    assert_eq!(
        words(&scene).iter().filter(|w| **w == "epoch 30").count(),
        2
    );
}

/// Returns the options of a short animation beside the data.
fn options(view: AnimationView) -> AnimationOptions<'static> {
    AnimationOptions {
        theme: &Theme::LIGHT,
        pixels: [1200, 600],
        playback: PlaybackOptions {
            fps: 10.0,
            duration: Some(1.0),
            pauses: [0.0; 2],
            spacing: EpochSpacing::Even,
            loops: Loops::Forever,
        },
        view,
        beside_data: true,
    }
}

/// Returns what moves beside the map in the first and the last frame.
fn beside(contest: &PreparedExperiment) -> [Vec<Node>; 2] {
    let traces: Vec<Trace> = traces(contest);
    let spec = (contest.start.len() > 2).then(|| "path".parse().unwrap());
    let subject = FigureInput::new(contest, &traces, spec, None).unwrap();
    let runs = RunAnimation::new(&subject, options(AnimationView::Map)).unwrap();
    let animation = runs.animation();
    let last = animation.timing.pictures - 1;
    let map = 0.6 * animation.background.size[0];
    [0, last].map(|picture| {
        let above = (animation.content)(picture).above.into_iter();
        let is_beside = |node: &Node| match node {
            Node::Group { clip, .. } => clip.is_some_and(|clip| clip.left > map),
            Node::Path { lines, .. } => lines.iter().flat_map(|l| &l.points).all(|p| p[0] > map),
            _ => false,
        };
        above.filter(is_beside).collect()
    })
}

#[test]
fn predictions_move_beside_an_animation() {
    let [start, end] = beside(&doses(&["rprop", "adam:learning_rate=0.01"], 60));
    let [pieces, rest] = [lines(&start).len(), lines(&end).len()];
    assert!(
        rest >= 4 && rest < pieces,
        "two curves with casings, which have dashes where they coincide: {pieces}, {rest}"
    );
    assert!(start != end);
    let [start, end] = beside(&plane(&["rprop"], 60));
    assert_eq!([start.len(), end.len()], [1, 1]);
    assert!(start != end);
}

#[test]
fn classes_beside_an_animation_have_a_legend() {
    let contest = common::drawing::contest("article", &["rprop"], 20);
    let traces: Vec<Trace> = traces(&contest);
    let subject = FigureInput::new(&contest, &traces, None, None).unwrap();
    let runs = RunAnimation::new(&subject, options(AnimationView::Map)).unwrap();
    let animation = runs.animation();
    let words = words(&animation.background);
    assert!(
        words.contains(&"Class 0") && words.contains(&"Class 1"),
        "{words:?}"
    );
}

#[test]
fn the_legend_of_an_animation_hides_no_path() {
    let contest = common::drawing::contest("article", &common::FIVE, 10_000);
    let traces: Vec<Trace> = traces(&contest);
    let subject = FigureInput::new(&contest, &traces, None, None).unwrap();
    for view in [AnimationView::Map, AnimationView::Surface] {
        let runs = RunAnimation::new(&subject, options(view)).unwrap();
        let animation = runs.animation();
        let Some(Node::Path { lines, .. }) = animation.overlay.first() else {
            panic!("the legend has a card");
        };
        let [a, b] = [lines[0].points[0], lines[0].points[2]];
        let card = thalweg_plot::scene::Rect::new(a, [b[0] - a[0], b[1] - a[1]]);
        assert!(card.bottom() <= animation.background.size[1], "{view:?}");
        for (path, trace) in animation.growing_paths.iter().zip(&traces) {
            let pieces = (0..trace.epochs() as usize).flat_map(|i| (path.step)(i).lines);
            let mut pairs =
                pieces.flat_map(|line| line.windows(2).map(|p| [p[0], p[1]]).collect::<Vec<_>>());
            assert!(!pairs.any(|[a, b]| card.meets(a, b)), "{view:?}");
        }
    }
}
