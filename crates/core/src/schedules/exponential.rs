//! Powers of a factor.

use super::Schedule;
use crate::numeric::float::powf;
use thalweg_macros::Describe;

/// Takes the learning rate down by the same factor again and again, evenly or in stairs.
///
/// ```text
/// eta(t) = eta rate^(t / every)          t / every rounded down where staircase
/// ```
///
/// torch's `ExponentialLR` and, with `staircase`, its `StepLR`.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "exponential", title = "Exponential Decay")]
pub struct Exponential {
    /// Factor on the learning rate.
    #[param(default = 0.95, valid = open(0.0..1.0), slider = 0.5..=0.999)]
    pub rate: f64,
    /// Number of epochs that the factor stands for.
    #[param(default = 1000, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub every: u64,
    /// Whether the learning rate stays the same in between.
    #[param(default = false)]
    pub staircase: bool,
}

impl Schedule for Exponential {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let power = super::stairs(epoch, self.every, self.staircase);
        base * powf(self.rate, power)
    }
}
