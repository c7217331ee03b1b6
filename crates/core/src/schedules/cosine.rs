//! Half a cosine.

use super::Schedule;
use thalweg_macros::Describe;

/// Takes the learning rate down to a least one along half a wave: slowly at first, fast in the middle, slowly at last.
///
/// ```text
/// eta(t) = minimum + (eta - minimum) (1 + cos(pi min(t, over) / over)) / 2
/// ```
///
/// One part of the paper's schedule, which begins anew in `warm-restarts`. It stays at its minimum, as in optax, where
/// torch's `CosineAnnealingLR` rises again.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "cosine", title = "Cosine Decay", cite = "loshchilov2017sgdr")]
pub struct Cosine {
    /// Least learning rate.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0)]
    pub minimum: f64,
    /// Number of epochs until the least learning rate is reached.
    #[param(default = 1000, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub over: u64,
}

impl Schedule for Cosine {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let share = epoch.min(self.over) as f64 / self.over as f64;
        super::half_wave(base, self.minimum, share)
    }
}
