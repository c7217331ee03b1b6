//! Backtracking line search.

use crate::run::line::{LineSearch, NoStep, SearchLine};
use thalweg_macros::Describe;

/// Shortens an initial step until the loss decreases by a fraction of the decrease that the slope predicts.
///
/// ```text
/// phi(t) = f(w + t p), where p is the direction
/// t = initial_step; while phi(t) > phi(0) + c1 t phi'(0): t <- shrink t
/// ```
///
/// Armijo halves the step and requires half of the predicted decrease. The smaller default of c1 is that of Nocedal and Wright,
/// algorithm 3.1.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "armijo",
    title = "Backtracking (Armijo)",
    cite = "armijo1966minimization",
    optax = "optax.scale_by_backtracking_linesearch"
)]
pub struct Armijo {
    /// Initial step size, in multiples of the direction.
    #[param(default = 1.0, valid = positive, slider = 1e-3..=1000.0, log)]
    pub initial_step: f64,
    /// Required fraction of the predicted decrease.
    #[param(default = 1e-4, valid = open(0.0..1.0), slider = 1e-6..=0.5, log)]
    pub c1: f64,
    /// Factor that shortens a rejected step.
    #[param(default = 0.5, valid = open(0.0..1.0), slider = 0.1..=0.9)]
    pub shrink: f64,
}

impl LineSearch for Armijo {
    fn search(&self, line: &mut SearchLine, first: f64) -> Result<f64, NoStep> {
        let (value_at_zero, slope) = (line.value_at_zero, line.slope_at_zero);
        if !line.is_descent_direction() {
            return Err(NoStep::NoDescent);
        }
        let mut t = self.initial_step * first;
        while line.changes_weights(t) {
            let value = line.value(t);
            if value <= value_at_zero + self.c1 * t * slope && value < value_at_zero {
                return Ok(t);
            }
            t *= self.shrink;
        }
        Err(NoStep::NoDescent)
    }
}
