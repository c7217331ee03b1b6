//! One over the epoch, at any pace.

use super::Schedule;
use thalweg_macros::Describe;

/// Takes the learning rate down as one over the number of epochs, at any pace, evenly or in stairs.
///
/// ```text
/// eta(t) = eta / (1 + rate t / every)          t / every rounded down where staircase
/// ```
///
/// TensorFlow's `InverseTimeDecay`. With a rate of 1 and no stairs it is `step-decay`. Of the rates that go to zero these
/// are the ones with which stochastic descent is known to arrive.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "inverse-time",
    title = "Inverse Time Decay",
    cite = "robbins1951stochastic"
)]
pub struct InverseTime {
    /// What is added to the divisor.
    #[param(default = 0.5, valid = 0.0.., slider = 0.01..=10.0, log)]
    pub rate: f64,
    /// Number of epochs after which it is added once.
    #[param(default = 1000, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub every: u64,
    /// Whether the learning rate stays the same in between.
    #[param(default = false)]
    pub staircase: bool,
}

impl Schedule for InverseTime {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        base / (1.0 + self.rate * super::stairs(epoch, self.every, self.staircase))
    }
}
