//! Line search for the strong Wolfe conditions.

use crate::run::line::{LineSearch, NoStep, SearchLine};
use thalweg_macros::Describe;

/// Finds a step that satisfies the strong Wolfe conditions: sufficient decrease of the loss and a small slope.
///
/// ```text
/// phi(t) = f(w + t p), where p is the direction
/// phi(t) <= phi(0) + c1 t phi'(0)          |phi'(t)| <= c2 |phi'(0)|
/// double t from 1 until an interval contains such a step, then narrow the interval:
/// by a cubic, else by a parabola, else at its middle
/// ```
///
/// The search consists of algorithms 3.5 and 3.6 of Nocedal and Wright. The cubic interpolates the ends of the interval and the
/// end that was replaced last, at first t = 0. Its minimum is used if it lies in the inner 60% of the interval; that of the
/// parabola, if it lies in the inner 80%. After the maximum number of doublings or cuts, the search returns the best step so far,
/// although the slope may still be large. While no step has decreased the loss sufficiently, it continues to halve the interval
/// until no weight changes.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "strong-wolfe",
    title = "Strong Wolfe",
    cite = "nocedal2006numerical",
    torch = "strong_wolfe",
    optax = "optax.scale_by_zoom_linesearch"
)]
pub struct StrongWolfe {
    /// Required fraction of the predicted decrease.
    #[param(default = 1e-4, valid = open(0.0..1.0), slider = 1e-6..=0.5, log, at_most = "c2")]
    pub c1: f64,
    /// Maximum magnitude of the final slope relative to the initial slope.
    #[param(default = 0.9, valid = open(0.0..1.0), slider = 0.01..=0.99)]
    pub c2: f64,
    /// Maximum number of doublings of the step.
    #[param(default = 20, valid = 1.0..=1000.0, slider = 1.0..=100.0)]
    pub max_doublings: u64,
    /// Maximum number of cuts of the interval, except while no step decreases the loss sufficiently.
    #[param(default = 10, valid = 1.0..=1000.0, slider = 1.0..=100.0)]
    pub max_cuts: u64,
}

/// Minimum distance of the minimum of the cubic from the ends, relative to the interval.
const CUBIC_MARGIN: f64 = 0.2;
/// Minimum distance of the minimum of the parabola from the ends, relative to the interval.
const PARABOLA_MARGIN: f64 = 0.1;

/// A step t with phi(t) and the slope phi'(t).
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
        if !line.is_descent_direction() {
            return Err(NoStep::NoDescent);
        }
        let (mut before, mut t) = (start, first);
        for round in 0..self.max_doublings {
            let here = probe(line, t);
            let rises = round > 0 && here.value >= before.value;
            if !self.has_sufficient_decrease(start, here) || rises {
                return self.zoom(line, start, before, here);
            }
            if self.meets_curvature_condition(start, here) {
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
    /// Returns whether the sufficient decrease condition holds at a step other than zero.
    fn has_sufficient_decrease(&self, start: WolfePoint, here: WolfePoint) -> bool {
        here.value <= start.value + self.c1 * here.t * start.slope && here.value < start.value
    }

    /// Returns whether the curvature condition holds.
    fn meets_curvature_condition(&self, start: WolfePoint, here: WolfePoint) -> bool {
        here.slope.abs() <= -self.c2 * start.slope
    }

    /// Narrows an interval that contains an acceptable step.
    ///
    /// `low` is the end with the lower loss; the loss decreases from it into the interval.
    fn zoom(
        &self,
        line: &mut SearchLine,
        start: WolfePoint,
        mut low: WolfePoint,
        mut high: WolfePoint,
    ) -> Result<f64, NoStep> {
        let mut dropped = start;
        // Every value of `low` except t = 0 satisfies the sufficient decrease condition.
        for cut in 0.. {
            let bisects = cut >= self.max_cuts;
            if bisects && (low.t > 0.0 || !line.changes_weights(high.t)) {
                break;
            }
            let t = if bisects {
                f64::midpoint(low.t, high.t)
            } else {
                interpolate_minimum(low, high, dropped)
            };
            let here = probe(line, t);
            if !self.has_sufficient_decrease(start, here) || here.value >= low.value {
                (dropped, high) = (high, here);
                continue;
            }
            if self.meets_curvature_condition(start, here) {
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

/// Estimates the step of the minimum between `low` and `high` by interpolation.
fn interpolate_minimum(low: WolfePoint, high: WolfePoint, dropped: WolfePoint) -> f64 {
    let width = (high.t - low.t).abs();
    let [left, right] = [low.t.min(high.t), low.t.max(high.t)];
    let inside = |t: &f64, margin: f64| left + margin * width <= *t && *t <= right - margin * width;
    let cubic = Some(cubic_minimum(low, high, dropped)).filter(|t| inside(t, CUBIC_MARGIN));
    let parabola = || Some(parabola_minimum(low, high)).filter(|t| inside(t, PARABOLA_MARGIN));
    cubic
        .or_else(parabola)
        .unwrap_or(low.t + 0.5 * (high.t - low.t))
}

/// Returns the minimum of the cubic through three points with the slope at the first, or NaN if two points coincide.
fn cubic_minimum(a: WolfePoint, b: WolfePoint, c: WolfePoint) -> f64 {
    let [to_b, to_c] = [b.t - a.t, c.t - a.t];
    let [above_b, above_c] = [
        b.value - a.value - a.slope * to_b,
        c.value - a.value - a.slope * to_c,
    ];
    let scale = (to_b * to_c) * (to_b * to_c) * (to_b - to_c);
    let third = (to_c * to_c * above_b - to_b * to_b * above_c) / scale;
    let second = (to_b * to_b * to_b * above_c - to_c * to_c * to_c * above_b) / scale;
    let root = (second * second - 3.0 * third * a.slope).sqrt();
    // Both quotients are the same number. On a quadratic, `third` is rounding error, and the first difference would cancel.
    a.t + if second > 0.0 {
        -a.slope / (second + root)
    } else {
        (root - second) / (3.0 * third)
    }
}

/// Returns the minimum of the parabola through two points with the slope at the first; it may be NaN or infinite.
fn parabola_minimum(a: WolfePoint, b: WolfePoint) -> f64 {
    let to_b = b.t - a.t;
    let second = (b.value - a.value - a.slope * to_b) / (to_b * to_b);
    a.t - a.slope / (2.0 * second)
}
