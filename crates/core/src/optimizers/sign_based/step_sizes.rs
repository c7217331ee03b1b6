//! Step sizes of the RPROP variants: each weight has one, and the signs of its gradient adapt it.

use crate::optimizers::prelude::*;

/// The reason for a regular step. The explanation of the channel `step_size` describes how the step size changed.
pub(super) const FORWARD: StepReason = StepReason::new(
    "moves by its step size against the sign of its gradient",
    "[-sign(gradient) * step_size]",
);

/// The settings of the step sizes. Rules copy them before a loop, because they are then in registers.
#[derive(Clone, Debug, Describe)]
pub struct StepSizes {
    /// Initial step size of every weight; the first step clips it to `min_step` and `max_step`.
    #[param(default = 0.1, valid = positive, slider = 1e-4..=10.0, log, tuned, torch = "lr=0.01", optax = "learning_rate")]
    pub initial_step: f64,
    /// Factor of the step size when the gradient keeps its sign.
    #[param(default = 1.2, valid = open(1.0..), slider = 1.01..=2.0, torch = "etas[1]", optax = "eta_plus")]
    pub increase: f64,
    /// Factor of the step size when the gradient changes its sign.
    #[param(default = 0.5, valid = open(0.0..1.0), slider = 0.1..=0.9, torch = "etas[0]", optax = "eta_minus")]
    pub decrease: f64,
    /// Minimum step size.
    #[param(default = 1e-6, valid = positive, slider = 1e-9..=1.0, log, at_most = "max_step", torch = "step_sizes[0]", optax = "min_step_size")]
    pub min_step: f64,
    /// Maximum step size.
    #[param(default = 50.0, valid = positive, slider = 0.1..=1000.0, log, torch = "step_sizes[1]", optax = "max_step_size")]
    pub max_step: f64,
}

impl StepSizes {
    /// Returns the step size that follows `step`; `agreement` has the sign of the product of this gradient and the last one.
    pub(super) fn adapt(&self, step: f64, agreement: f64) -> f64 {
        let factor = if agreement > 0.0 {
            self.increase
        } else if agreement < 0.0 {
            self.decrease
        } else {
            1.0
        };
        // A comparison takes one operation in a loop over lanes; `min` and `max`, which consider NaN, take three.
        let next = factor * step;
        let next = if next < self.max_step {
            next
        } else {
            self.max_step
        };
        if next > self.min_step {
            next
        } else {
            self.min_step
        }
    }
}

/// Returns -1, 0, or 1 (`f64::signum` never returns 0), or NaN for NaN, so that a diverged run is detected.
pub(in crate::optimizers) fn sign(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x.signum() }
}
