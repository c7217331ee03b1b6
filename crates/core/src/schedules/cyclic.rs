//! Cyclic learning rates.

use super::Schedule;
use thalweg_macros::Describe;

/// Moves the learning rate linearly up and down between two values.
///
/// ```text
/// eta(t) = low eta + (1 - low) eta max(0, 1 - |t / half - 2 cycle + 1|)          cycle = floor(1 + t / (2 half))
/// ```
///
/// The first epoch has the lowest learning rate. This is the triangular policy of the paper, with the learning rate of the
/// optimizer as the highest, as `CyclicLR` of torch with `max_lr=learning_rate` and `base_lr=low*learning_rate`.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "cyclic",
    title = "Cyclic",
    cite = "smith2017cyclical",
    torch = "torch.optim.lr_scheduler.CyclicLR"
)]
pub struct Cyclic {
    /// The lowest learning rate, as a fraction of the highest.
    #[param(default = 0.1, valid = 0.0..=1.0)]
    pub low: f64,
    /// Number of epochs of half a cycle.
    #[param(default = 50, valid = 1.0.., slider = 1.0..=10000.0, log, torch = "step_size_up")]
    pub half: u64,
}

impl Schedule for Cyclic {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let place = epoch % (2 * self.half);
        let distance = place.min(2 * self.half - place) as f64 / self.half as f64;
        base * (self.low + (1.0 - self.low) * distance)
    }
}
