//! The parts of a step that are drawn on the map: models, boxes, arrows, and points.

use super::{
    step_view::{ChannelChange, StepView},
    vectors::{as_pair, length, minus, parallel, plus, same},
};
use crate::map;
use crate::prelude::*;
use std::borrow::Cow;
use thalweg::oracle::Trial;
use thalweg_plot::marks::{Arrow, ContourLine, Dots, Marker, Outline, Rectangle};

/// Length of an arrow that shows only a direction, as a share of the window.
pub(super) const DIRECTION: f64 = 0.24;
/// Width of an arrow's line in px.
const LINE: f64 = 2.4;
const DASH: [f64; 2] = [7.0, 4.0];

/// Legend texts of points.
pub(super) const BEFORE: &str = "before the step";
pub(super) const AFTER: &str = "after the step";
const TRIED: &str = "tried by the line search";
const PROPOSED: &str = "proposed step";

/// Returns the legend text of the trial points: those of a line search, or a step that the optimizer may reject.
pub(super) fn trial_label(trials: &[Trial]) -> &'static str {
    if trials.iter().all(|trial| trial.step == 0.0) {
        PROPOSED
    } else {
        TRIED
    }
}

/// Marks in drawing order.
pub(super) type Marks<'a> = Vec<Box<dyn Mark + 'a>>;

/// Returns the contour of the quadratic model through the current point, an ellipse around its minimum, and the
/// minimum.
pub(super) fn ellipse<'a>(
    field: &'a Field,
    minimum: Option<[f64; 2]>,
    name: &str,
    theme: &Theme,
) -> Marks<'a> {
    let color = theme.path(3).color;
    let model = ContourLine {
        field: Cow::Borrowed(field),
        level: 0.0,
        stroke: Stroke::new(color, 2.0),
        label: Some(format!("quadratic model ({name})")),
    };
    let least = minimum.map(|w| dots(vec![w], Marker::Diamond, color, 5.0, "minimum of the model"));
    let model: Box<dyn Mark> = Box::new(model);
    [model].into_iter().chain(least).collect()
}

/// Returns the box of the step sizes of both weights.
pub(super) fn boxes(view: &StepView, theme: &Theme) -> Marks<'static> {
    let around = |reading: ChannelChange| -> Option<Box<dyn Mark>> {
        let [a, b] = reading.pair(Quantity::StepSize)?;
        let [x, y] = view.from;
        Some(Box::new(Rectangle {
            id: reading.id(),
            x: [x - a, x + a],
            y: [y - b, y + b],
            least: 0.0,
            stroke: Stroke::new(theme.path(5).color, 1.8),
            label: Some(reading.words()),
        }))
    };
    view.readings().filter_map(around).collect()
}

/// Returns the circles of step sizes that limit the whole step, such as the radius of a trust region.
pub(super) fn circles(view: &StepView, theme: &Theme) -> Marks<'static> {
    let around = |reading: ChannelChange| -> Option<Box<dyn Mark>> {
        let radius = reading.scalar(Quantity::StepSize)?;
        let stroke = Stroke::new(theme.path(5).color, 1.8);
        Some(Box::new(Outline {
            label: Some(reading.words()),
            ..Outline::circle(reading.id(), view.from, radius, stroke)
        }))
    };
    let readings = view.readings().filter(|_| view.is_whole());
    readings.filter_map(around).collect()
}

/// Returns unit vectors: the negative gradient, then other channels that contain gradients with another direction. The
/// result is empty if the gradient is zero.
pub(super) fn downhill<'a>(
    view: &'a StepView,
) -> impl Iterator<Item = (Option<ChannelChange<'a>>, [f64; 2])> + Clone {
    let unit = |g: [f64; 2]| {
        let long = length(g);
        (long > 0.0 && long.is_finite()).then(|| g.map(|v| -v / long))
    };
    let own = unit(view.gradient).into_iter();
    let others = view.readings().filter_map(move |reading| {
        let g = reading.pair(Quantity::Gradient)?;
        let other = unit(g).filter(|_| !parallel(g, view.gradient))?;
        Some((Some(reading), other))
    });
    let others = others.filter(move |_| length(view.gradient) > 0.0);
    own.map(|d| (None, d)).chain(others)
}

/// Returns arrows for quantities with a direction but no length in weights: the negative gradient and similar channels.
pub(super) fn directions(view: &StepView, window: Window, theme: &Theme) -> Marks<'static> {
    let side = (window.w1[1] - window.w1[0]).min(window.w2[1] - window.w2[0]);
    let color = theme.area(1);
    let arrow = |(reading, d): (Option<ChannelChange>, [f64; 2])| {
        let tip = |share: f64| plus(view.from, share * DIRECTION * side, d);
        let Some(reading) = reading else {
            // A wide line remains visible on both sides of a step with the same direction.
            let stroke = Stroke::new(color, 1.9 * LINE);
            let label = "negative gradient (direction only)";
            return arrow("negative-gradient", [view.from, tip(1.0)], stroke, label);
        };
        let stroke = Stroke::new(color, 0.75 * LINE).dashed(DASH);
        let label = format!("negative {}", reading.words());
        let id = format!("against-{}", reading.id());
        arrow(&id, [view.from, tip(0.8)], stroke, label)
    };
    let others = downhill(view).skip(1);
    others.chain(downhill(view).take(1)).map(arrow).collect()
}

/// Returns arrows for displacements in the weight space: the previous step, displacement channels, and the step itself.
pub(super) fn moves(view: &StepView, theme: &Theme) -> Marks<'static> {
    let (from, step) = (view.from, view.step());
    let mut marks: Marks = Vec::new();
    if let Some(before) = view.step_before() {
        let tail = plus(from, -1.0, before);
        let stroke = Stroke::new(theme.foreground.with_opacity(0.55), 0.75 * LINE);
        marks.push(arrow("step-before", [tail, from], stroke, "previous step"));
    }
    let mut same_as_step = Vec::new();
    for (i, reading) in view.readings().enumerate() {
        let Some(d) = reading.pair(Quantity::Displacement) else {
            continue;
        };
        let (color, id) = (theme.path(1 + i).color, reading.id());
        let step = step.unwrap_or([0.0; 2]);
        if let Some(before) = as_pair(reading.before).filter(|d| !parallel(*d, step)) {
            let stroke = Stroke::new(color, 0.75 * LINE).dashed(DASH);
            let label = format!("{} before the step", reading.words());
            let ends = [from, plus(from, 1.0, before)];
            marks.push(arrow(&format!("{id}-before"), ends, stroke, label));
        }
        if same(d, step) {
            same_as_step.push(reading.words());
        } else {
            let stroke = Stroke::new(color, LINE);
            let ends = [from, plus(from, 1.0, d)];
            marks.push(arrow(&id, ends, stroke, reading.words()));
        }
    }
    if let Some([(first_words, first), (second_words, second)]) = view.terms() {
        let corner = plus(from, 1.0, first);
        let end = plus(corner, 1.0, second);
        let colors = [theme.path(1).color, theme.path(3).color];
        let terms = [
            ("first-term", [from, corner], first, first_words),
            ("second-term", [corner, end], second, second_words),
        ];
        for ((id, [tail, tip], d, words), color) in terms.into_iter().zip(colors) {
            marks.push(Box::new(Arrow {
                id: id.to_owned(),
                tail,
                tip,
                aside: aside(d, step.unwrap_or(d)),
                stroke: Stroke::new(color, LINE),
                label: Some(words),
            }));
        }
    }
    let label = if same_as_step.is_empty() {
        "step".to_owned()
    } else {
        format!("step (equal to {})", same_as_step.join(" and "))
    };
    if step.is_some() {
        let stroke = Stroke::new(theme.foreground, 1.25 * LINE);
        marks.push(arrow("step", [from, view.to], stroke, label));
    }
    marks
}

/// Returns how far a term is drawn beside the step, in px: terms with nearly the direction of the step would be hidden.
fn aside(term: [f64; 2], step: [f64; 2]) -> f64 {
    const ASIDE: f64 = 7.0;
    const SMALLEST_SINE: f64 = 0.2;
    let lengths = length(term) * length(step);
    let along = term[0] * step[0] + term[1] * step[1];
    let across = term[0] * step[1] - term[1] * step[0];
    if across.abs() >= SMALLEST_SINE * lengths {
        0.0
    } else {
        ASIDE * along.signum()
    }
}

fn arrow(
    id: &str,
    [tail, tip]: [[f64; 2]; 2],
    stroke: Stroke,
    label: impl Into<String>,
) -> Box<dyn Mark> {
    Box::new(Arrow {
        id: id.to_owned(),
        tail,
        tip,
        aside: 0.0,
        stroke,
        label: Some(label.into()),
    })
}

/// Returns points in the weight space: positions and covariances that the optimizer stores, trial points of its line search,
/// and both ends of the step.
pub(super) fn points(view: &StepView, theme: &Theme) -> Marks<'static> {
    let states = view.search_state(theme).into_iter();
    let mut marks: Marks = states.map(|mark| Box::new(mark) as Box<dyn Mark>).collect();
    let ends = [view.from, view.to];
    let least = 1e-6 * view.step().map_or(0.0, length);
    let apart = |p: &[f64; 2]| ends.iter().all(|end| length(minus(*p, *end)) > least);
    for reading in view.readings() {
        if let Some(p) = reading.pair(Quantity::Position).filter(apart) {
            let color = theme.path(6).color;
            marks.push(dots(vec![p], Marker::Square, color, 4.5, &reading.words()));
        }
    }
    let trials = view.trials().iter().map(|t| [t.weights[0], t.weights[1]]);
    let trials: Vec<[f64; 2]> = trials.filter(|w| w.iter().all(|v| v.is_finite())).collect();
    if !trials.is_empty() {
        let label = trial_label(view.trials());
        marks.push(dots(trials, Marker::Disc, theme.path(4).color, 3.0, label));
    }
    let [from, to] = ends.map(|w| vec![w]);
    marks.push(dots(from, Marker::Square, theme.foreground, 4.0, BEFORE));
    if view.step().is_some() {
        marks.push(dots(to, Marker::Disc, theme.foreground, 4.5, AFTER));
    }
    marks
}

/// Returns points of the same style with a legend entry.
pub(super) fn dots(
    points: Vec<[f64; 2]>,
    glyph: Marker,
    color: Color,
    radius: f64,
    label: &str,
) -> Box<dyn Mark> {
    Box::new(Dots {
        label: Some(label.to_owned()),
        ..map::dots(points, glyph, color, radius)
    })
}
