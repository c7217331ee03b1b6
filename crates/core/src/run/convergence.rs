//! Convergence: why the weights of a run stay where they are.

use crate::{
    numeric::linalg::{Definiteness, definiteness, dot, solve},
    run::oracle::Oracle,
};
use std::fmt;

/// Why a run has converged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convergence {
    /// The gradient is zero up to rounding, and the Hessian is positive definite.
    Minimum,
    /// The gradient is zero up to rounding, and the Hessian does not decide what this point is.
    Stationary,
    /// The gradient is zero up to rounding, but the loss decreases along a direction of negative curvature.
    Saddle,
    /// The gradient is not zero, but the steps are too short to change the weights.
    Stalled,
    /// The gradient or the improvement of the loss is within the tolerance.
    Tolerance,
}

impl fmt::Display for Convergence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Minimum => "it converged to a minimum, where the gradient is zero up to rounding",
            Self::Stationary => {
                "the gradient is zero up to rounding; unless this is a minimum, try another initial point or smaller steps"
            }
            Self::Saddle => {
                "the gradient is zero up to rounding, but this is not a minimum; try another initial point"
            }
            Self::Stalled => "the steps are too short to change the weights; try larger steps",
            Self::Tolerance => "the gradient or the improvement of the loss is within the tolerance",
        })
    }
}

/// A gradient whose components are at most this, relative to the larger of 1 and the loss, is zero up to rounding.
const GRADIENT_ROUNDING: f64 = 1e-6;
/// A decrease of the loss of at most this, relative to the loss, is rounding.
const LOSS_ROUNDING: f64 = 1e-14;
/// A minimum of the quadratic model is reached if it is closer than this, relative to the larger of 1 and the weight.
const NEAR: f64 = 1e-3;
/// The Hessian of more weights is not evaluated, because the result is only a sentence.
const MAX_WEIGHTS: usize = 64;

/// Returns what kind of stationary point `w` (dim) is, where the loss is `loss`, or `None` if the gradient is not zero up to
/// rounding.
pub(crate) fn stationary_point(oracle: &Oracle, w: &[f64], loss: f64) -> Option<Convergence> {
    let dim = w.len();
    let mut gradient = vec![0.0; dim];
    oracle.gradient_uncounted(w, &mut gradient);
    let is_small = largest(&gradient) <= GRADIENT_ROUNDING * loss.abs().max(1.0);
    let mut hessian = vec![0.0; dim * dim];
    if dim > MAX_WEIGHTS || !oracle.hessian_uncounted(w, &mut hessian) {
        return is_small.then_some(Convergence::Stationary);
    }
    match definiteness(&hessian, dim) {
        Definiteness::Positive => {
            let mut step = gradient.clone();
            let solved = solve(&mut hessian, &mut step).is_ok();
            // The quadratic model predicts this decrease.
            let is_rounding = 0.5 * dot(&gradient, &step) <= LOSS_ROUNDING * loss.abs();
            let mut pairs = step.iter().zip(w);
            if solved && pairs.all(|(d, w)| d.abs() <= NEAR * w.abs().max(1.0)) {
                (is_small || is_rounding).then_some(Convergence::Minimum)
            } else {
                is_small.then_some(Convergence::Stationary)
            }
        }
        Definiteness::Indefinite => is_small.then_some(Convergence::Saddle),
        Definiteness::Unknown => is_small.then_some(Convergence::Stationary),
    }
}

/// Returns the largest magnitude of the components of a gradient; NaN is larger than any number.
pub(crate) fn largest(gradient: &[f64]) -> f64 {
    let larger = |a: f64, g: &f64| if g.abs() <= a { a } else { g.abs() };
    gradient.iter().fold(0.0, larger)
}
