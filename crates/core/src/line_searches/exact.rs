//! Brent's minimization of a function of one variable.

use super::bracket::{BracketPoint, lowest};
use crate::run::line::{LineSearch, NoStep, SearchLine};
use thalweg_macros::Describe;

/// Minimizes the loss along the direction to a given accuracy.
///
/// ```text
/// phi(t) = f(w + t p), where p is the direction
/// bracket a < x < b with phi(x) < phi(a), phi(b)
/// until x is the middle of [a, b] to the tolerance:
///   try the vertex of the parabola through the three best points if it lies inside and moves x by
///   less than half of the move before the last; else cut the larger part by the golden section
/// ```
///
/// The bracket is that of `golden-section`. Brent's method compares only values, so a tolerance below the square root of the
/// machine precision has no benefit.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "exact", title = "Exact (Brent)", cite = "brent1973algorithms")]
pub struct Exact {
    /// Relative accuracy of the step size.
    #[param(default = 1e-8, valid = open(0.0..1.0), slider = 1e-10..=0.1, log)]
    pub tolerance: f64,
}

/// Fraction of the larger interval that a golden-section cut takes.
const CUT: f64 = 0.381_966_011_250_105_1;
/// Keeps the tolerance above zero at t = 0.
const TINY: f64 = 1e-21;
/// Limits the loop: two rounds at least make a golden-section cut or halve the stride, which suffices for any tolerance.
const MAX_ROUNDS: usize = 1000;

impl LineSearch for Exact {
    fn search(&self, line: &mut SearchLine, first: f64) -> Result<f64, NoStep> {
        lowest(line, first, |line, [a, b, c]| {
            minimize(line, [a.t, c.t], b, self.tolerance)
        })
    }
}

/// Returns the lowest point between the `ends`, given an inner point that is lower than both.
fn minimize(
    line: &mut SearchLine,
    ends: [f64; 2],
    inner: BracketPoint,
    tolerance: f64,
) -> BracketPoint {
    let [mut left, mut right] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
    // The lowest point, the second lowest, and the previous value of the second lowest.
    let [mut best, mut second, mut third] = [inner; 3];
    let (mut stride, mut stride_before) = (0.0_f64, 0.0_f64);
    for _ in 0..MAX_ROUNDS {
        let middle = f64::midpoint(left, right);
        let reach = tolerance * best.t.abs() + TINY;
        if (best.t - middle).abs() <= 2.0 * reach - 0.5 * (right - left) {
            break;
        }
        let vertex = vertex_stride(best, second, third);
        let inside = left < best.t + vertex && best.t + vertex < right;
        if stride_before.abs() > reach && inside && vertex.abs() < 0.5 * stride_before.abs() {
            (stride_before, stride) = (stride, vertex);
            let t = best.t + stride;
            if t - left < 2.0 * reach || right - t < 2.0 * reach {
                stride = reach.copysign(middle - best.t);
            }
        } else {
            stride_before = if best.t < middle { right } else { left } - best.t;
            stride = CUT * stride_before;
        }
        // The losses of points closer than this differ only by rounding.
        let t = best.t
            + if stride.abs() < reach {
                reach.copysign(stride)
            } else {
                stride
            };
        let here = BracketPoint {
            t,
            value: line.value(t),
        };
        if here.value <= best.value {
            *(if t < best.t { &mut right } else { &mut left }) = best.t;
            (third, second, best) = (second, best, here);
        } else {
            *(if t < best.t { &mut left } else { &mut right }) = t;
            if here.value <= second.value || second.t == best.t {
                (third, second) = (second, here);
            } else if here.value <= third.value || third.t == best.t || third.t == second.t {
                third = here;
            }
        }
    }
    best
}

/// Returns the step from the first point to the vertex of the parabola through three points, or NaN or infinity if there
/// is none.
fn vertex_stride(a: BracketPoint, b: BracketPoint, c: BracketPoint) -> f64 {
    let left = (a.t - b.t) * (a.value - c.value);
    let right = (a.t - c.t) * (a.value - b.value);
    let denominator = 2.0 * (right - left);
    ((a.t - b.t) * left - (a.t - c.t) * right) / denominator
}
