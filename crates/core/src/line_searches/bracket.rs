//! Bracketing: finds three steps with a minimum between them, from which a minimization starts.

use crate::run::line::{NoStep, SearchLine};

/// Growth factor of the bracket: the golden ratio, with the digits of the published routine.
const GROWTH: f64 = 1.618_034;
/// Maximum step of the parabola, in multiples of the last stride.
const MAX_EXTENSION: f64 = 110.0;
/// Keeps the denominator of the parabola above zero.
const TINY: f64 = 1e-21;
/// Limits the loop: a thousand strides, each longer by the golden ratio, grow by a factor of more than 1e208.
const MAX_STRIDES: usize = 1000;

/// A step t and the loss phi(t).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BracketPoint {
    pub(crate) t: f64,
    pub(crate) value: f64,
}

/// Evaluates the loss phi(t); NaN counts as infinity.
///
/// # Errors
/// [`NoStep::Unbounded`] if `t` is not finite.
fn evaluate(phi: &mut dyn FnMut(f64) -> f64, t: f64) -> Result<BracketPoint, NoStep> {
    if !t.is_finite() {
        return Err(NoStep::Unbounded);
    }
    let value = phi(t);
    let value = if value.is_nan() { f64::INFINITY } else { value };
    Ok(BracketPoint { t, value })
}

/// Evaluates the loss of a line search at step `t`; NaN counts as infinity.
///
/// # Errors
/// [`NoStep::Unbounded`] if `t` is not finite.
pub(super) fn probe(line: &mut SearchLine, t: f64) -> Result<BracketPoint, NoStep> {
    evaluate(&mut |t| line.value(t), t)
}

/// Factor of the initial step if the bracket grown from it contains no lower step.
const SHORTENING: f64 = 0.01;

/// Returns the step that `narrow` finds in a bracket grown from the step `first`, or from ever shorter steps.
///
/// An initial step that is too long may cross a hill. Its bracket may then contain only a minimum that is not lower than
/// phi(0) or has a negative step, although the loss falls at t = 0.
///
/// # Errors
/// [`NoStep`] if no step lowers the loss.
pub(super) fn lowest(
    line: &mut SearchLine,
    mut first: f64,
    narrow: impl Fn(&mut SearchLine, [BracketPoint; 3]) -> BracketPoint,
) -> Result<f64, NoStep> {
    loop {
        let points = bracket(&mut |t| line.value(t), first)?;
        let best = narrow(line, points);
        if best.t > 0.0 && best.value < line.value_at_zero {
            return Ok(best.t);
        }
        first *= SHORTENING;
        if !line.is_descent_direction() || !line.changes_weights(first) {
            return Err(NoStep::NoDescent);
        }
    }
}

/// Returns three points in increasing or decreasing order of their steps; the middle one is not higher than the others.
///
/// The bracket grows from 0 and `first` by the golden ratio or by a parabola through the last three points. `phi` is the loss
/// along the line.
///
/// # Errors
/// [`NoStep::Unbounded`] if the loss falls without a limit.
pub(crate) fn bracket(
    phi: &mut dyn FnMut(f64) -> f64,
    first: f64,
) -> Result<[BracketPoint; 3], NoStep> {
    let mut a = evaluate(phi, 0.0)?;
    let mut b = evaluate(phi, first)?;
    if a.value < b.value {
        (a, b) = (b, a);
    }
    let mut c = evaluate(phi, b.t + GROWTH * (b.t - a.t))?;
    for _ in 0..MAX_STRIDES {
        if c.value >= b.value {
            return Ok([a, b, c]);
        }
        let ahead = c.t + GROWTH * (c.t - b.t);
        let limit = b.t + MAX_EXTENSION * (c.t - b.t);
        let vertex = parabola_vertex(a, b, c);
        let next = if (vertex - c.t) * (b.t - vertex) > 0.0 {
            // The vertex lies between b and c, so the bracket may be complete.
            let u = evaluate(phi, vertex)?;
            if u.value < c.value {
                return Ok([b, u, c]);
            }
            if u.value > b.value {
                return Ok([a, b, u]);
            }
            evaluate(phi, ahead)?
        } else if (vertex - limit) * (limit - c.t) >= 0.0 {
            evaluate(phi, limit)?
        } else if (vertex - limit) * (c.t - vertex) > 0.0 {
            let u = evaluate(phi, vertex)?;
            if u.value < c.value {
                (b, c) = (c, u);
                evaluate(phi, c.t + GROWTH * (c.t - b.t))?
            } else {
                u
            }
        } else {
            evaluate(phi, ahead)?
        };
        (a, b, c) = (b, c, next);
    }
    Err(NoStep::Unbounded)
}

/// Returns the step of the vertex of the parabola through three points.
fn parabola_vertex(a: BracketPoint, b: BracketPoint, c: BracketPoint) -> f64 {
    let left = (b.t - a.t) * (b.value - c.value);
    let right = (b.t - c.t) * (b.value - a.value);
    let curvature = right - left;
    let denominator = if curvature.abs() < TINY {
        2.0 * TINY
    } else {
        2.0 * curvature
    };
    b.t - ((b.t - c.t) * right - (b.t - a.t) * left) / denominator
}
