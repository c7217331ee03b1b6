//! The minimum of the loss along a line, without derivatives: Brent's method.

use crate::{
    line_searches::bracket::{BracketPoint, bracket},
    run::line::NoStep,
};

/// Smaller fraction of a golden-section cut, with the digits of the published routine.
const CUT: f64 = 0.381_966_0;
/// Absolute part of the tolerance, for a minimum at 0.
const ABSOLUTE_TOLERANCE: f64 = 1e-11;
/// Limits the loop: each cut shrinks the interval to 0.618 of its width, so this number suffices for any tolerance.
const MAX_CUTS: usize = 500;

/// Returns the step to a minimum of `phi`, the loss along a line, and the loss there. `tolerance` is relative to the step.
///
/// The bracket grows from the steps 0 and 1. If it contains no minimum, because the loss is constant, the step is 0.
///
/// # Errors
/// [`NoStep::Unbounded`] if the loss falls without a limit.
pub(super) fn line_minimum(
    phi: &mut dyn FnMut(f64) -> f64,
    tolerance: f64,
) -> Result<BracketPoint, NoStep> {
    let [a, b, c] = bracket(phi, 1.0)?;
    if b.value >= a.value && b.value >= c.value {
        return Ok(a);
    }
    let mut brent = Brent {
        low: a.t.min(c.t),
        high: a.t.max(c.t),
        best: b,
        second: b,
        third: b,
        stride: 0.0,
        step: 0.0,
    };
    for _ in 0..MAX_CUTS {
        let Some(t) = brent.next(tolerance) else {
            break;
        };
        let value = phi(t);
        brent.add(BracketPoint { t, value });
    }
    Ok(brent.best)
}

/// The interval of a minimum, and the three lowest points in it.
struct Brent {
    low: f64,
    high: f64,
    best: BracketPoint,
    second: BracketPoint,
    third: BracketPoint,
    /// The step before the last one; a parabola must at least halve it.
    stride: f64,
    /// The last step from the best point.
    step: f64,
}

impl Brent {
    /// Returns the next point to evaluate, or `None` if the interval is within the tolerance.
    fn next(&mut self, tolerance: f64) -> Option<f64> {
        let x = self.best.t;
        let least = tolerance * x.abs() + ABSOLUTE_TOLERANCE;
        let middle = 0.5 * (self.low + self.high);
        if (x - middle).abs() < 2.0 * least - 0.5 * (self.high - self.low) {
            return None;
        }
        let parabola = (self.stride.abs() > least).then(|| self.parabola_step());
        if let Some(step) = parabola.flatten() {
            self.stride = self.step;
            let t = x + step;
            let is_near_end = t - self.low < 2.0 * least || self.high - t < 2.0 * least;
            self.step = if !is_near_end {
                step
            } else if middle >= x {
                least
            } else {
                -least
            };
        } else {
            self.stride = if x >= middle {
                self.low - x
            } else {
                self.high - x
            };
            self.step = CUT * self.stride;
        }
        // A shorter step would not be distinguishable.
        Some(if self.step.abs() >= least {
            x + self.step
        } else if self.step >= 0.0 {
            x + least
        } else {
            x - least
        })
    }

    /// Returns the step to the vertex of the parabola through the three points, if it is inside the interval and short enough.
    fn parabola_step(&self) -> Option<f64> {
        let [x, w, v] = [self.best, self.second, self.third];
        let left = (x.t - w.t) * (x.value - v.value);
        let right = (x.t - v.t) * (x.value - w.value);
        let numerator = (x.t - v.t) * right - (x.t - w.t) * left;
        let denominator = 2.0 * (right - left);
        let p = if denominator > 0.0 {
            -numerator
        } else {
            numerator
        };
        let q = denominator.abs();
        let is_useful = p > q * (self.low - x.t)
            && p < q * (self.high - x.t)
            && p.abs() < (0.5 * q * self.stride).abs();
        is_useful.then_some(p / q)
    }

    /// Narrows the interval by a new point.
    fn add(&mut self, u: BracketPoint) {
        let x = self.best;
        let is_better = u.value <= x.value;
        // The interval ends at the worse one of both points.
        let end = if is_better { x.t } else { u.t };
        let is_low = if is_better { u.t >= x.t } else { u.t < x.t };
        *(if is_low {
            &mut self.low
        } else {
            &mut self.high
        }) = end;
        if is_better {
            (self.third, self.second, self.best) = (self.second, x, u);
        } else if u.value <= self.second.value || self.second.t == x.t {
            (self.third, self.second) = (self.second, u);
        } else if u.value <= self.third.value
            || self.third.t == x.t
            || self.third.t == self.second.t
        {
            self.third = u;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::float::{cos, exp};

    #[test]
    fn minima_are_found_within_the_tolerance() {
        for (f, minimum) in [
            ((|t| (t - 3.0) * (t - 3.0)) as fn(f64) -> f64, 3.0),
            (|t| (t + 40.0) * (t + 40.0) + 7.0, -40.0),
            (|t| exp(t) - 2.0 * t, std::f64::consts::LN_2),
            (|t| -cos(t - 0.5), 0.5),
            (|t| (t - 0.25).abs(), 0.25),
        ] {
            let found = line_minimum(&mut |t| f(t), 1e-8).unwrap();
            let rounding = 2e-8 * f64::max(1.0, minimum.abs());
            assert!((found.t - minimum).abs() <= rounding, "{found:?}");
            assert_eq!(found.value, f(found.t));
        }
    }

    #[test]
    fn a_constant_loss_gives_no_step_and_a_falling_one_an_error() {
        assert_eq!(line_minimum(&mut |_| 1.0, 1e-2).unwrap().t, 0.0);
        assert_eq!(line_minimum(&mut |_| f64::NAN, 1e-2).unwrap().t, 0.0);
        assert_eq!(line_minimum(&mut |t| -t, 1e-2), Err(NoStep::Unbounded));
        // Beyond a region without a loss, the minimum is found on its own side.
        let mut half = |t: f64| if t > 0.5 { f64::NAN } else { (t - 0.4).abs() };
        let found = line_minimum(&mut half, 1e-6).unwrap();
        assert!((found.t - 0.4).abs() < 1e-5, "{found:?}");
    }
}
