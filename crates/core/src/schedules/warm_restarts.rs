//! Cosine decay with warm restarts (SGDR).

use super::Schedule;
use thalweg_macros::Describe;

/// Repeats a cosine decay of the learning rate; each period is `factor` times as long as the one before.
///
/// ```text
/// eta(t) = minimum + (eta - minimum) (1 + cos(pi s / span)) / 2
/// s = epochs since the last restart, span = first, first factor, first factor^2, ...
/// ```
///
/// This is `CosineAnnealingWarmRestarts` of torch.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "warm-restarts",
    title = "Warm Restarts",
    cite = "loshchilov2017sgdr",
    torch = "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts",
    optax = "optax.sgdr_schedule"
)]
pub struct WarmRestarts {
    /// Minimum learning rate, which each period approaches.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0)]
    pub minimum: f64,
    /// Number of epochs of the first period.
    #[param(default = 100, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub first: u64,
    /// Length of each period relative to the previous one.
    #[param(default = 2, valid = 1.0.., slider = 1.0..=10.0)]
    pub factor: u64,
}

impl Schedule for WarmRestarts {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let (mut elapsed, mut period) = (epoch, self.first);
        if self.factor == 1 {
            elapsed %= period;
        }
        while elapsed >= period {
            elapsed -= period;
            period = period.saturating_mul(self.factor);
        }
        super::cosine_interpolation(base, self.minimum, elapsed as f64 / period as f64)
    }
}
