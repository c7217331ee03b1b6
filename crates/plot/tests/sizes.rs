//! A picture has the requested size in every format, and its text is readable.
#![allow(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use roxmltree::Document;
use std::borrow::Cow;
use thalweg::{experiment::Experiment, field::Field, trace::Trace};
use thalweg_plot::{
    figure::{AxisSpan, Figure, Mark},
    formats::{pdf, png, svg},
    levels::Levels,
    marks::{FilledContour, Trajectory},
    scene::{Node, Scene, TextNode},
    size::{MIN_FONT_SIZE, POINT, PRESETS, Size},
    text,
    theme::Theme,
};

/// Lays out a map with a path per label at a size.
fn map(size: Size, title: &str, labels: &[&str]) -> Scene {
    let with = labels.iter().map(|_| "rprop".parse().unwrap()).collect();
    let experiment = Experiment::new("rosenbrock".parse().unwrap(), with);
    let contest = experiment.prepare().unwrap();
    let problem = &contest.problem;
    let traces: Vec<Trace> = contest.runs().map(Trace::record).collect();
    let field = Field::sample(&*problem.objective, problem.window, [41, 41]);
    let contour = FilledContour {
        field: Cow::Borrowed(&field),
        levels: Levels::Auto.of(&field, &[], 20),
    };
    let color_bar = Some(contour.color_bar("Loss"));
    let mut marks: Vec<Box<dyn Mark>> = vec![Box::new(contour)];
    for (i, (trace, label)) in traces.iter().zip(labels).enumerate() {
        marks.push(Box::new(Trajectory {
            below: Vec::new(),
            trace,
            style: Theme::LIGHT.path(i),
            width: 2.0,
            label: (*label).to_owned(),
        }));
    }
    let figure = Figure {
        size: size.layout,
        title: title.to_owned(),
        description: String::new(),
        x: AxisSpan::linear("First weight", problem.window.w1),
        y: AxisSpan::linear("Second weight", problem.window.w2),
        equal_units: true,
        marks,
        color_bar,
        legend: true,
    };
    figure.scene(&Theme::LIGHT).magnified(size.scale)
}

fn texts<'a>(nodes: &'a [Node]) -> Vec<&'a TextNode> {
    let of_node = |node: &'a Node| match node {
        Node::Group { nodes, .. } => texts(nodes),
        Node::Text(text) => vec![text],
        _ => Vec::new(),
    };
    nodes.iter().flat_map(of_node).collect()
}

const FIVE: [&str; 5] = [
    "Gradient Descent (797 steps)",
    "Momentum (92 steps)",
    "RPROP (19 steps)",
    "iRPROP+ (18 steps)",
    "Gradient Descent + Golden Search (5 steps)",
];
const LONG: &str = "A title that is much too long for any column of any paper, as titles of figures often are, \
                    whoever writes them, and so it has to be cut off somewhere near here at the latest";

#[test]
fn text_has_at_least_seven_points_and_stays_in_the_picture() {
    let sizes = PRESETS.iter().map(|preset| preset.size);
    let small = ["300x280", "400x300", "600x400"].map(|text| text.parse().unwrap());
    for size in sizes.chain(small) {
        for title in ["Rosenbrock", LONG] {
            for labels in [&FIVE[..0], &FIVE[..1], &FIVE[..]] {
                let scene = map(size, title, labels);
                let words = texts(&scene.nodes);
                assert!(words.len() > 8);
                for t in words {
                    let points = t.size * scene.scale * POINT;
                    assert!(
                        points >= MIN_FONT_SIZE,
                        "{size}: {} has {points} points",
                        t.text
                    );
                    let half = text::width(&t.text, t.size) / 2.0;
                    assert!(2.0 * half <= scene.size[0], "{size}: {}", t.text);
                }
            }
        }
    }
}

#[test]
fn every_format_has_the_requested_size() {
    for preset in PRESETS {
        let scene = map(preset.size, preset.id, &FIVE[..1]);
        let [width, height] = preset.size.px();
        let text = svg::encode(&scene);
        let document = Document::parse(&text).unwrap();
        let number = |name: &str| -> f64 {
            let value = document.root_element().attribute(name).unwrap();
            value.parse().unwrap()
        };
        assert!((number("width") - width).abs() < 0.01 && (number("height") - height).abs() < 0.01);
        let bytes = png::encode(&scene, 2.0).unwrap();
        let pixels = [16, 20].map(|at| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()));
        assert_eq!(pixels, preset.size.pixels(2.0).unwrap());
        assert_eq!(
            pixels.map(f64::from),
            [2.0 * width, 2.0 * height].map(f64::round)
        );
        let pdf = String::from_utf8_lossy(&pdf::encode(&scene).unwrap()).into_owned();
        let (_, page) = pdf.split_once("/MediaBox").unwrap();
        let (page, _) = page.split_once(']').unwrap();
        let page = page.trim_start().trim_start_matches('[');
        let points: Vec<f64> = page
            .split_whitespace()
            .map(|v| v.parse().unwrap())
            .collect();
        for (i, px) in [width, height].into_iter().enumerate() {
            let points = points[i + 2] - points[i];
            assert!((points - px * POINT).abs() < 0.01, "{page}");
        }
    }
}

#[test]
fn a_scale_that_fits_is_found_for_a_large_picture() {
    let scene = Scene::blank([4000.0, 3000.0], Theme::LIGHT.background);
    assert!(png::encode(&scene, 1.0).is_err());
    let scale = png::scale_within_limit(&scene, 1.0);
    assert!((0.9..1.0).contains(&scale));
    assert!(png::encode(&scene, scale).is_ok());
    let small = Scene::blank([40.0, 30.0], Theme::LIGHT.background);
    assert_eq!(png::scale_within_limit(&small, 2.0), 2.0);
}
