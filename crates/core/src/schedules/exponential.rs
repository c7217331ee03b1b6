//! Exponential decay.

use super::Schedule;
use crate::numeric::float::powf;
use thalweg_macros::Describe;

/// Multiplies the learning rate by a constant factor per `every` epochs, continuously or in steps.
///
/// ```text
/// eta(t) = eta rate^(t / every)          t / every rounded down if staircase
/// ```
///
/// This is `ExponentialLR` of torch and, with `staircase`, its `StepLR`.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "exponential",
    title = "Exponential Decay",
    torch = "torch.optim.lr_scheduler.ExponentialLR",
    optax = "optax.exponential_decay"
)]
pub struct Exponential {
    /// Factor of the learning rate per `every` epochs.
    #[param(default = 0.95, valid = open(0.0..1.0), slider = 0.5..=0.999)]
    pub rate: f64,
    /// Number of epochs per multiplication by `rate`.
    #[param(default = 1000, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub every: u64,
    /// Whether the learning rate is constant between multiples of `every`.
    #[param(default = false)]
    pub staircase: bool,
}

impl Schedule for Exponential {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let power = super::elapsed_intervals(epoch, self.every, self.staircase);
        base * powf(self.rate, power)
    }
}
