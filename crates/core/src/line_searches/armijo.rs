//! Backtracking.

use crate::run::line::{LineSearch, NoStep, SearchLine};
use thalweg_macros::Describe;

/// Tries a long step and shortens it until the loss falls by a fair share of what the slope promises.
///
/// ```text
/// t = initial_step; while phi(t) > phi(0) + c1 t phi'(0): t <- shrink t
/// ```
///
/// Armijo halves the step and asks for half of what the slope promises; the small c1 is that of Nocedal and Wright,
/// algorithm 3.1.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "armijo",
    title = "Backtracking (Armijo)",
    cite = "armijo1966minimization"
)]
pub struct Armijo {
    /// Step that is tried first, in multiples of the direction.
    #[param(default = 1.0, valid = positive, slider = 1e-3..=1000.0, log)]
    pub initial_step: f64,
    /// Share of the promised fall that is asked for.
    #[param(default = 1e-4, valid = open(0.0..1.0), slider = 1e-6..=0.5, log)]
    pub c1: f64,
    /// What a step that is too long is multiplied by.
    #[param(default = 0.5, valid = open(0.0..1.0), slider = 0.1..=0.9)]
    pub shrink: f64,
}

impl LineSearch for Armijo {
    fn search(&self, line: &mut SearchLine, first: f64) -> Result<f64, NoStep> {
        let (from, slope) = (line.value_at_zero, line.slope_at_zero);
        if !line.begins_downhill() {
            return Err(NoStep::NoDescent);
        }
        let mut t = self.initial_step * first;
        while line.moves(t) {
            let value = line.value(t);
            if value <= from + self.c1 * t * slope && value < from {
                return Ok(t);
            }
            t *= self.shrink;
        }
        Err(NoStep::NoDescent)
    }
}
