//! One over the epoch.

use super::Schedule;
use thalweg_macros::Describe;

/// Halves the learning rate after a number of epochs, brings it to a third after twice that many, and so on.
///
/// ```text
/// eta(t) = eta / (1 + t / every)
/// ```
///
/// The article's library has it under this name, which elsewhere stands for stairs: those are `exponential` with
/// `staircase`. It is `inverse-time` with a rate of 1.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "step-decay", title = "Step Decay")]
pub struct StepDecay {
    /// Number of epochs after which the learning rate is half of what it was.
    #[param(default = 1000, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub every: u64,
}

impl Schedule for StepDecay {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        base / (1.0 + epoch as f64 / self.every as f64)
    }
}
