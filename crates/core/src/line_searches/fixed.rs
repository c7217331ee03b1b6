//! The same step each time.

use crate::run::line::{LineSearch, NoStep, SearchLine};
use thalweg_macros::Describe;

/// Does not search: goes the same multiple of the direction each time, uphill too.
///
/// ```text
/// t = step
/// ```
///
/// Newton's method and its kin state their own length, which is the step 1.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "fixed", title = "Fixed step")]
pub struct Fixed {
    /// How far to go, in multiples of the direction.
    #[param(default = 1.0, valid = positive, slider = 1e-6..=100.0, log)]
    pub step: f64,
}

impl LineSearch for Fixed {
    fn search(&self, _: &mut SearchLine, first: f64) -> Result<f64, NoStep> {
        Ok(self.step * first)
    }
}
