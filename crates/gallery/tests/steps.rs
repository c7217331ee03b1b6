//! Tests of figures of single steps and their surroundings: the drawing shows what the run did.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{assert_words_can_be_read, texts};
use std::ops::RangeInclusive;
use thalweg::{
    Error,
    experiment::{Experiment, PreparedExperiment},
    field::Window,
    plane::PlaneSpec,
    trace::Trace,
};
use thalweg_gallery::figures::{FigureInput, FigureStyle, REGISTRY};
use thalweg_plot::{
    formats::svg,
    scene::{Node, Point, Rect, Scene},
    text::number,
    theme::Theme,
};

/// The input of a figure.
struct Study {
    contest: PreparedExperiment,
    traces: Vec<Trace>,
    plane_spec: Option<PlaneSpec>,
    window: Option<Window>,
    epochs: Option<RangeInclusive<usize>>,
}

impl Study {
    fn new(on: &str, with: &[&str]) -> Self {
        Self::of(on, with, 20_000)
    }

    fn of(on: &str, with: &[&str], epochs: u64) -> Self {
        let with = with.iter().map(|pick| pick.parse().unwrap()).collect();
        let experiment = Experiment {
            epochs,
            ..Experiment::new(on.parse().unwrap(), with)
        };
        let contest = experiment.prepare().unwrap();
        let traces = contest.runs().map(Trace::record).collect();
        Self {
            contest,
            traces,
            plane_spec: None,
            window: None,
            epochs: None,
        }
    }

    fn at(mut self, epochs: RangeInclusive<usize>) -> Self {
        self.epochs = Some(epochs);
        self
    }

    fn within(mut self, window: [f64; 4]) -> Self {
        self.window = Some(Window::new(window).unwrap());
        self
    }

    fn draw(&self, figure: &str) -> Result<Scene, Error> {
        let drawing = REGISTRY.build(&figure.parse().unwrap(), None).unwrap();
        let mut subject =
            FigureInput::new(&self.contest, &self.traces, self.plane_spec, self.window)?;
        subject.epochs.clone_from(&self.epochs);
        subject.check(drawing.requirements())?;
        drawing.draw(&subject, FigureStyle::of(&Theme::LIGHT))
    }
}

/// Returns all groups with this name in any part of a page.
fn groups<'a>(nodes: &'a [Node], name: &str) -> Vec<&'a [Node]> {
    let mut found = Vec::new();
    for node in nodes {
        if let Node::Group { id, nodes, .. } = node {
            let own = id == name || (id.starts_with("part-") && id.ends_with(&format!("-{name}")));
            if own {
                found.push(nodes.as_slice());
            }
            found.extend(groups(nodes, name));
        }
    }
    found
}

fn group<'a>(scene: &'a Scene, name: &str) -> &'a [Node] {
    let found = groups(&scene.nodes, name);
    assert_eq!(found.len(), 1, "{}: {name}", scene.title);
    found[0]
}

/// Returns the tail and the tip of an arrow in px.
fn arrow(scene: &Scene, name: &str) -> [Point; 2] {
    match group(scene, name) {
        [
            Node::Path { lines: shaft, .. },
            Node::Path { lines: head, .. },
            ..,
        ] => [shaft[0].points[0], head[0].points[0]],
        other => panic!("{name} is not an arrow: {other:?}"),
    }
}

fn way([tail, tip]: [Point; 2]) -> [f64; 2] {
    // Px increase downward.
    [tip[0] - tail[0], tail[1] - tip[1]]
}

/// Returns the sine of the angle between two vectors, and whether they have the same direction.
fn turned(a: [f64; 2], b: [f64; 2]) -> (f64, bool) {
    let length = |v: [f64; 2]| (v[0] * v[0] + v[1] * v[1]).sqrt();
    let sine = (a[0] * b[1] - a[1] * b[0]) / (length(a) * length(b));
    (sine.abs(), a[0] * b[0] + a[1] * b[1] > 0.0)
}

fn corners(nodes: &[Node]) -> Rect {
    let Node::Path { lines, .. } = &nodes[0] else {
        panic!("a rectangle is a path");
    };
    let [a, _, c, _] = lines[0].points[..] else {
        panic!("a rectangle has four corners");
    };
    Rect {
        left: a[0],
        top: a[1],
        width: c[0] - a[0],
        height: c[1] - a[1],
    }
}

fn dots(nodes: &[Node], color: thalweg_plot::color::Color) -> usize {
    let one = |node: &Node| match node {
        Node::Group { nodes, .. } => dots(nodes, color),
        Node::Circle { fill, .. } => usize::from(*fill == Some(color)),
        _ => 0,
    };
    nodes.iter().map(one).sum()
}

fn describes(scene: &Scene, words: &str) -> bool {
    scene.description.contains(words)
}

#[test]
fn arrows_of_a_step_point_where_the_run_went() {
    for (on, with, step) in [
        ("article", "rprop", 12),
        ("article", "momentum", 30),
        ("rosenbrock", "adam", 40),
        ("himmelblau", "newton:damping=100", 5),
        ("rosenbrock", "bfgs", 10),
    ] {
        let study = Study::new(on, &[with]).at(step..=step);
        let scene = study.draw("step").unwrap();
        let trace = &study.traces[0];
        let (from, to) = (trace.at(step - 1), trace.at(step));
        let drawn = way(arrow(&scene, "step"));
        let (sine, ahead) = turned(drawn, [to[0] - from[0], to[1] - from[1]]);
        assert!(sine < 1e-6 && ahead, "{with}: {drawn:?}");
        let mut g = [0.0; 2];
        study
            .contest
            .problem
            .objective
            .value_and_gradient(from, &mut g);
        let downhill = way(arrow(&scene, "negative-gradient"));
        let (sine, uphill) = turned(downhill, g);
        assert!(sine < 1e-6 && !uphill, "{with}: {downhill:?}");
    }
}

#[test]
fn the_box_of_steps_is_as_wide_as_the_steps() {
    let study = Study::new("article", &["rprop"]).at(13..=13);
    let scene = study.draw("step").unwrap();
    let series = study.traces[0].series("step_size").unwrap();
    let [a, b] = [series.numbers[26], series.numbers[27]];
    let steps = corners(group(&scene, "step-size"));
    assert!((steps.width / steps.height - a / b).abs() < 1e-6);
    // No sign changed in step 13, so the step leads to a corner of the box.
    let [_, tip] = arrow(&scene, "step");
    assert!((tip[0] - steps.right()).abs() < 1e-6 && (tip[1] - steps.bottom()).abs() < 1e-6);
}

#[test]
fn a_trust_region_is_a_circle_that_the_step_reaches() {
    let study = Study::new("article", &["trust-region"]).at(2..=2);
    let scene = study.draw("step").unwrap();
    let [tail, tip] = arrow(&scene, "step");
    let from = |p: &Point| {
        let [x, y] = [p[0] - tail[0], p[1] - tail[1]];
        (x * x + y * y).sqrt()
    };
    let Node::Path { lines, .. } = &group(&scene, "radius")[0] else {
        panic!("a circle is a path");
    };
    let points: Vec<&Point> = lines.iter().flat_map(|line| &line.points).collect();
    assert!(points.len() > 100, "{}", points.len());
    assert!(
        points
            .iter()
            .all(|p| (from(p) / from(&tip) - 1.0).abs() < 1e-6)
    );
    assert!(
        texts(&scene.nodes)
            .iter()
            .any(|text| text.text == "proposed step")
    );
}

#[test]
fn changed_signs_and_step_sizes_are_described() {
    let study = Study::new("article", &["rprop"]);
    let scene = Study {
        epochs: Some(12..=12),
        ..study
    }
    .draw("step")
    .unwrap();
    for words in [
        "Step 12: the gradient of the second weight changed its sign, so its step size is halved (0.6192 to 0.3096) \
         and its last step is undone. The loss falls from",
        "The component of the second weight changed its sign.",
        "The gradient of the first weight kept its sign, so its step size is multiplied by 1.2 (",
        "equal to the step.",
    ] {
        assert!(describes(&scene, words), "{words}: {}", scene.description);
    }
    assert!(!describes(&scene, "line search"));
    let scene = Study::new("article", &["rprop"])
        .at(13..=13)
        .draw("step:words=false")
        .unwrap();
    assert!(groups(&scene.nodes, "prose").is_empty());
    assert!(describes(
        &scene,
        "No component of the gradient changed its sign."
    ));
}

#[test]
fn a_step_on_a_plane_is_described_in_all_weights() {
    let study = Study {
        plane_spec: Some("w1,w2".parse().unwrap()),
        ..Study::new("perceptron:bias=trained", &["rprop"]).at(2..=2)
    };
    let scene = study.draw("step").unwrap();
    let step = "The step is (0.12, 0.12, 0.12) and leads to ";
    assert!(describes(&scene, step), "{}", scene.description);
}

#[test]
fn each_trial_of_a_line_search_is_a_dot() {
    let study = Study::new("article", &["gradient-descent:search=golden-section"]).at(2..=2);
    let scene = study.draw("step").unwrap();
    let tried = study.traces[0].trials[2].len();
    assert!(tried > 5);
    let color = Theme::LIGHT.path(4).color;
    let [map, line] = groups(&scene.nodes, "marks")[..] else {
        panic!("there are two pictures");
    };
    assert_eq!(dots(map, color), tried);
    assert_eq!(dots(line, color), tried);
    assert!(describes(
        &scene,
        &format!("The line search tried {tried} points and chose")
    ));
    let without = Study::new("article", &["gradient-descent"])
        .draw("step")
        .unwrap();
    assert_eq!(dots(&without.nodes, color), 0);
}

#[test]
fn the_step_along_the_line_starts_with_its_slope() {
    let study = Study::new("rosenbrock", &["bfgs"]).at(8..=8);
    let scene = study.draw("step").unwrap();
    let slope = groups(&scene.nodes, "slope");
    let [Node::Path { lines, .. }] = slope[0] else {
        panic!("a slope is a line");
    };
    let [a, b] = lines[0].points[..] else {
        panic!("a line has two ends");
    };
    // The loss falls along the step, and px increase downward.
    assert!(a[0] < b[0] && a[1] < b[1]);
    // The minimum of a quasi-Newton model is at the end of the full step.
    assert!(describes(&scene, "it scales the gradient by"));
}

#[test]
fn the_epoch_of_a_step_comes_from_its_setting_the_epochs_or_the_middle() {
    let title = |study: &Study, figure: &str| study.draw(figure).unwrap().title;
    let study = Study::new("article", &["rprop"]);
    let last = study.traces[0].epochs();
    assert!(title(&study, "step").contains(&format!("step {} of", last.div_ceil(2))));
    let study = study.at(7..=9);
    assert!(title(&study, "step").contains("step 7 of RPROP"));
    assert!(title(&study, "step:epoch=3").contains("step 3 of RPROP"));
    let wrong = study.draw("step:epoch=500").unwrap_err().to_string();
    assert!(
        wrong.contains(&format!("there is no step 500: RPROP made {last} steps")),
        "{wrong}"
    );
}

#[test]
fn a_zoom_shows_where_it_is() {
    let study = Study::new("article", &["rprop"]).at(11..=16);
    let scene = study.draw("zoom").unwrap();
    assert!(
        scene.title.ends_with("steps 11 to 16 of RPROP"),
        "{}",
        scene.title
    );
    let inset = group(&scene, "inset");
    let whole = corners(inset);
    let frame = corners(group(&scene, "inset-zoomed"));
    // The frame's position in the inset equals the part's position in the problem's window.
    let own = study.contest.problem.window;
    let trace = &study.traces[0];
    for epoch in 10..=16 {
        let w = trace.at(epoch);
        let at = [
            whole.left + whole.width * (w[0] - own.w1[0]) / (own.w1[1] - own.w1[0]),
            whole.bottom() - whole.height * (w[1] - own.w2[0]) / (own.w2[1] - own.w2[0]),
        ];
        assert!(frame.contains(at), "{epoch}: {at:?} in {frame:?}");
    }
    assert!(frame.width < 0.6 * whole.width);
    let marks: Vec<&str> = texts(group(&scene, "marks"))
        .iter()
        .map(|t| &*t.text)
        .collect();
    assert_eq!(marks, ["11", "12", "13", "14", "15", "16"]);
    let bare = study.draw("zoom:inset=false,numbers=false").unwrap();
    assert!(groups(&bare.nodes, "inset").is_empty());
    assert!(texts(group(&bare, "marks")).is_empty());
}

#[test]
fn a_zoom_shows_only_the_selected_steps_and_its_inset_covers_none() {
    for on in ["article", "himmelblau"] {
        let study = Study::new(on, &["rprop", "momentum"]).at(3..=9);
        let scene = study.draw("zoom").unwrap();
        let words: Vec<&str> = texts(&scene.nodes).iter().map(|t| &*t.text).collect();
        assert!(words.contains(&"RPROP (steps 3 to 9)"), "{on}: {words:?}");
        assert!(
            words.contains(&"Momentum (steps 3 to 9)"),
            "{on}: {words:?}"
        );
        let points = |nodes: &[Node]| -> Vec<Point> {
            let lines = nodes.iter().flat_map(|node| match node {
                Node::Path {
                    lines, fill: None, ..
                } => lines.iter().flat_map(|line| line.points.clone()).collect(),
                _ => Vec::new(),
            });
            lines.collect()
        };
        for inset in groups(&scene.nodes, "inset") {
            let place = corners(inset);
            for path in groups(&scene.nodes, "path") {
                assert!(points(path).iter().all(|p| !place.contains(*p)), "{on}");
            }
        }
        // Context adds the other steps.
        let length = |figure: &str| {
            let scene = study.draw(figure).unwrap();
            let paths = groups(&scene.nodes, "path");
            points(paths[0]).len()
        };
        assert!(length("zoom:context=true,inset=false") > length("zoom:inset=false"));
    }
    let figure = REGISTRY.build(&"zoom".parse().unwrap(), None).unwrap();
    assert_eq!(figure.last_epoch(Some(&(3..=9))), Some(9));
    // A run that ended before the selected steps leaves them to the next one.
    let study = Study::new("article", &["rprop", "momentum"]).at(30..=40);
    let scene = study.draw("zoom").unwrap();
    assert!(
        scene.title.ends_with("steps 30 to 40 of Momentum"),
        "{}",
        scene.title
    );
}

#[test]
fn a_range_of_epochs_selects_the_same_steps_in_every_figure() {
    let study = Study::new("article", &["rprop", "momentum"]).at(10..=16);
    let pieces = |figure: &str, at: RangeInclusive<usize>| {
        let study = Study::new("article", &["rprop", "momentum"]).at(at);
        let scene = study.draw(figure).unwrap();
        let lines = groups(&scene.nodes, "path").concat();
        let first = lines.iter().find_map(|node| match node {
            Node::Path { lines, .. } => Some(lines.iter().map(|line| line.points.len() - 1).sum()),
            _ => None,
        });
        first.unwrap_or(0)
    };
    let title = |figure: &str| study.draw(figure).unwrap().title;
    assert!(title("zoom").ends_with("steps 10 to 16 of RPROP"));
    assert!(title("step").ends_with("step 10 of RPROP"));
    let words = |figure: &str| study.draw(figure).unwrap().description;
    for figure in ["contour", "surface"] {
        for name in ["RPROP (steps 10 to 16)", "Momentum (steps 10 to 16)"] {
            assert!(words(figure).contains(name), "{}", words(figure));
        }
    }
    // A line of seven steps; from the start, sixteen of them.
    assert_eq!(pieces("contour", 10..=16), 7);
    assert_eq!(pieces("contour", 12..=12), 1);
    assert_eq!(pieces("contour", 0..=16), 16);
    assert_eq!(pieces("contour", 1..=16), 16);
    let message = |figure: &str, at| {
        let study = Study::new("article", &["rprop"]).at(at);
        study.draw(figure).unwrap_err().to_string()
    };
    assert!(message("step", 0..=0).contains("the first step is 1"));
    assert!(message("step", 0..=5).contains("such as 1..5"));
}

#[test]
fn an_inset_hides_no_path() {
    for (on, with) in [
        ("article", "rprop"),
        ("himmelblau", "momentum"),
        ("rosenbrock", "bfgs"),
    ] {
        let study = Study::new(on, &[with]).at(2..=9);
        let scene = study.draw("zoom").unwrap();
        for inset in groups(&scene.nodes, "inset") {
            let place = corners(inset);
            for path in groups(&scene.nodes, "path") {
                let Some(Node::Path { lines, .. }) = path.first() else {
                    panic!("a path has lines");
                };
                let pieces = lines.iter().flat_map(|line| line.points.windows(2));
                assert!(!pieces.into_iter().any(|p| place.meets(p[0], p[1])), "{on}");
            }
        }
    }
}

#[test]
fn a_window_that_is_the_whole_map_has_no_inset() {
    let study = Study::new("article", &["rprop"]).within([-6.0, 6.0, -6.0, 6.0]);
    assert!(groups(&study.draw("zoom").unwrap().nodes, "inset").is_empty());
}

#[test]
fn every_path_is_on_the_surface_and_on_its_floor() {
    let study = Study::new("rosenbrock", &["momentum", "bfgs"]);
    let scene = study.draw("surface").unwrap();
    assert_eq!(groups(&scene.nodes, "path").len(), 2);
    assert!(groups(&scene.nodes, "floor").is_empty());
    let words: Vec<&str> = texts(&scene.nodes).iter().map(|t| &*t.text).collect();
    assert!(words.contains(&"Loss (log scale)"), "{words:?}");
    let linear = study.draw("surface:height=linear,floor=true").unwrap();
    let words: Vec<&str> = texts(&linear.nodes).iter().map(|t| &*t.text).collect();
    assert!(words.contains(&"Loss"), "{words:?}");
    let [Node::Path { .. }, Node::Path { .. }] = group(&linear, "shadows") else {
        panic!("each path is projected onto the base plane");
    };
    let even = Study::new("article", &["rprop"]).draw("surface").unwrap();
    assert!(
        texts(&even.nodes)
            .iter()
            .all(|t| t.text != "Loss (log scale)")
    );
}

#[test]
fn the_camera_of_a_surface_shows_its_paths() {
    // From the default side, the far wall of the valley hides the end of the run.
    let study = Study::new("himmelblau", &["momentum"]);
    let end = |figure: &str| {
        let scene = study.draw(figure).unwrap();
        let marks = groups(&scene.nodes, "marks")[0];
        marks
            .iter()
            .filter(|node| matches!(node, Node::Circle { .. }))
            .count()
    };
    assert_eq!(end("surface:azimuth=-58,elevation=20"), 0);
    assert_eq!(end("surface"), 1);
}

#[test]
fn starts_are_colored_by_where_they_end() {
    let study = Study::new("himmelblau", &["gradient-descent"]);
    let scene = study.draw("starts:grid=6").unwrap();
    let bundles = groups(&scene.nodes, "threads");
    // One bundle for each of the four minima, and a dot for each of the 36 initial points.
    assert_eq!(bundles.len(), 4);
    let circles = |nodes: &[Node]| {
        nodes
            .iter()
            .filter(|n| matches!(n, Node::Circle { .. }))
            .count()
    };
    assert_eq!(bundles.iter().map(|b| circles(b)).sum::<usize>(), 36);
    let words: Vec<&str> = texts(&scene.nodes).iter().map(|t| &*t.text).collect();
    assert!(words.contains(&"to (3, 2)"), "{words:?}");
    assert!(
        words.contains(&"36 of 36 runs reached the target"),
        "{words:?}"
    );
    let short = Study::new("article", &["rprop", "momentum"]);
    let scene = short.draw("starts:grid=3,epochs=1").unwrap();
    let words: Vec<&str> = texts(&scene.nodes).iter().map(|t| &*t.text).collect();
    assert!(words.contains(&"epoch limit"), "{words:?}");
    assert_eq!(groups(&scene.nodes, "panel").len(), 2);
}

#[test]
fn each_run_has_its_own_panel() {
    let picks = ["gradient-descent", "momentum", "rprop"];
    let study = Study::new("article", &picks);
    let scene = study.draw("panels").unwrap();
    let panels = groups(&scene.nodes, "panel");
    assert_eq!(panels.len(), 3);
    for (panel, trace) in panels.iter().zip(&study.traces) {
        assert_eq!(groups(panel, "path").len(), 1);
        let note = format!(
            "{} epochs: reached, loss {}",
            trace.epochs(),
            number(trace.loss(), 3)
        );
        assert!(texts(panel).iter().any(|t| t.text == note), "{note}");
    }
}

const FIGURES: [&str; 6] = [
    "zoom",
    "surface",
    "surface:floor=true",
    "step",
    "starts:grid=5",
    "panels",
];

#[test]
fn every_text_is_readable() {
    for on in ["article", "rosenbrock", "himmelblau"] {
        let study = Study::of(
            on,
            &["gradient-descent:search=strong-wolfe", "rprop", "bfgs"],
            3000,
        );
        for figure in FIGURES {
            let scene = study.draw(figure).unwrap();
            assert_words_can_be_read(&scene);
            assert!(
                scene.description.len() > 40,
                "{figure}: {}",
                scene.description
            );
        }
    }
    for step in [
        Study::of("rosenbrock", &["adam"], 3000),
        Study::of("himmelblau", &["newton:damping=0.1"], 3000),
        Study::of("article", &["momentum"], 3000),
    ] {
        assert_words_can_be_read(&step.draw("step").unwrap());
        assert_words_can_be_read(&step.draw("zoom").unwrap());
    }
}

/// Asserts that all coordinates of a picture are finite.
fn assert_sound(scene: &Scene, figure: &str) {
    let svg = svg::encode(scene);
    for gap in ["NaN", "inf"] {
        let coordinates = svg
            .lines()
            .filter(|line| line.contains(" d=\"") || line.contains("cx="));
        let broken = coordinates.into_iter().any(|line| line.contains(gap));
        assert!(!broken, "{figure} on {}: {gap}", scene.title);
    }
}

#[test]
fn failed_runs_are_drawn() {
    let odd = [
        ("gradient-descent:learning_rate=1000", "rosenbrock"),
        ("momentum", "saddle"),
        ("gradient-descent", "formula:3+0*x*y"),
        ("newton:damping=0.1", "himmelblau"),
    ];
    for (with, on) in odd {
        let study = Study::of(on, &[with], 200);
        for figure in FIGURES {
            match study.draw(figure) {
                Ok(scene) => assert_sound(&scene, figure),
                // A run without steps has no step to explain.
                Err(error) => assert!(
                    figure == "step" && study.traces[0].epochs() == 0,
                    "{figure} of {with} on {on}: {error}"
                ),
            }
        }
    }
}

#[test]
fn invalid_requests_are_reported() {
    let message = |study: &Study, figure: &str| study.draw(figure).unwrap_err().to_string();
    let none = Study::new("article", &[]);
    for figure in ["zoom", "step", "starts", "panels"] {
        assert!(message(&none, figure).contains("no optimizer was given"));
    }
    assert!(none.draw("surface").is_ok());
    let beyond = Study::new("article", &["rprop"]).at(900..=910);
    assert!(message(&beyond, "zoom").contains("instead of 900..910"));
    assert!(message(&beyond, "step").contains("there is no step 900"));
    let still = Study::of("article", &["rprop"], 0);
    assert!(message(&still, "step").contains("made no step"));
    assert!(still.draw("zoom").is_ok());
    let many = Study::new("perceptron:data=blobs", &["rprop"]);
    if many.contest.start.len() != 2 {
        assert!(message(&many, "zoom").contains("--plane"));
    }
}

#[test]
fn many_weights_are_drawn_on_a_plane() {
    let mut study = Study::of("mlp:data=moons", &["rprop", "gradient-descent"], 40);
    study.plane_spec = Some(PlaneSpec::Path);
    for figure in FIGURES {
        assert_sound(&study.draw(figure).unwrap(), figure);
    }
    let outside = Study::new("article", &["rprop"]).within([100.0, 101.0, 100.0, 101.0]);
    for figure in FIGURES {
        assert_sound(&outside.draw(figure).unwrap(), figure);
    }
    // No loss in this window is finite.
    let nowhere = Study::of("formula:ln(x+5)+y^2", &["gradient-descent"], 20);
    let nowhere = nowhere.within([-9.0, -6.0, 0.0, 2.0]);
    for figure in FIGURES {
        assert_sound(&nowhere.draw(figure).unwrap(), figure);
    }
}

#[test]
fn a_step_of_momentum_is_the_sum_of_two_arrows() {
    let study = Study::of("rosenbrock", &["momentum:learning_rate=0.0005"], 30);
    let near = |a: Point, b: Point| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.5);
    // The step in which the directions of the three arrows differ most.
    let trace = &study.traces[0];
    let d = |e: usize| [0, 1].map(|k| trace.at(e)[k] - trace.at(e - 1)[k]);
    let sine = |a: [f64; 2], b: [f64; 2]| {
        let squares = |v: [f64; 2]| v[0] * v[0] + v[1] * v[1];
        (a[0] * b[1] - a[1] * b[0]).abs() / (squares(a) * squares(b)).sqrt()
    };
    let least = |e: usize| {
        let (step, before) = (d(e), d(e - 1));
        let second = [0, 1].map(|k| step[k] - 0.9 * before[k]);
        sine(step, before).min(sine(step, second))
    };
    let turn = (2..=30)
        .max_by(|a, b| least(*a).total_cmp(&least(*b)))
        .unwrap();
    assert!(least(turn) > 0.2, "{turn}: {}", least(turn));
    let scene = study.at(turn..=turn).draw("step").unwrap();
    let [first, second, step] = ["first-term", "second-term", "step"].map(|id| arrow(&scene, id));
    assert!(near(first[0], step[0]), "it begins where the step begins");
    assert!(near(first[1], second[0]), "the arrows are joined");
    assert!(near(second[1], step[1]), "it ends where the step ends");
    for label in [
        "0.9 \u{d7} velocity before the step",
        "\u{2212}0.0005 \u{d7} gradient",
    ] {
        assert!(
            texts(&scene.nodes).iter().any(|t| t.text == label),
            "{label}"
        );
    }
}

#[test]
fn terms_with_the_direction_of_a_step_are_beside_it() {
    let study = Study::new("article", &["momentum:learning_rate=0.3"]);
    let scene = study.at(10..=10).draw("step").unwrap();
    let step = arrow(&scene, "step");
    for id in ["first-term", "second-term"] {
        let [tail, _] = arrow(&scene, id);
        let along = way(step);
        let length = (along[0] * along[0] + along[1] * along[1]).sqrt();
        let from = way([step[0], tail]);
        let aside = (along[0] * from[1] - along[1] * from[0]) / length;
        assert!((5.0..9.0).contains(&aside.abs()), "{id}: {aside}");
    }
    // A step that is not a sum has no terms.
    let study = Study::new("article", &["rprop"]);
    let scene = study.at(5..=5).draw("step").unwrap();
    assert!(groups(&scene.nodes, "first-term").is_empty());
}
