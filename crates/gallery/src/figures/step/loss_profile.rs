//! The loss along a step, with the trial points of a line search.

use super::{
    marks::{AFTER, BEFORE as BEGIN, Marks, dots},
    step_view::{StepLine, StepView},
    vectors::plus,
};
use crate::prelude::*;
use thalweg::number::spread;
use thalweg_plot::{
    marks::{DotNumbers, LinePlot, Marker, Segment},
    scene::Align,
    shapes::{group, text},
    theme::PathStyle,
};

/// Number of samples along the line.
const SAMPLES: usize = 241;
/// Margins before and after the step, in steps.
const BEFORE: f64 = 0.35;
const BEHIND: f64 = 1.6;
/// Trial points farther away are not shown, in steps.
const FAR: f64 = 6.0;
/// Radius of a trial point in px.
const RADIUS: f64 = 3.5;
/// Margins above and below the relevant values, as shares of their range.
const ABOVE: f64 = 0.45;
const BELOW: f64 = 0.12;

/// Returns the plot of the loss along the step, and its legend entries.
pub(super) fn scene(view: &StepView, size: [f64; 2], theme: &Theme) -> (Scene, Vec<LegendEntry>) {
    match view.line() {
        Some(line) => LossProfile::new(&line).scene(view, size, theme),
        None => (empty_scene(size, theme), Vec::new()),
    }
}

/// The loss along a step, in the visible part of its line.
struct LossProfile<'a> {
    line: &'a StepLine<'a>,
    /// The loss at the beginning and at the end of the step, and the slope at its beginning.
    ends: [f64; 2],
    slope: f64,
    /// The visible ranges, in steps and in loss.
    range: [f64; 2],
    heights: [f64; 2],
    /// Sample positions in steps, and the loss there.
    ts: Vec<f64>,
    values: Vec<f64>,
}

impl<'a> LossProfile<'a> {
    fn new(line: &'a StepLine) -> Self {
        let [loss, slope] = line.beginning();
        let ends = [loss, line.value(1.0)];
        let trials = line.trials();
        let near = trials.iter().filter(|[t, _]| t.abs() <= FAR);
        let farthest = near.clone().map(|[t, _]| *t).fold(1.0, f64::max);
        let nearest = near.map(|[t, _]| *t).fold(0.0, f64::min);
        let range = [
            nearest - BEFORE * farthest.min(2.0),
            (1.08 * farthest).max(BEHIND),
        ];
        let ts = spread(range, SAMPLES);
        let values: Vec<f64> = ts.iter().map(|t| line.value(*t)).collect();
        Self {
            line,
            ends,
            slope,
            range,
            heights: heights(&values, &trials, &ends, range),
            ts,
            values,
        }
    }

    /// Converts steps to the horizontal axis. With a line search, its unit is the length of the direction.
    fn x(&self, t: f64) -> f64 {
        self.line.unit().unwrap_or(1.0) * t
    }

    fn scene(&self, view: &StepView, size: [f64; 2], theme: &Theme) -> (Scene, Vec<LegendEntry>) {
        let mut marks = self.guides(theme);
        marks.extend(self.curves(view, theme));
        marks.extend(self.points(theme));
        let keys = marks.iter().filter_map(|mark| mark.key(theme)).collect();
        let name = match self.line.unit() {
            Some(_) => "Step size (multiple of the direction)",
            None => "Fraction of the step",
        };
        let figure = Figure {
            size,
            title: "Loss along the step".to_owned(),
            description: String::new(),
            x: AxisSpan::linear(name, self.range.map(|t| self.x(t))),
            y: AxisSpan::linear("Loss", self.heights),
            equal_units: false,
            marks,
            color_bar: None,
            legend: false,
        };
        (figure.scene(theme), keys)
    }

    /// Draws vertical lines at the beginning and at the end of the step.
    fn guides(&self, theme: &Theme) -> Marks<'static> {
        let guide = |t: f64| -> Box<dyn Mark> {
            Box::new(Segment {
                id: "guide".to_owned(),
                ends: self.heights.map(|loss| [self.x(t), loss]),
                stroke: Stroke::new(theme.muted, 1.0),
                label: None,
            })
        };
        [0.0, 1.0].map(guide).into_iter().collect()
    }

    /// Draws the model of the loss, the loss, and its slope at the beginning of the step.
    fn curves(&self, view: &StepView, theme: &Theme) -> Marks<'static> {
        let [low, high] = self.heights;
        // A finite limit lets very large values leave the picture.
        let roof = high + 2.0 * (high - low);
        let shown = |v: f64| v.clamp(low - 2.0 * (high - low), roof);
        let points = |values: &[f64]| {
            let points = self.ts.iter().zip(values);
            points.map(|(t, v)| [self.x(*t), shown(*v)]).collect()
        };
        let loss = self.ends[0];
        let mut marks: Marks = Vec::new();
        let model = view.model().filter(|_| view.is_whole());
        if let (Some((model, _)), Some(step)) = (model, view.step()) {
            let at = |t: &f64| loss + model.at(plus(view.from, *t, step));
            let values: Vec<f64> = self.ts.iter().map(at).collect();
            marks.push(Box::new(LinePlot {
                below: Vec::new(),
                points: points(&values),
                style: theme.path(3),
                width: 1.8,
                label: None,
            }));
        }
        marks.push(Box::new(LinePlot {
            below: Vec::new(),
            points: points(&self.values),
            style: PathStyle::solid(theme.foreground),
            width: 2.4,
            label: Some("loss along the step".to_owned()),
        }));
        let reach = 0.28 * (self.range[1] - self.range[0]);
        marks.push(Box::new(Segment {
            id: "slope".to_owned(),
            ends: [-0.4 * reach, reach].map(|t| [self.x(t), loss + self.slope * t]),
            stroke: Stroke::new(theme.area(1), 2.0).dashed([7.0, 4.0]),
            label: Some("slope at the start of the step".to_owned()),
        }));
        marks
    }

    /// Draws the numbered trial points of a line search, and both ends of the step.
    fn points(&self, theme: &Theme) -> Marks<'static> {
        let inside = |p: &[f64; 2]| (self.range[0]..=self.range[1]).contains(&p[0]);
        let numbered = self.line.numbered_trials().filter(|(_, p)| inside(p));
        let numbered = numbered.map(|(number, [t, v])| (number, [self.x(t), v]));
        let numbered: Vec<(usize, [f64; 2])> = numbered.collect();
        let tried: Vec<[f64; 2]> = numbered.iter().map(|(_, p)| *p).collect();
        let mut marks: Marks = Vec::new();
        if !tried.is_empty() {
            let color = theme.path(4).color;
            let label = self.line.trial_label();
            marks.push(dots(tried, Marker::Disc, color, RADIUS, label));
            marks.push(Box::new(DotNumbers {
                dots: numbered,
                radius: RADIUS,
            }));
        }
        let [from, to] = [[0.0, self.ends[0]], [self.x(1.0), self.ends[1]]];
        marks.push(dots(
            vec![from],
            Marker::Square,
            theme.foreground,
            4.0,
            BEGIN,
        ));
        marks.push(dots(vec![to], Marker::Disc, theme.foreground, 4.5, AFTER));
        marks
    }
}

/// Returns the visible range of losses: both ends of the step, the trial points, and lower parts of the curve, with
/// margins.
fn heights(values: &[f64], trials: &[[f64; 2]], ends: &[f64], range: [f64; 2]) -> [f64; 2] {
    let finite = |v: &f64| v.is_finite();
    let near = trials
        .iter()
        .filter(|[t, _]| (range[0]..=range[1]).contains(t));
    let matters = ends
        .iter()
        .copied()
        .chain(near.map(|[_, v]| *v))
        .filter(finite);
    let high = matters.fold(f64::NEG_INFINITY, f64::max);
    let all = || values.iter().copied().filter(finite);
    let low = all().fold(high, f64::min);
    let most = all().fold(high, f64::max);
    if !(low.is_finite() && high.is_finite()) {
        return [0.0, 1.0];
    }
    // If the ends have the same loss, the curve determines the range.
    let span = if high > low { high - low } else { most - low };
    // A smaller range is only rounding.
    let least = 1e-12 * high.abs().max(low.abs());
    if span <= least {
        let half = if high == 0.0 { 0.5 } else { 0.5 * high.abs() };
        return [low - half, high + half];
    }
    let above = (most - high).min(ABOVE * span).max(BELOW * span);
    [low - BELOW * span, high + above]
}

/// Returns the scene for a step of length zero.
fn empty_scene(size: [f64; 2], theme: &Theme) -> Scene {
    let at = [size[0] / 2.0, size[1] / 2.0];
    let words = "The step has no length";
    let words = text(at, words, theme.text, theme.foreground, Align::Middle);
    Scene {
        nodes: vec![group("marks", vec![Node::Text(words)])],
        ..Scene::blank(size, theme.background)
    }
}
