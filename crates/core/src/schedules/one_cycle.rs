//! One cycle: the learning rate rises and falls once.

use super::Schedule;
use thalweg_macros::Describe;

/// Increases the learning rate to its full value, then decreases it far below the initial one, both along half a cosine wave.
///
/// ```text
/// t from 0 to rise * over - 1:  from eta / start_divisor to eta
/// then up to t = over - 1:      from eta to eta / (start_divisor end_divisor)
/// both along half a cosine wave
/// ```
///
/// This is `OneCycleLR` of torch with its defaults, without its change of the momentum. In the paper, the learning rate rises and
/// falls linearly, over the same number of epochs. After the cycle, the learning rate is constant.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "one-cycle",
    title = "One Cycle",
    cite = "smith2019super",
    torch = "torch.optim.lr_scheduler.OneCycleLR",
    optax = "optax.cosine_onecycle_schedule"
)]
pub struct OneCycle {
    /// Number of epochs of the cycle.
    #[param(default = 1000, valid = 2.0.., slider = 2.0..=10000.0, log)]
    pub over: u64,
    /// Fraction of the cycle in which the learning rate rises.
    #[param(default = 0.3, valid = 0.0..=1.0)]
    pub rise: f64,
    /// Maximum learning rate divided by the first learning rate.
    #[param(default = 25.0, valid = positive, slider = 1.0..=1000.0, log)]
    pub start_divisor: f64,
    /// First learning rate divided by the last learning rate.
    #[param(default = 10_000.0, valid = positive, slider = 1.0..=1e6, log)]
    pub end_divisor: f64,
}

impl Schedule for OneCycle {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let first = base / self.start_divisor;
        let end = self.over as f64 - 1.0;
        let t = (epoch as f64).min(end);
        let top = self.rise * self.over as f64 - 1.0;
        // With a rise of 1, the cycle ends at its greatest learning rate.
        if t < top || top >= end {
            super::cosine_interpolation(first, base, t / top)
        } else {
            let share = (t - top) / (end - top);
            super::cosine_interpolation(base, first / self.end_divisor, share)
        }
    }
}
