//! Classes in the plane of two features, with decision boundaries.

use super::{DataPlot, RunState};
use crate::prelude::*;
use crate::{
    map::SIZE,
    parts::{
        borders::DecisionBoundaries,
        caption::add_caption,
        samples::{casing_among, color, dots},
    },
};
use std::borrow::Cow;
use thalweg::data::DataSet;
use thalweg_plot::{
    figure::Frame,
    legend::LegendHandle,
    marks::{ContourLine, FilledRegion, Overlap},
    scene::Point,
    shapes::open_lines,
};

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
        let has_diverged = self.states.iter().map(RunState::has_diverged);
        let lines: Vec<BoundaryCurve> = lines.collect();
        let hidden = lines.iter().zip(has_diverged);
        let hidden = hidden.map(|(line, diverged)| diverged && !is_seen(&line.margins));
        let notes = self.hidden_notes(hidden);
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
        add_caption(figure, &notes, look.theme)
    }
}

/// Returns the width and height of a picture with equal units on both axes and little unused space.
pub(super) fn size(spans: &[[f64; 2]]) -> [f64; 2] {
    let [x, y] = [spans[0], spans[1]];
    let ratio = (y[1] - y[0]) / (x[1] - x[0]);
    let height = SIZE[0] * ratio.clamp(0.4, 1.0) + 60.0;
    [SIZE[0], height.min(SIZE[1] + 40.0).round()]
}

/// Returns whether a boundary crosses the visible part of the plane: between two samples whose margins are finite.
fn is_seen(margins: &[Field]) -> bool {
    let differ = |a: f64, b: f64| a.is_finite() && b.is_finite() && (a < 0.0) != (b < 0.0);
    margins.iter().any(|field| {
        let mut rows = field.values.chunks(field.xs.len());
        let mut columns = field
            .values
            .iter()
            .zip(field.values.iter().skip(field.xs.len()));
        rows.any(|row| row.windows(2).any(|pair| differ(pair[0], pair[1])))
            || columns.any(|(a, b)| differ(*a, *b))
    })
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
    let colors = (0..classes.len()).map(|class| color(class, classes.len(), theme));
    let colors: Vec<Color> = colors.collect();
    for (run, line) in lines.iter().enumerate() {
        // Every boundary belongs to a class after the first.
        for (i, field) in line.margins.iter().skip(1).enumerate() {
            let below = lines[..run].iter();
            marks.push(Box::new(BoundaryMark {
                line: ContourLine {
                    field: Cow::Borrowed(field),
                    level: 0.0,
                    stroke: line.stroke,
                    label: (i == 0).then(|| line.label.clone()),
                },
                below: below.flat_map(|line| &line.margins[1..]).collect(),
                casing: casing_among(&colors, line.stroke, theme),
            }));
        }
    }
    marks
}

/// A decision boundary. Where it coincides with boundaries below it, both are visible in alternating dashes.
struct BoundaryMark<'a> {
    line: ContourLine<'a>,
    /// The margins of the classes of other runs.
    below: Vec<&'a Field>,
    /// Casing of a boundary that has the color of samples.
    casing: Option<Stroke>,
}

impl Mark for BoundaryMark<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let mut overlap = Overlap::default();
        for field in &self.below {
            let below = ContourLine {
                field: Cow::Borrowed(*field),
                label: None,
                ..self.line
            };
            overlap.add(&below.lines(frame));
        }
        let whole = self.line.lines(frame);
        let visible = whole.iter().flat_map(|line| overlap.visible(line));
        let visible: Vec<Vec<Point>> = visible.collect();
        if self.casing.is_none() && visible == whole {
            self.line.draw(frame, out);
            return;
        }
        out.extend(
            self.casing
                .map(|casing| open_lines(visible.clone(), casing)),
        );
        out.push(open_lines(visible, self.line.stroke));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        self.line.lines(frame)
    }

    fn key(&self, _: &Theme) -> Option<LegendEntry> {
        let handle = LegendHandle::Line(self.line.stroke, self.casing);
        Some(LegendEntry::new(self.line.label.as_ref()?, handle))
    }
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
