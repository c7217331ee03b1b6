//! Step decay of the library of the article.

use super::Schedule;
use thalweg_macros::Describe;

/// Divides the learning rate by a divisor that grows linearly: 2 after `every` epochs, 3 after twice as many, and so on.
///
/// ```text
/// eta(t) = eta / (1 + t / every)
/// ```
///
/// The library of the article uses this name. Elsewhere, step decay is a staircase: `exponential` with `staircase`. This schedule
/// is `inverse-time` with `rate=1`.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "step-decay", title = "Step Decay")]
pub struct StepDecay {
    /// Number of epochs until the learning rate is half its initial value.
    #[param(default = 1000, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub every: u64,
}

impl Schedule for StepDecay {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        base / (1.0 + epoch as f64 / self.every as f64)
    }
}
