//! Tests of animations: the first and the last frame, and the timing of epochs.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;

use std::io::Cursor;
use thalweg::{
    experiment::{Experiment, PreparedExperiment, Target},
    plane::PlaneSpec,
    trace::Trace,
};
use thalweg_gallery::{
    animation::{AnimationOptions, AnimationView, EpochSpacing, PlaybackOptions, RunAnimation},
    figures::{self, FigureInput, FigureStyle},
};
use thalweg_plot::{
    animation::{FrameRenderer, Loops, PathPiece},
    formats::png,
    scene::{Node, Stroke},
    theme::Theme,
};

const OPTIONS: AnimationOptions = AnimationOptions {
    theme: &Theme::LIGHT,
    pixels: [800, 600],
    playback: PlaybackOptions {
        fps: 25.0,
        duration: None,
        pauses: [0.5, 2.0],
        spacing: EpochSpacing::Even,
        loops: Loops::Forever,
    },
    view: AnimationView::Map,
    beside_data: false,
};

fn contest(on: &str, with: &[&str], epochs: u64, target: Target) -> PreparedExperiment {
    let with = with.iter().map(|pick| pick.parse().unwrap()).collect();
    let experiment = Experiment {
        epochs,
        target,
        ..Experiment::new(on.parse().unwrap(), with)
    };
    experiment.prepare().unwrap()
}

/// Calls `look` with the animation of these optimizers.
fn with_race<T>(
    on: &str,
    with: &[&str],
    epochs: u64,
    options: AnimationOptions,
    look: impl FnOnce(&RunAnimation, &FigureInput) -> T,
) -> T {
    let contest = contest(on, with, epochs, Target::Problem);
    let traces: Vec<Trace> = contest.runs().map(Trace::record).collect();
    let subject = FigureInput::new(&contest, &traces, None, None).unwrap();
    look(&RunAnimation::new(&subject, options).unwrap(), &subject)
}

const PICKS: [&str; 3] = [
    "momentum:learning_rate=0.3",
    "rprop",
    "gradient-descent:search=golden-section",
];

/// Returns all texts of a frame.
fn words(runs: &RunAnimation, picture: usize) -> Vec<String> {
    let content = (runs.animation().content)(picture);
    let words = content.above.into_iter().filter_map(|node| match node {
        Node::Text(text) => Some(text.text),
        _ => None,
    });
    words.collect()
}

#[test]
fn the_last_frame_equals_the_contour_figure() {
    assert_last_frame_equals_contour(&PICKS, [60, 2000]);
    // In the figure, the dashes begin again after each part that coincides with another path.
    assert_last_frame_equals_contour(&SAME_COLOR, [200, 1000]);
}

fn assert_last_frame_equals_contour(picks: &[&str], [most, least]: [usize; 2]) {
    with_race("article", picks, 1000, OPTIONS, |runs, subject| {
        let drawing = figures::REGISTRY
            .build(&"contour:legend=false".parse().unwrap(), None)
            .unwrap();
        let look = FigureStyle {
            size: Some([800.0, 600.0]),
            ..FigureStyle::of(&Theme::LIGHT)
        };
        let still = png::encode(&drawing.draw(subject, look).unwrap(), 1.0).unwrap();
        let mut reader = ::png::Decoder::new(Cursor::new(still)).read_info().unwrap();
        let mut still = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut still).unwrap();

        let animation = runs.animation();
        let mut renderer = FrameRenderer::new(&animation).unwrap();
        let mut far = |picture: usize| {
            renderer.show(&(animation.content)(picture));
            // The legend lies above row 200.
            let pairs = still
                .as_chunks::<3>()
                .0
                .iter()
                .zip(renderer.picture())
                .skip(200 * 800);
            let differ = pairs.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 48));
            differ.count()
        };
        let [first, last] = [0, animation.timing.pictures - 1].map(&mut far);
        assert!(last < most, "{last} pixels differ");
        assert!(first > least, "{first} pixels differ without the paths");
    });
}

/// Two optimizers with the same color.
const SAME_COLOR: [&str; 2] = ["adam", "levenberg-marquardt"];

/// Returns the strokes of nodes.
fn strokes(nodes: &[Node]) -> Vec<Stroke> {
    let strokes = nodes.iter().flat_map(|node| match node {
        Node::Group { nodes, .. } => strokes(nodes),
        Node::Path { stroke, .. } => stroke.iter().copied().collect(),
        _ => Vec::new(),
    });
    strokes.collect()
}

#[test]
fn paths_legends_and_data_show_the_dashes_of_repeated_colors() {
    for view in [AnimationView::Map, AnimationView::Surface] {
        let options = AnimationOptions {
            view,
            beside_data: true,
            pixels: [1200, 600],
            playback: PlaybackOptions {
                duration: Some(0.3),
                ..OPTIONS.playback
            },
            ..OPTIONS
        };
        with_race("article", &SAME_COLOR, 40, options, |runs, subject| {
            let styles = subject.styles(&Theme::LIGHT);
            assert_eq!(styles[0].color, styles[1].color);
            let dashed = styles.iter().position(|style| style.dash.is_some());
            let dashed = dashed.unwrap();
            let animation = runs.animation();
            for (run, path) in animation.growing_paths.iter().enumerate() {
                let pieces: Vec<_> = (0..subject.traces[run].epochs() as usize)
                    .map(&path.step)
                    .collect();
                assert!(
                    pieces
                        .iter()
                        .all(|piece| piece.dashes.is_some() == (run == dashed))
                );
                let drawn = |piece: &PathPiece| piece.dashes.as_ref().map_or(0, Vec::len);
                assert_eq!(pieces.iter().any(|piece| drawn(piece) > 0), run == dashed);
            }
            let frames = 0..animation.timing.pictures;
            let above = frames.flat_map(|picture| (animation.content)(picture).above);
            let above: Vec<Node> = above.collect();
            for nodes in [&animation.overlay, &above] {
                for style in &styles {
                    let mut found = strokes(nodes).into_iter();
                    let is_found = found.any(|s| s.color == style.color && s.dash == style.dash);
                    assert!(is_found, "{view:?}: {style:?}");
                }
            }
        });
    }
}

#[test]
fn each_run_shows_its_epoch_and_finally_its_steps() {
    with_race("article", &PICKS, 1000, OPTIONS, |runs, _| {
        let timing = runs.animation().timing;
        assert_eq!(timing.pictures, 93, "92 epochs and the start");
        let total = timing.total();
        assert!((total - 6.22).abs() < 1e-9, "{total}");
        assert_eq!(words(runs, 0)[0], "epoch 0");
        let words = |picture| {
            words(runs, picture)
                .into_iter()
                .step_by(2)
                .collect::<Vec<_>>()
        };
        assert_eq!(words(1), ["epoch 1", "epoch 1", "epoch 1"]);
        assert_eq!(words(19), ["epoch 19", "epoch 19", "2 steps"]);
        assert_eq!(words(92), ["92 steps", "20 steps", "2 steps"]);
    });
}

#[test]
fn epochs_follow_the_spacing() {
    let grown = |spacing, picture: usize| {
        let playback = PlaybackOptions {
            spacing,
            duration: Some(4.0),
            ..OPTIONS.playback
        };
        with_race(
            "article",
            &PICKS[..1],
            1000,
            AnimationOptions {
                playback,
                ..OPTIONS
            },
            |runs, _| {
                let animation = runs.animation();
                assert_eq!(animation.timing.pictures, 100);
                (animation.content)(picture).grown[0]
            },
        )
    };
    for spacing in [
        EpochSpacing::Even,
        EpochSpacing::Log,
        EpochSpacing::ArcLength,
    ] {
        assert_eq!(grown(spacing, 0), 0);
        assert_eq!(grown(spacing, 99), 92);
        assert!((1..=98).is_sorted_by_key(|i| grown(spacing, i)));
    }
    // Half of the epochs, the square root of their number, and half of the path length; the frame is a little after the
    // middle.
    assert_eq!(grown(EpochSpacing::Even, 50), 46);
    assert_eq!(grown(EpochSpacing::Log, 50), 8);
    let share = with_race("article", &PICKS[..1], 1000, OPTIONS, |_, subject| {
        let points: Vec<&[f64]> = subject.traces[0].path().collect();
        let step = |pair: &[&[f64]]| {
            let [x, y] = [0, 1].map(|i| pair[1][i] - pair[0][i]);
            (x * x + y * y).sqrt()
        };
        let steps: Vec<f64> = points.windows(2).map(step).collect();
        let length = |epochs: usize| steps[..epochs].iter().sum::<f64>();
        let epoch = grown(EpochSpacing::ArcLength, 50);
        [epoch, epoch + 1].map(|epoch| length(epoch) / length(steps.len()))
    });
    let half = 50.0 / 99.0;
    assert!(share[0] <= half && half <= share[1], "{share:?}");
}

#[test]
fn frames_show_the_part_in_which_something_moves() {
    // Momentum circles in the last digits until the epoch limit.
    for with in ["momentum", "gradient-descent"] {
        let bowl = "formula:(x-1)^2+9*(y+2)^2";
        with_race(bowl, &[with], 20_000, OPTIONS, |runs, subject| {
            let animation = runs.animation();
            let last = animation.timing.pictures - 1;
            let end = subject.traces[0].last();
            let is_still = |picture: usize| {
                let epoch = (animation.content)(picture).grown[0];
                let w = subject.traces[0].at(epoch);
                w.iter().zip(end).all(|(w, end)| (w - end).abs() < 1e-2)
            };
            let still = (0..last).filter(|picture| is_still(*picture)).count();
            assert!(2 * still < last, "{with}: {still} of {last}");
            let epochs = subject.traces[0].epochs() as usize;
            assert_eq!((animation.content)(last).grown[0], epochs);
        });
    }
}

#[test]
fn a_run_without_steps_has_one_frame() {
    with_race("article", &PICKS[..1], 0, OPTIONS, |runs, _| {
        let animation = runs.animation();
        assert_eq!(animation.timing.pictures, 1);
        assert_eq!(animation.animation_frames().count(), 1);
        assert_eq!(words(runs, 0)[0], "0 steps");
    });
}

#[test]
fn a_diverged_run_leaves_the_picture_and_is_labeled() {
    let pick = ["gradient-descent:learning_rate=1"];
    with_race("rosenbrock", &pick, 1000, OPTIONS, |runs, _| {
        let animation = runs.animation();
        let last = animation.timing.pictures - 1;
        let words = words(runs, last);
        assert!(words[0].starts_with("diverged at epoch"), "{words:?}");
        let mut renderer = FrameRenderer::new(&animation).unwrap();
        for frame in animation.animation_frames() {
            renderer.show(&frame.content);
        }
        let discs = |picture: usize| {
            let above = (animation.content)(picture).above;
            above
                .iter()
                .filter(|node| matches!(node, Node::Circle { .. }))
                .count()
        };
        assert_eq!([discs(0), discs(last)], [1, 0]);
    });
}

#[test]
fn the_boundary_separates_the_data() {
    let options = AnimationOptions {
        beside_data: true,
        pixels: [1200, 600],
        ..OPTIONS
    };
    with_race("article", &["rprop"], 1000, options, |runs, _| {
        let animation = runs.animation();
        let beside = |picture: usize| {
            let above = (animation.content)(picture).above;
            match above.last() {
                Some(Node::Path { lines, .. }) => lines[0].points.clone(),
                _ => Vec::new(),
            }
        };
        let last = animation.timing.pictures - 1;
        assert!(
            beside(0).is_empty(),
            "at the start all points lie on one side"
        );
        let [before, end] = [last - 8, last].map(beside);
        assert!(before != end, "it turns");
        for p in before.iter().chain(&end) {
            assert!(
                p[0] > 0.6 * animation.background.size[0],
                "{p:?} lies beside the map"
            );
        }
        // The decision boundary of a network with one unit is a straight line.
        for line in [before, end] {
            let [a, b] = [line[0], line[line.len() - 1]];
            let along = [b[0] - a[0], b[1] - a[1]];
            let length = (along[0] * along[0] + along[1] * along[1]).sqrt();
            assert!(length > 50.0, "it crosses the picture");
            for p in &line {
                let aside = along[0] * (p[1] - a[1]) - along[1] * (p[0] - a[0]);
                assert!(aside.abs() < 0.05 * length, "{p:?} lies on the line");
            }
        }
    });
    let contest = contest("rosenbrock", &["rprop"], 10, Target::None);
    let traces: Vec<Trace> = contest.runs().map(Trace::record).collect();
    let subject = FigureInput::new(&contest, &traces, None, None).unwrap();
    let error = RunAnimation::new(&subject, options).err().unwrap();
    assert!(
        error.to_string().contains("the problem has none"),
        "{error}"
    );
}

#[test]
fn a_ball_rolls_on_the_surface() {
    let options = AnimationOptions {
        view: AnimationView::Surface,
        ..OPTIONS
    };
    with_race("article", &PICKS[..1], 1000, options, |runs, _| {
        let animation = runs.animation();
        let ball = |picture: usize| {
            let above = (animation.content)(picture).above;
            let balls = above.iter().filter_map(|node| match node {
                Node::Circle { center, radius, .. } if *radius > 6.0 => Some(*center),
                _ => None,
            });
            balls.collect::<Vec<_>>()
        };
        let [start, middle, end] = [0, 46, 92].map(|i| ball(i)[0]);
        assert!(start[0] < middle[0] && middle[0] < end[0]);
        assert!(start[1] < end[1], "downwards");
        assert_eq!((animation.growing_paths[0].step)(40).lines.len(), 1);
    });
}

#[test]
fn a_legend_of_many_runs_stays_in_the_picture() {
    with_race("article", &["rprop"; 40], 20, OPTIONS, |runs, _| {
        let animation = runs.animation();
        let fixed = common::texts(&animation.overlay);
        assert!(fixed.iter().any(|t| t.text.starts_with("and ")));
        let names = fixed.iter().filter(|t| t.text.starts_with("RPROP"));
        assert!((2..40).contains(&names.count()));
        let height = animation.background.size[1];
        assert!(fixed.iter().all(|t| t.at[1] < height), "{height}");
    });
}

#[test]
fn a_surface_shows_the_balls_from_the_viewpoint_of_the_still_figure() {
    let options = AnimationOptions {
        view: AnimationView::Surface,
        ..OPTIONS
    };
    with_race(
        "beale",
        &["adam", "rprop"],
        100,
        options,
        |runs, subject| {
            let animation = runs.animation();
            let still = figures::REGISTRY
                .build(&"surface:legend=false".parse().unwrap(), None)
                .unwrap();
            let look = FigureStyle {
                size: Some([800.0, 600.0]),
                ..FigureStyle::of(&Theme::LIGHT)
            };
            let still = still.draw(subject, look).unwrap();
            let tiles = |nodes: &[Node]| {
                let surface = nodes
                    .iter()
                    .find(|node| matches!(node, Node::Group { id, .. } if id == "surface"));
                surface.cloned()
            };
            assert!(tiles(&still.nodes).is_some());
            assert_eq!(tiles(&animation.background.nodes), tiles(&still.nodes));
            let color = subject.styles(&Theme::LIGHT)[1].color;
            for picture in [0, 25, 50, 100] {
                let nodes = (animation.content)(picture).above;
                let balls = nodes.iter().filter(
                    |node| matches!(node, Node::Circle { fill: Some(fill), .. } if *fill == color),
                );
                assert_eq!(balls.count(), 1, "frame {picture}");
            }
        },
    );
}

#[test]
fn an_arrow_shows_that_a_run_is_outside_of_the_map() {
    with_race(
        "rosenbrock",
        &["momentum:learning_rate=0.1", "rprop"],
        60,
        OPTIONS,
        |runs, subject| {
            let color = subject.styles(&Theme::LIGHT)[0].color;
            let arrows = |picture: usize| {
                let nodes = (runs.animation().content)(picture).above;
                let heads = nodes.iter().filter(|node| match node {
                    Node::Path {
                        lines,
                        fill: Some(fill),
                        ..
                    } => *fill == color && lines[0].points.len() == 3,
                    _ => false,
                });
                heads.count()
            };
            let last = runs.animation().timing.pictures - 1;
            assert_eq!([arrows(0), arrows(last)], [0, 1]);
        },
    );
}

#[test]
fn the_legend_states_the_distance_from_the_plane() {
    let contest = contest(
        "mlp:layers=2-3-1,data=moons",
        &["rprop", "momentum"],
        20,
        Target::None,
    );
    let traces: Vec<Trace> = contest.runs().map(Trace::record).collect();
    let subject = FigureInput::new(&contest, &traces, Some(PlaneSpec::Path), None).unwrap();
    let runs = RunAnimation::new(&subject, OPTIONS).unwrap();
    let last = runs.animation().timing.pictures - 1;
    let words = words(&runs, last);
    let gaps: Vec<&String> = words
        .iter()
        .filter(|w| w.contains("from the plane"))
        .collect();
    assert_eq!(gaps.len(), 2, "{words:?}");
    let gap = subject.plane_gap(1, 20).unwrap();
    assert!(gap.distance > 0.0);
    let map = thalweg_plot::text::number(gap.map_loss, 3);
    assert!(
        gaps[1].ends_with(&format!("loss {map} on the map")),
        "{gaps:?}"
    );
}
