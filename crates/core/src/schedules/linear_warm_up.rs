//! Linear warm-up.

use super::Schedule;
use thalweg_macros::Describe;

/// Increases the learning rate linearly from a fraction to its full value.
///
/// ```text
/// eta(t) = eta (start_factor + (1 - start_factor) min(t, over) / over)
/// ```
///
/// This is `LinearLR` of torch with its defaults. In the paper, the fraction is 1 divided by the number of machines.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "linear-warm-up",
    title = "Linear Warm-Up",
    cite = "goyal2017accurate",
    torch = "torch.optim.lr_scheduler.LinearLR",
    optax = "optax.warmup_constant_schedule"
)]
pub struct LinearWarmUp {
    /// Fraction of the learning rate in the first epoch.
    #[param(default = 0.333_333_333_333_333_3, valid = 0.0..=1.0)]
    pub start_factor: f64,
    /// Number of epochs until the full learning rate is reached.
    #[param(default = 5, valid = 1.0.., slider = 1.0..=1000.0, log)]
    pub over: u64,
}

impl Schedule for LinearWarmUp {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let share = epoch.min(self.over) as f64 / self.over as f64;
        base * (self.start_factor + (1.0 - self.start_factor) * share)
    }
}
