//! Classes in the plane of two features, with decision boundaries.

use super::DataPlot;
use crate::prelude::*;
use crate::{
    map::SIZE,
    parts::{
        borders::DecisionBoundaries,
        caption::add_caption,
        samples::{color, dots},
    },
};
use std::borrow::Cow;
use thalweg::data::DataSet;
use thalweg_plot::marks::{ContourLine, FilledRegion};

/// Number of samples of a network's output along each side of the picture.
const SAMPLES: usize = 301;

impl DataPlot<'_> {
    /// Draws the samples of each class and the decision boundaries.
    pub(super) fn boundaries(&self, classes: &[f64]) -> Scene {
        let (data, look) = (self.network.data(), self.look);
        let spans = [self.spans[0], self.spans[1]];
        let borders = DecisionBoundaries::new(self.network, classes, spans, SAMPLES);
        let lines = self.states.iter().map(|state| {
            let margins = borders.margins(state.weights());
            let label = if is_seen(&margins) || state.has_diverged() {
                state.label()
            } else {
                format!("{}: no boundary here", state.label())
            };
            BoundaryCurve {
                margins,
                stroke: state.style.stroke(2.2),
                label,
            }
        });
        let lines: Vec<BoundaryCurve> = lines.collect();
        let marks = marks(data, classes, &lines, look.theme);
        let [x, y] = [0, 1].map(|i| AxisSpan::linear(&*data.feature_names[i], spans[i]));
        let figure = Figure {
            size: look.size.unwrap_or_else(|| size(&spans)),
            title: look.title(|| self.subject.contest.problem.title.to_string()),
            description: description(data, classes, &lines),
            x,
            y,
            equal_units: true,
            marks,
            color_bar: None,
            legend: self.legend,
        };
        add_caption(figure, &[], look.theme)
    }
}

/// Returns the width and height of a picture with equal units on both axes and little unused space.
pub(super) fn size(spans: &[[f64; 2]]) -> [f64; 2] {
    let [x, y] = [spans[0], spans[1]];
    let ratio = (y[1] - y[0]) / (x[1] - x[0]);
    let height = SIZE[0] * ratio.clamp(0.4, 1.0) + 60.0;
    [SIZE[0], height.min(SIZE[1] + 40.0).round()]
}

/// Returns whether a boundary crosses the visible part of the plane.
fn is_seen(margins: &[Field]) -> bool {
    let crosses = |field: &Field| {
        let range = field.range();
        range.is_some_and(|[low, high]| low < 0.0 && high >= 0.0)
    };
    margins.iter().any(crosses)
}

/// The decision boundary of a run after an epoch.
struct BoundaryCurve {
    /// The margin of each class at each point: positive inside the class.
    margins: Vec<Field>,
    stroke: Stroke,
    label: String,
}

fn marks<'a>(
    data: &DataSet,
    classes: &[f64],
    lines: &'a [BoundaryCurve],
    theme: &Theme,
) -> Vec<Box<dyn Mark + 'a>> {
    const TINT: f64 = 0.14;
    let mut marks: Vec<Box<dyn Mark + 'a>> = Vec::new();
    if let [line] = lines {
        for (class, field) in line.margins.iter().enumerate() {
            marks.push(Box::new(FilledRegion {
                field,
                level: 0.0,
                color: color(class, classes.len(), theme).with_opacity(TINT),
            }));
        }
    }
    for dots in dots(data, classes, theme) {
        marks.push(Box::new(dots));
    }
    for line in lines {
        // Every boundary belongs to a class after the first.
        for (i, field) in line.margins.iter().skip(1).enumerate() {
            marks.push(Box::new(ContourLine {
                field: Cow::Borrowed(field),
                level: 0.0,
                stroke: line.stroke,
                label: (i == 0).then(|| line.label.clone()),
            }));
        }
    }
    marks
}

fn description(data: &DataSet, classes: &[f64], lines: &[BoundaryCurve]) -> String {
    let counts = classes.iter().map(|class| {
        let count = data.targets.iter().filter(|y| *y == class).count();
        format!("{count} of class {}", data.target_label(*class))
    });
    let counts: Vec<String> = counts.collect();
    let samples = data.samples();
    let borders: Vec<&str> = lines.iter().map(|line| &*line.label).collect();
    let borders = if borders.is_empty() {
        String::new()
    } else {
        format!(" Decision boundaries: {}.", borders.join("; "))
    };
    format!(
        "{samples} samples with two features, {}.{borders}",
        counts.join(", ")
    )
}
