//! Inverse time decay.

use super::Schedule;
use thalweg_macros::Describe;

/// Divides the learning rate by a divisor that grows linearly with the epoch, continuously or in steps.
///
/// ```text
/// eta(t) = eta / (1 + rate t / every)          t / every rounded down if staircase
/// ```
///
/// This is `InverseTimeDecay` of TensorFlow. With `rate=1` and without `staircase` it is `step-decay`. Decay proportional to 1 / t
/// satisfies the conditions of Robbins and Monro, under which stochastic gradient descent converges.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "inverse-time",
    title = "Inverse Time Decay",
    cite = "robbins1951stochastic"
)]
pub struct InverseTime {
    /// Increase of the divisor per `every` epochs.
    #[param(default = 0.5, valid = 0.0.., slider = 0.01..=10.0, log)]
    pub rate: f64,
    /// Number of epochs per increase by `rate`.
    #[param(default = 1000, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub every: u64,
    /// Whether the learning rate is constant between multiples of `every`.
    #[param(default = false)]
    pub staircase: bool,
}

impl Schedule for InverseTime {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        base / (1.0 + self.rate * super::elapsed_intervals(epoch, self.every, self.staircase))
    }
}
