//! A power of what is left.

use super::Schedule;
use crate::numeric::float::powf;
use thalweg_macros::Describe;

/// Takes the learning rate down to a least one in a given time, in a straight line or along a power of the time left.
///
/// ```text
/// eta(t) = minimum + (eta - minimum) (1 - min(t, over) / over)^power
/// cycle: over is taken as often as needed to be at least t
/// ```
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "polynomial", title = "Polynomial Decay")]
pub struct Polynomial {
    /// Least learning rate.
    #[param(default = 0.001, valid = 0.0.., slider = 0.0..=1.0)]
    pub minimum: f64,
    /// Power of the time left; 1 makes a straight line.
    #[param(default = 1.0, valid = positive, slider = 0.1..=10.0, log)]
    pub power: f64,
    /// Number of epochs until the least learning rate is reached.
    #[param(default = 1000, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub over: u64,
    /// Whether the learning rate rises again each time, to come down over all epochs so far and as many more.
    #[param(default = false)]
    pub cycle: bool,
}

impl Schedule for Polynomial {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let times = if self.cycle {
            epoch.div_ceil(self.over).max(1)
        } else {
            1
        };
        let over = (times * self.over) as f64;
        let left = 1.0 - (epoch as f64).min(over) / over;
        self.minimum + (base - self.minimum) * powf(left, self.power)
    }
}
