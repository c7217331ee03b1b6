//! Cosine decay.

use super::Schedule;
use thalweg_macros::Describe;

/// Decreases the learning rate to a minimum along half a cosine wave.
///
/// ```text
/// eta(t) = minimum + (eta - minimum) (1 + cos(pi min(t, over) / over)) / 2
/// ```
///
/// This is one period of the published schedule; `warm-restarts` repeats it. As in optax, the learning rate stays at the minimum
/// afterwards. In `CosineAnnealingLR` of torch it rises again.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "cosine",
    title = "Cosine Decay",
    cite = "loshchilov2017sgdr",
    torch = "torch.optim.lr_scheduler.CosineAnnealingLR",
    optax = "optax.cosine_decay_schedule"
)]
pub struct Cosine {
    /// Minimum learning rate.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0)]
    pub minimum: f64,
    /// Number of epochs until the minimum is reached.
    #[param(default = 1000, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub over: u64,
}

impl Schedule for Cosine {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let share = epoch.min(self.over) as f64 / self.over as f64;
        super::cosine_interpolation(base, self.minimum, share)
    }
}
