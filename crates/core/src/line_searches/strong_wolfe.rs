//! The search for a step that meets the strong Wolfe conditions.

use crate::run::line::{LineSearch, NoStep, SearchLine};
use thalweg_macros::Describe;

/// Looks for a step where the loss has fallen enough and the slope has become flat.
///
/// ```text
/// phi(t) <= phi(0) + c1 t phi'(0)          |phi'(t)| <= c2 |phi'(0)|
/// double t from 1 until an interval holds such a step, then narrow the interval:
/// by a cubic, else by a parabola, else at its middle
/// ```
///
/// Algorithms 3.5 and 3.6 of Nocedal and Wright. The cubic goes through the interval's ends and the end that was dropped
/// last, at first the line's beginning, and counts where it falls into the inner 60% of the interval; the parabola where it falls into the inner 80%.
/// Where the step was doubled or the interval narrowed as often as it may, the best step so far is taken, though the slope
/// there may still be steep; while none has fallen enough the interval is halved on, until no weight moves.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "strong-wolfe",
    title = "Strong Wolfe",
    cite = "nocedal2006numerical"
)]
pub struct StrongWolfe {
    /// Share of the promised fall that is asked for.
    #[param(default = 1e-4, valid = open(0.0..1.0), slider = 1e-6..=0.5, log, at_most = "c2")]
    pub c1: f64,
    /// Share of the first slope that may be left.
    #[param(default = 0.9, valid = open(0.0..1.0), slider = 0.01..=0.99)]
    pub c2: f64,
    /// How often the step is doubled at most.
    #[param(default = 20, valid = 1.0..=1000.0, slider = 1.0..=100.0)]
    pub max_doublings: u64,
    /// How often the interval is narrowed at most once it holds a lower step.
    #[param(default = 10, valid = 1.0..=1000.0, slider = 1.0..=100.0)]
    pub max_cuts: u64,
}

/// The cubic's minimum must keep this share of the interval away from its ends.
const CUBIC_MARGIN: f64 = 0.2;
/// The parabola's minimum must keep this share of the interval away from its ends.
const PARABOLA_MARGIN: f64 = 0.1;

/// A step, phi and its slope there.
#[derive(Clone, Copy)]
struct WolfePoint {
    t: f64,
    value: f64,
    slope: f64,
}

impl LineSearch for StrongWolfe {
    fn search(&self, line: &mut SearchLine, first: f64) -> Result<f64, NoStep> {
        let start = WolfePoint {
            t: 0.0,
            value: line.value_at_zero,
            slope: line.slope_at_zero,
        };
        if !line.begins_downhill() {
            return Err(NoStep::NoDescent);
        }
        let (mut before, mut t) = (start, first);
        for round in 0..self.max_doublings {
            let here = probe(line, t);
            let rises = round > 0 && here.value >= before.value;
            if !self.has_fallen(start, here) || rises {
                return self.zoom(line, start, before, here);
            }
            if self.is_flat(start, here) {
                return Ok(t);
            }
            if here.slope >= 0.0 {
                return self.zoom(line, start, here, before);
            }
            before = here;
            t *= 2.0;
        }
        Ok(before.t)
    }
}

fn probe(line: &mut SearchLine, t: f64) -> WolfePoint {
    let [value, slope] = line.value_and_slope(t);
    WolfePoint { t, value, slope }
}

impl StrongWolfe {
    /// The first condition, and no step at all does not meet it.
    fn has_fallen(&self, start: WolfePoint, here: WolfePoint) -> bool {
        here.value <= start.value + self.c1 * here.t * start.slope && here.value < start.value
    }

    /// The second condition.
    fn is_flat(&self, start: WolfePoint, here: WolfePoint) -> bool {
        here.slope.abs() <= -self.c2 * start.slope
    }

    /// Narrows an interval that holds a good step; `low` is its lower end, which the slope leaves into the interval.
    fn zoom(
        &self,
        line: &mut SearchLine,
        start: WolfePoint,
        mut low: WolfePoint,
        mut high: WolfePoint,
    ) -> Result<f64, NoStep> {
        let mut dropped = start;
        // All lower ends but the line's beginning have fallen enough.
        for cut in 0.. {
            let late = cut >= self.max_cuts;
            if late && (low.t > 0.0 || !line.moves(high.t)) {
                break;
            }
            let t = if late {
                f64::midpoint(low.t, high.t)
            } else {
                between(low, high, dropped)
            };
            let here = probe(line, t);
            if !self.has_fallen(start, here) || here.value >= low.value {
                (dropped, high) = (high, here);
                continue;
            }
            if self.is_flat(start, here) {
                return Ok(here.t);
            }
            if here.slope * (high.t - low.t) >= 0.0 {
                (dropped, high) = (high, low);
            } else {
                dropped = low;
            }
            low = here;
        }
        if low.t > 0.0 {
            Ok(low.t)
        } else {
            Err(NoStep::NoDescent)
        }
    }
}

/// Where the minimum between `low` and `high` is guessed to be.
fn between(low: WolfePoint, high: WolfePoint, dropped: WolfePoint) -> f64 {
    let width = (high.t - low.t).abs();
    let [left, right] = [low.t.min(high.t), low.t.max(high.t)];
    let inside = |t: &f64, margin: f64| left + margin * width <= *t && *t <= right - margin * width;
    let cubic = Some(cubic_minimum(low, high, dropped)).filter(|t| inside(t, CUBIC_MARGIN));
    let parabola = || Some(parabola_minimum(low, high)).filter(|t| inside(t, PARABOLA_MARGIN));
    cubic
        .or_else(parabola)
        .unwrap_or(low.t + 0.5 * (high.t - low.t))
}

/// The minimum of the cubic through three points with the slope at the first; no number where two points are one.
fn cubic_minimum(a: WolfePoint, b: WolfePoint, c: WolfePoint) -> f64 {
    let [to_b, to_c] = [b.t - a.t, c.t - a.t];
    let [above_b, above_c] = [
        b.value - a.value - a.slope * to_b,
        c.value - a.value - a.slope * to_c,
    ];
    let scale = (to_b * to_c) * (to_b * to_c) * (to_b - to_c);
    let third = (to_c * to_c * above_b - to_b * to_b * above_c) / scale;
    let second = (to_b * to_b * to_b * above_c - to_c * to_c * to_c * above_b) / scale;
    let radical = second * second - 3.0 * third * a.slope;
    a.t + (radical.sqrt() - second) / (3.0 * third)
}

/// The minimum of the parabola through two points with the slope at the first; may be no number.
fn parabola_minimum(a: WolfePoint, b: WolfePoint) -> f64 {
    let to_b = b.t - a.t;
    let second = (b.value - a.value - a.slope * to_b) / (to_b * to_b);
    a.t - a.slope / (2.0 * second)
}
