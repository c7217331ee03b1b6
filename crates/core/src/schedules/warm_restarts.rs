//! Cosines that begin anew (SGDR).

use super::Schedule;
use thalweg_macros::Describe;

/// Takes the learning rate down along half a wave and begins anew, each time over a longer span.
///
/// ```text
/// eta(t) = minimum + (eta - minimum) (1 + cos(pi s / span)) / 2
/// s = epochs since the last beginning, span = first, first factor, first factor^2, ...
/// ```
///
/// torch's `CosineAnnealingWarmRestarts`.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "warm-restarts",
    title = "Warm Restarts",
    cite = "loshchilov2017sgdr"
)]
pub struct WarmRestarts {
    /// Least learning rate, which is approached before each beginning.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0)]
    pub minimum: f64,
    /// Number of epochs until the first new beginning.
    #[param(default = 100, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub first: u64,
    /// Factor by which each span is longer than the one before.
    #[param(default = 2, valid = 1.0.., slider = 1.0..=10.0)]
    pub factor: u64,
}

impl Schedule for WarmRestarts {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let (mut since, mut span) = (epoch, self.first);
        if self.factor == 1 {
            since %= span;
        }
        while since >= span {
            since -= span;
            span = span.saturating_mul(self.factor);
        }
        super::half_wave(base, self.minimum, since as f64 / span as f64)
    }
}
