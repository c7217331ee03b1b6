//! Polynomial decay.

use super::Schedule;
use crate::numeric::float::powf;
use thalweg_macros::Describe;

/// Decreases the learning rate to a minimum along a power function of the epoch: a straight line with `power=1`.
///
/// ```text
/// eta(t) = minimum + (eta - minimum) (1 - min(t, over) / over)^power
/// cycle: over is replaced by its smallest multiple that is at least t
/// ```
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "polynomial",
    title = "Polynomial Decay",
    torch = "torch.optim.lr_scheduler.PolynomialLR",
    optax = "optax.polynomial_schedule"
)]
pub struct Polynomial {
    /// Minimum learning rate.
    #[param(default = 0.001, valid = 0.0.., slider = 0.0..=1.0)]
    pub minimum: f64,
    /// Exponent; 1 decreases the learning rate linearly.
    #[param(default = 1.0, valid = positive, slider = 0.1..=10.0, log)]
    pub power: f64,
    /// Number of epochs until the minimum is reached.
    #[param(default = 1000, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub over: u64,
    /// Whether the learning rate rises again after every `over` epochs.
    #[param(default = false)]
    pub cycle: bool,
}

impl Schedule for Polynomial {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let periods = if self.cycle {
            epoch.div_ceil(self.over).max(1)
        } else {
            1
        };
        let over = (periods * self.over) as f64;
        let remaining = 1.0 - (epoch as f64).min(over) / over;
        self.minimum + (base - self.minimum) * powf(remaining, self.power)
    }
}
