//! A fixed step size.

use crate::run::line::{LineSearch, NoStep, SearchLine};
use thalweg_macros::Describe;

/// Uses the same multiple of the direction in every step, without evaluating the loss.
///
/// ```text
/// t = step
/// ```
///
/// The directions of Newton's method and its variants include their length, so their natural step size is 1.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "fixed", title = "Fixed step")]
pub struct Fixed {
    /// Step size, in multiples of the direction.
    #[param(default = 1.0, valid = positive, slider = 1e-6..=100.0, log)]
    pub step: f64,
}

impl LineSearch for Fixed {
    fn search(&self, _: &mut SearchLine, first: f64) -> Result<f64, NoStep> {
        Ok(self.step * first)
    }
}
