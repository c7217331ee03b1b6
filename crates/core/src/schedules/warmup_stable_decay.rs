//! Warmup-stable-decay (the trapezoidal schedule).

use super::Schedule;
use thalweg_macros::Describe;

/// Increases the learning rate linearly, keeps it, and decreases it linearly at the end.
///
/// ```text
/// eta(t) = eta min(1, (t + 1) / (warmup + 1), (over - t) / decay)          not below eta minimum after the warmup
/// ```
///
/// A run can be continued from the end of the stable phase, so its length need not be known in advance. The paper also uses
/// other shapes of the decay.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "warmup-stable-decay",
    title = "Warmup-Stable-Decay",
    cite = "hu2024minicpm"
)]
pub struct WarmupStableDecay {
    /// Number of epochs before the full learning rate is reached.
    #[param(default = 10, valid = 0.0.., slider = 0.0..=1000.0)]
    pub warmup: u64,
    /// Number of epochs of the decay.
    #[param(default = 20, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub decay: u64,
    /// Number of all epochs.
    #[param(default = 100, valid = 1.0.., slider = 1.0..=100_000.0, log)]
    pub over: u64,
    /// Final learning rate, as a fraction of the full one.
    #[param(default = 0.0, valid = 0.0..=1.0)]
    pub minimum: f64,
}

impl Schedule for WarmupStableDecay {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let rise = (epoch + 1) as f64 / (self.warmup + 1) as f64;
        let fall = self.over.saturating_sub(epoch) as f64 / self.decay as f64;
        base * rise.min(1.0).min(fall.max(self.minimum))
    }
}
