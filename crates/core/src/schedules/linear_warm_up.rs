//! A slow beginning.

use super::Schedule;
use thalweg_macros::Describe;

/// Begins with a small learning rate and takes it up to its full size in a straight line.
///
/// ```text
/// eta(t) = eta (start_factor + (1 - start_factor) min(t, over) / over)
/// ```
///
/// torch's `LinearLR` with its defaults. The paper begins with one share of the full size for each of its machines.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "linear-warm-up",
    title = "Linear Warm-Up",
    cite = "goyal2017accurate"
)]
pub struct LinearWarmUp {
    /// Share of the learning rate in the first epoch.
    #[param(default = 0.333_333_333_333_333_3, valid = 0.0..=1.0)]
    pub start_factor: f64,
    /// Number of epochs until the learning rate has its full size.
    #[param(default = 5, valid = 1.0.., slider = 1.0..=1000.0, log)]
    pub over: u64,
}

impl Schedule for LinearWarmUp {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let share = epoch.min(self.over) as f64 / self.over as f64;
        base * (self.start_factor + (1.0 - self.start_factor) * share)
    }
}
