//! How each of the figures is drawn.

use super::{
    story,
    study::{Algorithm, Study},
    zoom::{SINGLE_STEPS, Zoom, labels, path, sample},
};
use crate::figures::bars::{bar, height};
use crate::{
    map::{Map, SIZE},
    parts::samples::dots,
};
use std::ops::Range;
use thalweg::field::{Field, Window};
use thalweg_plot::{
    bars::BarChart,
    color::Color,
    figure::{AxisSpan, Figure, Mark},
    scale::Spacing,
    scene::Scene,
    surface::{Surface, SurfacePath},
    theme::Theme,
};

/// Which of the five algorithms a figure is about.
pub(super) const GRADIENT_DESCENT: usize = 0;
pub(super) const MOMENTUM: usize = 1;
pub(super) const RPROP: usize = 2;
pub(super) const IRPROP_PLUS: usize = 3;
pub(super) const GOLDEN_SEARCH: usize = 4;

pub(super) fn data_scatter(study: &Study, theme: &Theme) -> Scene {
    let mut marks: Vec<Box<dyn Mark>> = Vec::new();
    let mut names = ["", ""];
    if let Some(network) = &study.problem.network {
        let data = network.data();
        names = [0, 1].map(|i| &*data.feature_names[i]);
        for dots in dots(data, &[0.0, 1.0], theme) {
            marks.push(Box::new(dots));
        }
    }
    let axis = |label: &str| AxisSpan::linear(label, [0.0, 1.0]);
    let figure = Figure {
        size: [SIZE[1] + 20.0, SIZE[1]],
        title: "The data: six points of two classes".to_owned(),
        description: story::first_paragraph(&story::data_scatter(study)),
        x: axis(names[0]),
        y: axis(names[1]),
        equal_units: true,
        marks,
        color_bar: None,
        legend: true,
    };
    figure.scene(theme)
}

pub(super) fn error_contour(study: &Study, theme: &Theme) -> Scene {
    let map = Map {
        description: story::first_paragraph(&story::error_contour(study)),
        target: study.problem.target,
        start: Some(&study.problem.start),
        legend: true,
        ..Map::new(
            "The error of every network with two weights",
            labels(study),
            &study.field,
        )
    };
    map.scene(theme)
}

/// One path over the whole map.
fn whole_path(study: &Study, theme: &Theme, i: usize, story: fn(&Study) -> String) -> Scene {
    whole_paths(study, theme, i..i + 1, study.algorithms[i].name, story)
}

/// The paths of some algorithms over the whole map, which is made larger where one of them leaves it.
fn whole_paths(
    study: &Study,
    theme: &Theme,
    which: Range<usize>,
    title: &str,
    story: fn(&Study) -> String,
) -> Scene {
    let algorithms = &study.algorithms[which.clone()];
    let own = study.problem.window;
    let window = own.including(algorithms.iter().flat_map(|a| a.trace.path()));
    let larger = (window != own).then(|| sample(study, window));
    let names: Vec<String> = algorithms.iter().map(Algorithm::label).collect();
    let paths = which.zip(algorithms.iter().zip(&names));
    let map = Map {
        description: story::first_paragraph(&story(study)),
        target: study.problem.target,
        start: Some(&study.problem.start),
        paths: paths
            .map(|(i, (a, label))| path(a, theme.path(i), label))
            .collect(),
        legend: true,
        ..Map::new(
            title,
            labels(study),
            larger.as_ref().unwrap_or(&study.field),
        )
    };
    map.scene(theme)
}

pub(super) fn gradient_descent(study: &Study, theme: &Theme) -> Scene {
    whole_path(study, theme, GRADIENT_DESCENT, story::gradient_descent)
}

pub(super) fn gradient_descent_zoom(_: &Study) -> Zoom {
    Zoom {
        algorithm: GRADIENT_DESCENT,
        title: "Gradient Descent: single steps".to_owned(),
        window: SINGLE_STEPS,
        numbered: Vec::new(),
        story: story::gradient_descent_zoom,
    }
}

pub(super) fn momentum(study: &Study, theme: &Theme) -> Scene {
    whole_path(study, theme, MOMENTUM, story::momentum)
}

pub(super) fn momentum_speeding_up(_: &Study) -> Zoom {
    Zoom {
        algorithm: MOMENTUM,
        title: "Momentum: speeding up".to_owned(),
        window: Window {
            w1: [-2.4, 0.9],
            w2: [-4.2, -0.75],
        },
        numbered: Vec::new(),
        story: story::momentum_speeding_up,
    }
}

pub(super) fn momentum_slowing_down(_: &Study) -> Zoom {
    Zoom {
        algorithm: MOMENTUM,
        title: "Momentum: slowing down".to_owned(),
        window: Window {
            w1: [1.3, 2.65],
            w2: [-2.65, -1.3],
        },
        numbered: Vec::new(),
        story: story::momentum_slowing_down,
    }
}

pub(super) fn momentum_3d(study: &Study, theme: &Theme) -> Scene {
    let window = Window {
        w1: [-10.0, 10.0],
        w2: [-12.0, 0.0],
    };
    let field = Field::sample(&*study.problem.objective, window, [57, 41]);
    let surface = Surface {
        size: SIZE,
        title: "Momentum: a ball in a half-pipe".to_owned(),
        description: story::first_paragraph(&story::momentum_3d(study)),
        field: &field,
        labels: labels(study).map(str::to_owned),
        paths: vec![SurfacePath {
            trace: &study.algorithms[MOMENTUM].trace,
            color: Color::hex(0x00d6_2728),
            label: String::new(),
        }],
        from: [-58.0, 38.0],
        height: Spacing::Linear,
        floor: false,
    };
    surface.scene(theme)
}

pub(super) fn rprop(study: &Study, theme: &Theme) -> Scene {
    whole_path(study, theme, RPROP, story::rprop)
}

pub(super) fn rprop_first_steps(study: &Study) -> Zoom {
    let story = story::rprop_first_steps;
    let steps = story::steps_before_a_turn(&study.algorithms[RPROP].trace);
    let title = format!("RPROP: {steps}");
    Zoom::on_steps(study, RPROP, title, 0..=13, 10..=12, story)
}

pub(super) fn rprop_turns(study: &Study) -> Zoom {
    let story = story::rprop_turns;
    let title = "RPROP: where the signs change".to_owned();
    Zoom::on_steps(study, RPROP, title, 10..=16, 11..=16, story)
}

pub(super) fn irprop_plus(study: &Study, theme: &Theme) -> Scene {
    whole_path(study, theme, IRPROP_PLUS, story::irprop_plus)
}

pub(super) fn irprop_plus_turns(study: &Study) -> Zoom {
    let story = story::irprop_plus_turns;
    let title = "iRPROP+: the second part".to_owned();
    Zoom::on_steps(study, IRPROP_PLUS, title, 11..=17, 12..=17, story)
}

pub(super) fn golden_search(study: &Study, theme: &Theme) -> Scene {
    whole_path(study, theme, GOLDEN_SEARCH, story::golden_search)
}

pub(super) fn all_algorithms(study: &Study, theme: &Theme) -> Scene {
    let all = 0..study.algorithms.len();
    let story = story::all_algorithms;
    whole_paths(study, theme, all, "All five algorithms", story)
}

pub(super) fn compare_epochs(study: &Study, theme: &Theme) -> Scene {
    let bars = study.algorithms.iter().enumerate();
    let bars = bars.map(|(i, a)| {
        bar(
            a.name,
            &a.trace,
            a.trace.epochs(),
            true,
            theme.path(i).color,
        )
    });
    let chart = BarChart {
        size: [SIZE[0], height(study.algorithms.len())],
        title: "Epochs until the error is down to the target".to_owned(),
        description: story::first_paragraph(&story::compare_epochs(study)),
        label: "Epochs".to_owned(),
        bars: bars.collect(),
    };
    chart.scene(theme)
}
