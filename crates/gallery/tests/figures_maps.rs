//! Tests of texts on maps: projections onto a plane, and targets outside the map.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{
    assert_words_can_be_read,
    drawing::{contest, draw, drawn, endless, groups, lines, traces},
    texts,
};
use std::cell::RefCell;
use thalweg::{
    experiment::{Experiment, PreparedExperiment, Target},
    pick::{FileContent, Pick},
    plane::PlaneSpec,
};
use thalweg_gallery::{
    figures::{FigureInput, FigureStyle, REGISTRY},
    map::{SAMPLES, minimum_markers, start_marker},
};
use thalweg_plot::{
    color::Color,
    formats::png,
    levels::Levels,
    marks::Marker,
    scene::{Node, Rect, Scene},
    size::Size,
    theme::{PathStyle, Theme},
};

fn words(scene: &Scene) -> Vec<String> {
    texts(&scene.nodes).iter().map(|t| t.text.clone()).collect()
}

#[test]
fn titles_mention_projected_paths() {
    let many = contest("mlp:layers=2-4-1", &["rprop"], 30);
    let two = contest("article", &["rprop"], 30);
    for figure in [
        "contour",
        "zoom",
        "step",
        "panels",
        "starts:grid=2,epochs=3",
        "surface",
    ] {
        for (contest, leaves) in [(&many, true), (&two, false)] {
            let traces = traces(contest);
            let subject =
                FigureInput::new(contest, &traces, Some(PlaneSpec::Weights([0, 1])), None).unwrap();
            let drawing = REGISTRY.build(&figure.parse().unwrap(), None).unwrap();
            let scene = drawing
                .draw(&subject, FigureStyle::of(&Theme::LIGHT))
                .unwrap();
            let is_noted = scene.title.contains("projected onto a plane");
            assert_eq!(is_noted, leaves, "{figure}: {}", scene.title);
        }
    }
}

#[test]
fn a_target_outside_the_map_is_not_in_the_legend() {
    let has_target = |scene: &Scene| words(scene).iter().any(|w| w.starts_with("Target: "));
    let mut article = contest("article", &["rprop"], 30);
    let figures = ["contour", "panels", "starts:grid=2,epochs=3"];
    for figure in figures {
        assert!(has_target(&draw(figure, &article)), "{figure}");
    }
    // A target below the minimum of the map.
    article.budget.target = Some(1e-9);
    for figure in figures {
        assert!(!has_target(&draw(figure, &article)), "{figure}");
    }
}

#[test]
fn without_a_target_no_text_mentions_it() {
    let mentions = |scene: &Scene| words(scene).iter().any(|w| w.contains("the target"));
    let figure = "starts:grid=2,epochs=3";
    let [with, without] = [
        contest("article", &["rprop"], 30),
        endless("article", &["rprop"], 30),
    ];
    assert!(mentions(&draw(figure, &with)));
    let scene = draw(figure, &without);
    assert!(!mentions(&scene) && !scene.description.contains("the target"));
}

/// Draws a figure in a given size.
fn sized(figure: &str, with: &[&str], size: &str) -> Scene {
    let contest = contest("article", with, 10_000);
    let traces = traces(&contest);
    let subject = FigureInput::new(&contest, &traces, None, None).unwrap();
    let drawing = REGISTRY.build(&figure.parse().unwrap(), None).unwrap();
    let look = FigureStyle {
        size: Some(size.parse::<Size>().unwrap().layout),
        ..FigureStyle::of(&Theme::LIGHT)
    };
    drawing.draw(&subject, look).unwrap()
}

#[test]
fn texts_fit_in_a_column_of_a_paper() {
    for figure in [
        "contour", "zoom", "step", "state", "surface", "bars", "loss",
    ] {
        assert_words_can_be_read(&sized(figure, &["momentum"], "paper-column"));
    }
}

/// Returns the clips of all marks, which are the areas between the axes.
fn areas(nodes: &[Node]) -> Vec<Rect> {
    let of_node = |node: &Node| match node {
        Node::Group {
            id,
            clip: Some(clip),
            ..
        } if id.ends_with("marks") => vec![*clip],
        Node::Group { nodes, .. } => areas(nodes),
        _ => Vec::new(),
    };
    nodes.iter().flat_map(of_node).collect()
}

#[test]
fn a_wide_state_has_its_map_beside_its_plots() {
    let scene = sized("state", &["adam"], "slide");
    let areas = areas(&scene.nodes);
    assert_eq!(areas.len(), 3);
    assert!(areas[1..].iter().all(|plot| plot.left > areas[0].right()));
    assert!(
        areas[1..].iter().all(|plot| plot.height > 100.0),
        "{areas:?}"
    );
    assert_words_can_be_read(&scene);
}

#[test]
fn an_inset_does_not_hide_the_steps() {
    let scene = sized("zoom", &["momentum"], "paper-column");
    let map = areas(&scene.nodes)[0];
    let inset = groups(&scene.nodes, "inset").concat();
    let Some(Node::Path { lines, .. }) = inset.first() else {
        panic!("an inset begins with its ground");
    };
    let width = lines[0].points[1][0] - lines[0].points[0][0];
    assert!(
        width.abs() > 1.0 && width.abs() <= 0.4 * map.width,
        "{width} {map:?}"
    );
}

#[test]
fn a_long_legend_makes_the_picture_higher() {
    let few = contest("article", &["rprop"], 9);
    let many: Vec<String> = (10..50)
        .map(|i| format!("rprop:initial_step=0.1234567{i}"))
        .collect();
    let many: Vec<&str> = many.iter().map(|pick| &**pick).collect();
    let many = contest("article", &many, 9);
    let [few, many] = [few, many].map(|contest| draw("contour", &contest));
    assert!(many.size[1] > few.size[1] + 100.0);
    let [before, after] = [few, many].map(|scene| areas(&scene.nodes)[0]);
    assert!(after.height > 0.65 * before.height, "{before:?} {after:?}");
}

#[test]
fn repeated_colors_have_other_dashes() {
    let contest = contest("article", &["rprop"; 9], 9);
    let traces = traces(&contest);
    let subject = FigureInput::new(&contest, &traces, None, None).unwrap();
    let styles = subject.styles(&Theme::LIGHT);
    assert_eq!(styles[0].color, styles[8].color);
    assert_ne!(styles[0].dash, styles[8].dash);
}

#[test]
fn a_surface_shows_the_dashes_of_repeated_colors() {
    let contest = contest("article", &["adam", "levenberg-marquardt"], 40);
    let traces = traces(&contest);
    let subject = FigureInput::new(&contest, &traces, None, None).unwrap();
    let styles = subject.styles(&Theme::LIGHT);
    assert_eq!(styles[0].color, styles[1].color);
    let scene = drawn("surface:floor=true", &contest, &traces).unwrap();
    for style in styles {
        // The path on the surface, its projection on the floor, and its line in the legend.
        assert!(strokes(&scene.nodes, style) >= 3, "{style:?}");
    }
}

/// Returns the number of nodes that are drawn with this color and these dashes.
fn strokes(nodes: &[Node], style: PathStyle) -> usize {
    let count = |node: &Node| match node {
        Node::Group { nodes, .. } => strokes(nodes, style),
        Node::Path {
            stroke: Some(stroke),
            ..
        } => usize::from(*stroke == style.stroke(stroke.width)),
        _ => 0,
    };
    nodes.iter().map(count).sum()
}

#[test]
fn a_short_run_has_whole_epochs() {
    let numbers = |epochs| -> Vec<String> {
        let scene = draw("loss", &contest("article", &["rprop"], epochs));
        words(&scene)
            .into_iter()
            .filter(|w| w.parse::<u64>().is_ok())
            .collect()
    };
    assert_eq!(numbers(1), ["0", "1"]);
    assert_eq!(numbers(2), ["0", "1", "2"]);
}

#[test]
fn a_run_that_leaves_the_surface_is_drawn_up_to_its_edge() {
    let contest = contest("rosenbrock", &["gradient-descent:learning_rate=10"], 3);
    let traces = traces(&contest);
    let own = contest.problem.window;
    // After one step, the weights are hundreds of windows away.
    let side = own.w1[1] - own.w1[0];
    assert!(traces[0].at(1)[0].abs() > 300.0 * side);
    let scene = drawn("surface", &contest, &traces).unwrap();
    let path = groups(&scene.nodes, "path").concat();
    let seen = lines(&path).iter().map(|line| line.len()).max();
    assert!(seen > Some(20), "{seen:?}");
    // The arrow at the edge.
    let triangles = groups(&scene.nodes, "exit").concat();
    let heads = triangles.iter().filter(|node| match node {
        Node::Path {
            lines,
            fill: Some(_),
            ..
        } => lines[0].points.len() == 3,
        _ => false,
    });
    assert_eq!(heads.count(), 1);
}

#[test]
fn a_surface_marks_the_initial_point_and_the_ends_as_the_map_does() {
    let contest = contest("himmelblau", &["rprop", "adam:learning_rate=0.1"], 200);
    let traces = traces(&contest);
    for figure in ["surface", "contour"] {
        let scene = drawn(figure, &contest, &traces).unwrap();
        let nodes = groups(&scene.nodes, "marks").concat();
        let crosses = nodes.iter().filter(|node| match node {
            Node::Path {
                lines,
                stroke: Some(stroke),
                fill: None,
            } => {
                let is_cross = lines.len() == 2 && lines.iter().all(|l| l.points.len() == 2);
                is_cross && stroke.color == Theme::LIGHT.foreground
            }
            _ => false,
        });
        assert_eq!(crosses.count(), 1, "{figure}");
        // The ends of both runs are at the same minimum.
        let discs = nodes.iter().filter_map(|node| match node {
            Node::Circle {
                radius,
                fill: Some(_),
                ..
            } => Some(*radius),
            _ => None,
        });
        let radii: Vec<f64> = discs.collect();
        assert!(radii[0] == radii[1] + 2.5, "{figure}: {radii:?}");
    }
}

#[test]
fn bars_with_long_names_and_numbers_can_be_read() {
    let long = "gradient-descent:search=golden-section,search.tolerance=0.1,search.max_step=90";
    let with = ["adam", "gradient-descent:learning_rate=0.3", long];
    for size in ["paper-column", "800x900"] {
        let scene = sized("bars", &with, size);
        assert_words_can_be_read(&scene);
    }
    let whole = words(&sized("bars", &with, "800x900")).join(" ");
    assert!(whole.contains("search.max_step=90)"), "{whole}");
}

#[test]
fn runs_in_small_pictures_have_different_names() {
    let values = ["0.01", "0.02"].map(|rate| ["0.5", "0.8"].map(|momentum| [rate, momentum]));
    let values = values.concat();
    let with = values
        .iter()
        .map(|[rate, momentum]| format!("momentum:learning_rate={rate},momentum={momentum}"));
    let with: Vec<String> = with.collect();
    let with: Vec<&str> = with.iter().map(String::as_str).collect();
    for figure in ["panels", "starts:grid=2,epochs=3", "bars"] {
        for size in ["400x300", "500x400"] {
            let words = words(&sized(figure, &with, size));
            for [rate, momentum] in &values {
                let is_name = |word: &&String| word.contains(rate) && word.contains(momentum);
                let count = words.iter().filter(is_name).count();
                // One chart shows epochs, the other evaluations.
                let charts = if figure == "bars" { 2 } else { 1 };
                assert_eq!(
                    count, charts,
                    "{figure}, {size}, {rate}, {momentum}: {words:?}"
                );
            }
        }
    }
}

#[test]
fn canceled_paths_are_not_computed() {
    let contest = contest("article", &["rprop", "momentum"], 9);
    let traces = traces(&contest);
    for (patience, asked) in [(usize::MAX, 18), (4, 5 + 1)] {
        let seen = RefCell::new(Vec::new());
        let watch = |done: usize, of: usize| {
            assert_eq!(of, 18);
            seen.borrow_mut().push(done);
            done < patience
        };
        let mut subject = FigureInput::new(&contest, &traces, None, None).unwrap();
        subject.on_progress = Some(&watch);
        let drawing = REGISTRY.build(&"starts:grid=3".parse().unwrap(), None);
        drawing
            .unwrap()
            .draw(&subject, FigureStyle::of(&Theme::LIGHT))
            .unwrap();
        let seen = seen.borrow();
        assert!(seen.is_sorted() && seen.len() == asked, "{seen:?}");
    }
}

/// Returns the number of bands with losses along the paths of an experiment.
fn bands_along_paths(on: &str, with: &[&str], epochs: u64, levels: Levels) -> usize {
    let contest = endless(on, with, epochs);
    let runs = traces(&contest);
    let subject = FigureInput::new(&contest, &runs, None, None).unwrap();
    let view = subject.view().unwrap();
    let look = FigureStyle {
        levels,
        ..FigureStyle::of(&Theme::LIGHT)
    };
    let field = view.field(view.window(), SAMPLES);
    let map = look.map(&subject, &field).unwrap();
    let edges = map.figure(&Theme::LIGHT).color_bar.unwrap().levels;
    assert!(edges.len() <= 21 && edges.is_sorted_by(|a, b| a < b));
    let losses = runs.iter().flat_map(|run| run.path().zip(&run.losses));
    let shown = losses.filter(|(w, _)| view.window().contains(w));
    let inner = &edges[1..edges.len() - 1];
    let bands = shown.map(|(_, loss)| inner.partition_point(|edge| edge <= loss));
    bands.collect::<std::collections::BTreeSet<_>>().len()
}

#[test]
fn levels_distinguish_bands_along_the_paths() {
    let slow = ["gradient-descent:learning_rate=0.004"];
    let cases: [(&str, &[&str]); 5] = [
        ("formula:(x^2+400*y^2)/2,start=-4,0.5", &slow),
        // The minimum lies between the samples, in a valley that is narrower than their distance.
        (
            "formula:(x-0.037)^2+4e4*(y-0.0213)^2,start=-4,0.5",
            &["rprop"],
        ),
        ("himmelblau", &["adam:learning_rate=0.001"]),
        ("rosenbrock", &["momentum", "bfgs"]),
        ("article", &["rprop", "gradient-descent:learning_rate=0.3"]),
    ];
    let check = move || {
        for (on, with) in cases {
            for (levels, wanted) in [(Levels::Auto, 5), (Levels::Log, 8)] {
                let found = bands_along_paths(on, with, 500, levels);
                assert!(found >= wanted, "{on} {levels:?}: {found}");
            }
        }
    };
    // Without optimization, the derivatives of formulas need more stack than a test has.
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(64 << 20);
        thread.spawn_scoped(scope, check).unwrap();
    });
}

#[test]
fn one_far_run_leaves_the_map_through_its_border() {
    let five = [
        "gradient-descent:learning_rate=0.3",
        "momentum",
        "rprop",
        "irprop-plus",
        "gradient-descent:search=golden-section",
    ];
    for (on, with) in [
        ("beale", &five[..]),
        ("himmelblau", &["levenberg-marquardt:repeat=false"]),
    ] {
        let contest = contest(on, with, 5000);
        let runs = traces(&contest);
        let subject = FigureInput::new(&contest, &runs, None, None).unwrap();
        let (shown, own) = (subject.view().unwrap().window(), contest.problem.window);
        for (shown, own) in [(shown.w1, own.w1), (shown.w2, own.w2)] {
            assert!(shown[0] <= own[0] && shown[1] >= own[1], "{on}");
            assert!(
                shown[1] - shown[0] <= 1.5 * (own[1] - own[0]),
                "{on} {shown:?}"
            );
        }
        let farthest = runs.iter().any(|run| {
            run.path()
                .any(|w| !subject.view().unwrap().window().contains(w))
        });
        assert!(farthest, "{on}");
    }
}

/// Returns how many pixels of a picture have each of these colors.
#[test]
fn a_diverging_run_does_not_determine_the_enlarged_part() {
    let contest = contest("beale", &["momentum:learning_rate=0.05"], 20);
    let runs = traces(&contest);
    let mut subject = FigureInput::new(&contest, &runs, None, None).unwrap();
    let last = usize::try_from(runs[0].epochs()).unwrap();
    subject.epochs = Some(1..=last);
    let far = runs[0].last().iter().any(|w| w.abs() > 1e6);
    assert!(far, "{:?}", runs[0].last());
    let figure = thalweg_gallery::figures::REGISTRY
        .build(&"zoom".parse().unwrap(), None)
        .unwrap();
    let scene = figure
        .draw(&subject, FigureStyle::of(&Theme::LIGHT))
        .unwrap();
    let words = words(&scene);
    assert!(
        words.iter().all(|word| !word.contains("no finite loss")),
        "{words:?}"
    );
}

fn pixels(scene: &Scene, colors: &[Color]) -> Vec<usize> {
    let bytes = png::encode(scene, 2.0).unwrap();
    let decoder = ::png::Decoder::new(std::io::Cursor::new(bytes));
    let mut reader = decoder.read_info().unwrap();
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut buffer).unwrap();
    let width = info.color_type.samples();
    let count = |color: &Color| {
        let pixels = buffer[..info.buffer_size()].chunks(width);
        pixels.filter(|pixel| pixel[..3] == color.rgb).count()
    };
    colors.iter().map(count).collect()
}

#[test]
fn runs_with_the_same_path_are_all_visible() {
    let with = [
        "rprop",
        "rprop:increase=1.2",
        "rprop:initial_step=0.1",
        "rprop:decrease=0.5",
    ];
    let contest = contest("article", &with, 60);
    let traces = traces(&contest);
    assert!(
        traces[1..]
            .iter()
            .all(|trace| trace.weights == traces[0].weights)
    );
    let subject = FigureInput::new(&contest, &traces, None, None).unwrap();
    let colors: Vec<Color> = subject
        .styles(&Theme::LIGHT)
        .iter()
        .map(|s| s.color)
        .collect();
    for figure in ["contour", "zoom", "surface", "loss"] {
        let scene = drawn(&format!("{figure}:legend=false"), &contest, &traces).unwrap();
        for (run, count) in pixels(&scene, &colors).into_iter().enumerate() {
            assert!(count > 60, "{figure}: run {run} has {count} pixels");
        }
    }
}

#[test]
fn legends_name_the_settings_that_differ_in_full() {
    let common = "adam:learning_rate=0.1,beta1=0.8";
    let with = ["0.99", "0.98"].map(|beta| format!("{common},beta2={beta},epsilon=1e-6"));
    let picks = [
        &*with[0],
        &*with[1],
        "adam:learning_rate=0.2,beta1=0.7,beta2=0.9,epsilon=1e-5",
    ];
    for figure in ["contour", "zoom", "surface", "loss", "distance"] {
        let on = if figure == "distance" {
            "himmelblau"
        } else {
            "article"
        };
        let contest = contest(on, &picks, 20);
        let traces = traces(&contest);
        let subject = FigureInput::new(&contest, &traces, None, None).unwrap();
        let drawing = REGISTRY.build(&figure.parse().unwrap(), None).unwrap();
        let look = FigureStyle {
            size: Some([340.0, 400.0]),
            ..FigureStyle::of(&Theme::LIGHT)
        };
        let scene = drawing.draw(&subject, look).unwrap();
        let joined = |text: &str| text.replace(' ', "");
        let all = joined(&words(&scene).concat());
        for label in subject.labels() {
            assert!(all.contains(&joined(label)), "{figure}: {label} in {all}");
        }
    }
}

const XOR: &str = "x1,x2,either\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n";

#[test]
fn a_legend_states_the_distance_from_the_plane() {
    let mut network: Pick = "mlp:layers=2-2-1,data=xor.csv".parse().unwrap();
    network.files = vec![("xor.csv".to_owned(), FileContent::from(XOR))];
    let with = ["rprop", "gradient-descent"].map(|pick| pick.parse().unwrap());
    let experiment = Experiment {
        epochs: 20_000,
        target: Target::Loss(0.01),
        ..Experiment::new(network, with.to_vec())
    };
    let contest = experiment.prepare().unwrap();
    let runs = traces(&contest);
    let subject = FigureInput::new(&contest, &runs, Some(PlaneSpec::Path), None).unwrap();
    let gap = |run: usize| subject.plane_gap(run, runs[run].epochs() as usize).unwrap();
    // The path of RPROP spans the plane.
    assert_eq!((gap(0).distance, gap(0).loss), (0.0, runs[0].loss()));
    assert!((gap(0).map_loss - gap(0).loss).abs() < 1e-12);
    let descent = gap(1);
    assert!((descent.distance - 2.3663).abs() < 5e-5, "{descent:?}");
    assert!((descent.loss - 0.009_743).abs() < 5e-7, "{descent:?}");
    assert!((descent.map_loss - 0.385_302).abs() < 5e-7, "{descent:?}");
    for figure in ["contour", "surface", "panels", "zoom", "state"] {
        let drawing = REGISTRY.build(&figure.parse().unwrap(), None).unwrap();
        let scene = drawing
            .draw(&subject, FigureStyle::of(&Theme::LIGHT))
            .unwrap();
        let words = words(&scene).join(" ");
        for part in ["2.3663", "0.009743", "0.385302", "0 from the plane"] {
            assert!(words.contains(part), "{figure}: {part} in {words}");
        }
    }
    // Two weights are the whole plane.
    let article = contest_of_article();
    let runs = traces(&article);
    let subject = FigureInput::new(&article, &runs, None, None).unwrap();
    assert_eq!(subject.plane_gap(0, 3), None);
    assert_eq!(subject.long_labels(), ["RPROP (20 steps)"]);
}

/// Returns the names of the other points that a figure of these optimizers draws, from the legend.
fn other_points(contest: &PreparedExperiment, plane: Option<PlaneSpec>) -> Vec<String> {
    let traces = traces(contest);
    let subject = FigureInput::new(contest, &traces, plane, None).unwrap();
    let drawing = REGISTRY.build(&"contour:other_points=true".parse().unwrap(), None);
    let scene = drawing
        .unwrap()
        .draw(&subject, FigureStyle::of(&Theme::LIGHT))
        .unwrap();
    let points = [
        "slow weights",
        "average",
        "iterate",
        "perturbed weights",
        "fast weight",
    ];
    let is_point = |text: &String| {
        points
            .iter()
            .any(|point| text.ends_with(&format!(": {point}")))
    };
    let names: Vec<String> = words(&scene).into_iter().filter(is_point).collect();
    assert_eq!(groups(&scene.nodes, "other-path").len(), names.len());
    assert!(names.iter().all(|name| scene.description.contains(name)));
    names
}

#[test]
fn other_points_of_an_optimizer_are_dashed_paths() {
    let names = |with: &[&str]| other_points(&contest("article", with, 40), None);
    assert_eq!(
        names(&["lookahead", "averaged", "sharpness-aware:of=adam"]),
        [
            "Lookahead of Momentum: slow weights",
            "Average of Momentum: average",
            "Sharpness-Aware of Adam: perturbed weights"
        ]
    );
    assert_eq!(
        names(&["averaged:path=average,of=lookahead"]),
        [
            "Average of Lookahead of Momentum: slow weights",
            "Average of Lookahead of Momentum: iterate"
        ]
    );
    // Initial weights do not move, and the weights before the step are on the path.
    assert_eq!(names(&["dog", "bfgs", "momentum", "mechanize"]), [""; 0]);
    let network = contest("mlp:layers=2-4-1", &["schedule-free-sgd"], 30);
    let names = other_points(&network, Some(PlaneSpec::Weights([0, 1])));
    assert!(!names.is_empty());
    // Without the setting, only the paths are drawn.
    let scene = draw("contour", &contest("article", &["lookahead"], 40));
    assert!(groups(&scene.nodes, "other-path").is_empty());
}

fn contest_of_article() -> PreparedExperiment {
    contest("article", &["rprop"], 100)
}

#[test]
fn start_minimum_and_best_have_different_signs() {
    let theme = &Theme::LIGHT;
    let start = start_marker(&[0.0, 0.0], theme);
    let (minimum, _) = minimum_markers(&[vec![0.0, 0.0]], theme);
    assert_eq!(
        [start.glyph, minimum.glyph],
        [Marker::Cross, Marker::Diamond]
    );
    let contest = contest("himmelblau", &["rprop"], 30);
    for figure in ["contour", "zoom", "panels", "surface"] {
        let scene = draw(figure, &contest);
        let lists_start = words(&scene).contains(&"Initial point".to_owned());
        assert!(lists_start || figure == "zoom", "{figure}");
    }
    let scene = draw("starts:grid=2,epochs=3", &contest);
    assert!(words(&scene).contains(&"known minimum".to_owned()));
}

#[test]
fn a_narrow_valley_is_one_area() {
    let contest = contest("rosenbrock", &["rprop"], 10);
    let scene = draw("contour:legend=false", &contest);
    for (i, band) in groups(&scene.nodes, "contour")[0].iter().enumerate() {
        if let Node::Path { lines, .. } = band {
            // The valley leaves the map twice, so a band has at most two parts and their edges.
            assert!(lines.len() <= 4, "band {i} has {} parts", lines.len());
        }
    }
}
