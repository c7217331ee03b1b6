//! The map around a step.

use super::{
    marks,
    step_view::StepView,
    vectors::{as_pair, length, minus, plus},
};
use crate::prelude::*;
use crate::{
    drawing::FigureStyle,
    map::{self, BANDS, SAMPLES},
};

/// Objects that are more than this many times as long as the step do not enlarge the window.
const FAR: f64 = 4.0;
/// Margin for a direction arrow, as a share of the window.
const MARGIN: f64 = 1.1 * marks::DIRECTION;

/// Returns the map and its legend entries.
pub(super) fn scene(
    view: &StepView,
    title: String,
    size: [f64; 2],
    look: FigureStyle,
) -> (Scene, Vec<LegendEntry>) {
    let theme = look.theme;
    let window = view
        .plane
        .requested_window()
        .unwrap_or_else(|| window(view));
    let field = view.plane.field(window, SAMPLES);
    let model = view.model();
    let model = model.map(|(model, name)| (model.field(window, SAMPLES), model.minimum(), name));
    let model = model.filter(|(field, ..)| field.crosses(0.0));
    // A line outside the map must not appear in the legend.
    let target = view.target.filter(|level| field.crosses(*level));
    let along = [view.from, view.to].map(|w| view.plane.objective.value(&w));
    let levels = look.levels.of(&field, &along, BANDS);
    let (mut all, color_bar) = map::base_marks(&field, levels, look.loss, target, theme);
    if let Some((field, minimum, name)) = &model {
        all.extend(marks::ellipse(field, *minimum, name, theme));
    }
    all.extend(marks::boxes(view, theme));
    all.extend(marks::circles(view, theme));
    all.extend(marks::directions(view, window, theme));
    all.extend(marks::moves(view, theme));
    all.extend(marks::points(view, theme));
    let [x, y] = &view.plane.names;
    let [x, y] = map::spans(&field, [x, y]);
    let keys = all.iter().filter_map(|mark| mark.key(theme)).collect();
    let figure = Figure {
        size,
        title,
        description: String::new(),
        x,
        y,
        equal_units: true,
        marks: all,
        color_bar,
        legend: false,
    };
    (figure.scene(theme), keys)
}

/// Returns a square that contains the step and everything drawn to scale beside it, unless it is much longer.
fn window(view: &StepView) -> Window {
    let step = view.step().map_or(0.0, length);
    let mut moves: Vec<[f64; 2]> = view.step().into_iter().collect();
    for reading in view.readings() {
        if let Some(d) = reading.pair(Quantity::Displacement) {
            moves.push(d);
            moves.extend(as_pair(reading.before));
        }
        if let Some([a, b]) = reading.pair(Quantity::StepSize) {
            moves.extend([[a, b], [-a, -b]]);
        }
        if let Some(radius) = reading.scalar(Quantity::StepSize) {
            moves.extend([[radius, 0.0], [-radius, 0.0], [0.0, radius], [0.0, -radius]]);
        }
    }
    moves.extend(view.terms().map(|[(_, first), _]| first));
    moves.extend(view.step_before().map(|[x, y]| [-x, -y]));
    let trials = view.trials().iter();
    moves.extend(trials.map(|t| minus([t.weights[0], t.weights[1]], view.from)));
    let near = |d: &[f64; 2]| step == 0.0 || length(*d) <= FAR * step;
    let tips = moves
        .into_iter()
        .filter(near)
        .map(|d| plus(view.from, 1.0, d));
    let points: Vec<[f64; 2]> = tips.chain([view.from]).collect();
    let Some(square) = view.plane.square_around(points.iter().copied()) else {
        return view.plane.full_window();
    };
    // Direction arrows are as long as the window allows. The window grows if they would leave it.
    let side = square.w1[1] - square.w1[0];
    let tips = marks::downhill(view).map(|(_, d)| plus(view.from, MARGIN * side, d));
    let room = Window {
        w1: shrunk(square.w1),
        w2: shrunk(square.w2),
    };
    if tips.clone().all(|tip| room.contains(&tip)) {
        return square;
    }
    let all = points.into_iter().chain(tips);
    view.plane.square_around(all).unwrap_or(square)
}

/// Returns the interval without a margin at both ends.
fn shrunk([low, high]: [f64; 2]) -> [f64; 2] {
    let margin = 0.03 * (high - low);
    [low + margin, high - margin]
}
