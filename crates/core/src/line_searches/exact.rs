//! Brent's minimization.

use super::bracket::{BracketPoint, lowest};
use crate::run::line::{LineSearch, NoStep, SearchLine};
use thalweg_macros::Describe;

/// Goes to the lowest point of the line, to as many digits as are asked for.
///
/// ```text
/// bracket a < x < b with phi(x) < phi(a), phi(b)
/// until x is the middle of [a, b] to the tolerance:
///   the vertex of the parabola through the three best points, where it lies inside and its stride is
///   below half of the one before the last; else a golden cut of the larger part
/// ```
///
/// The bracket is that of `golden-section`. Brent's routine compares values alone, so that no tolerance below the square
/// root of the machine's precision pays.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "exact", title = "Exact (Brent)", cite = "brent1973algorithms")]
pub struct Exact {
    /// Accuracy of the step as a share of it.
    #[param(default = 1e-8, valid = open(0.0..1.0), slider = 1e-10..=0.1, log)]
    pub tolerance: f64,
}

/// Part of the larger side that a golden cut takes.
const CUT: f64 = 0.381_966_011_250_105_1;
/// Keeps the tolerance off zero at the step 0.
const TINY: f64 = 1e-21;
/// Each pair of rounds at least cuts at the golden ratio or halves a stride: enough for any tolerance.
const MOST_ROUNDS: usize = 1000;

impl LineSearch for Exact {
    fn search(&self, line: &mut SearchLine, first: f64) -> Result<f64, NoStep> {
        lowest(line, first, |line, [a, b, c]| {
            minimize(line, [a.t, c.t], b, self.tolerance)
        })
    }
}

/// The lowest point between the `ends`, from a point between them that is lower than both.
fn minimize(
    line: &mut SearchLine,
    ends: [f64; 2],
    inner: BracketPoint,
    tolerance: f64,
) -> BracketPoint {
    let [mut left, mut right] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
    // The lowest point so far, the next to lowest, and the one before it in that place.
    let [mut best, mut second, mut third] = [inner; 3];
    let (mut stride, mut stride_before) = (0.0_f64, 0.0_f64);
    for _ in 0..MOST_ROUNDS {
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
        // Two points nearer than this cannot be told apart.
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

/// From the first of three points to the vertex of the parabola through them; no number where there is none.
fn vertex_stride(a: BracketPoint, b: BracketPoint, c: BracketPoint) -> f64 {
    let left = (a.t - b.t) * (a.value - c.value);
    let right = (a.t - c.t) * (a.value - b.value);
    let bend = 2.0 * (right - left);
    ((a.t - b.t) * left - (a.t - c.t) * right) / bend
}
