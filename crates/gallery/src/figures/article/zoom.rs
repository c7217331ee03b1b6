//! A part of the map from nearby, with one path and the numbers of its steps.

use super::{
    story,
    study::{Algorithm, Study},
};
use crate::map::{Map, Path, SAMPLES, window_around};
use std::ops::RangeInclusive;
use thalweg::field::{Field, Window};
use thalweg_plot::{
    scene::Scene,
    theme::{PathStyle, Theme},
};

const ERROR: &str = "Mean squared error";

/// Where single steps of gradient descent are looked at.
pub(super) const SINGLE_STEPS: Window = Window {
    w1: [-1.4, -0.9],
    w2: [-2.9, -2.4],
};

/// Names of the two weights and of the loss.
pub(super) fn labels(study: &Study) -> [&str; 3] {
    let names = &study.problem.weight_names;
    [&names[0], &names[1], ERROR]
}

/// What a zoom shows of one path.
pub(super) struct Zoom {
    pub(super) algorithm: usize,
    pub(super) title: String,
    pub(super) window: Window,
    pub(super) numbered: Vec<usize>,
    pub(super) story: fn(&Study) -> String,
}

impl Zoom {
    pub(super) fn scene(self, study: &Study, theme: &Theme) -> Scene {
        let algorithm = &study.algorithms[self.algorithm];
        // The loss is sampled afresh, so that the contour is as smooth as on the whole map.
        let field = sample(study, self.window);
        let map = Map {
            description: story::first_paragraph(&(self.story)(study)),
            target: study.problem.target,
            start: Some(&study.problem.start),
            paths: vec![path(algorithm, theme.path(self.algorithm), algorithm.name)],
            line: 2.4,
            numbered: self.numbered,
            ..Map::new(self.title, labels(study), &field)
        };
        map.scene(theme)
    }

    /// A zoom on some steps, the ones named with their numbers.
    pub(super) fn on_steps(
        study: &Study,
        algorithm: usize,
        title: String,
        epochs: RangeInclusive<usize>,
        numbered: RangeInclusive<usize>,
        story: fn(&Study) -> String,
    ) -> Self {
        let window = window_around(&study.algorithms[algorithm].trace, epochs);
        Self {
            algorithm,
            title,
            window: window.unwrap_or(study.problem.window),
            numbered: numbered.collect(),
            story,
        }
    }
}

/// The loss over a part of the plane.
pub(super) fn sample(study: &Study, window: Window) -> Field {
    Field::sample(&*study.problem.objective, window, [SAMPLES, SAMPLES])
}

pub(super) fn path<'a>(algorithm: &'a Algorithm, style: PathStyle, label: &'a str) -> Path<'a> {
    Path {
        trace: &algorithm.trace,
        style,
        label,
    }
}
