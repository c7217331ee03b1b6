//! Up once and down once (one cycle).

use super::Schedule;
use thalweg_macros::Describe;

/// Takes the learning rate up from a small one along half a wave, and then down to a tiny one.
///
/// ```text
/// up in rise over epochs:    from eta / start_divisor to eta
/// down in the rest of them:  from eta to eta / (start_divisor end_divisor)
/// each along (1 + cos) / 2; the last of the epochs is the end
/// ```
///
/// torch's `OneCycleLR` with its defaults, without its change of momentum. The paper goes up and down in straight lines
/// of the same length. After its end it stays where it is.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "one-cycle", title = "One Cycle", cite = "smith2019super")]
pub struct OneCycle {
    /// Number of epochs of the cycle.
    #[param(default = 1000, valid = 2.0.., slider = 2.0..=10000.0, log)]
    pub over: u64,
    /// Share of the cycle in which the learning rate rises.
    #[param(default = 0.3, valid = 0.0..=1.0)]
    pub rise: f64,
    /// How many times smaller the first learning rate is than the greatest.
    #[param(default = 25.0, valid = positive, slider = 1.0..=1000.0, log)]
    pub start_divisor: f64,
    /// How many times smaller the last learning rate is than the first.
    #[param(default = 10_000.0, valid = positive, slider = 1.0..=1e6, log)]
    pub end_divisor: f64,
}

impl Schedule for OneCycle {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let first = base / self.start_divisor;
        let (end, t) = (self.over as f64 - 1.0, epoch as f64);
        let top = self.rise * self.over as f64 - 1.0;
        if t >= end {
            first / self.end_divisor
        } else if t < top {
            super::half_wave(first, base, t / top)
        } else {
            let share = (t - top) / (end - top);
            super::half_wave(base, first / self.end_divisor, share)
        }
    }
}
