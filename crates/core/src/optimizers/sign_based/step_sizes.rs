//! What all RPROPs share: a step size for each weight, which the signs of its gradient make grow and shrink.

use crate::optimizers::prelude::*;

/// Why a weight goes on: how its step size came about is told of all step sizes.
pub(super) const FORWARD: StepReason = StepReason::new(
    "goes by its step size, against the sign of its gradient",
    "[-sign(gradient) * step_size]",
);

/// The settings of the step sizes.
#[derive(Clone, Debug, Describe)]
pub struct StepSizes {
    /// First step size of every weight, brought between the least and the greatest with the first step.
    #[param(default = 0.1, valid = positive, slider = 1e-4..=10.0, log)]
    pub initial_step: f64,
    /// Factor by which a step size grows while the gradient keeps its sign.
    #[param(default = 1.2, valid = open(1.0..), slider = 1.01..=2.0)]
    pub increase: f64,
    /// Factor by which a step size shrinks where the gradient changed its sign.
    #[param(default = 0.5, valid = open(0.0..1.0), slider = 0.1..=0.9)]
    pub decrease: f64,
    /// Least step size.
    #[param(default = 1e-6, valid = positive, slider = 1e-9..=1.0, log, at_most = "max_step")]
    pub min_step: f64,
    /// Greatest step size.
    #[param(default = 50.0, valid = positive, slider = 0.1..=1000.0, log)]
    pub max_step: f64,
}

impl StepSizes {
    /// The step size after `step`, where the gradient's sign times the one before is `agreement`.
    pub(super) fn adapt(&self, step: f64, agreement: f64) -> f64 {
        let factor = if agreement > 0.0 {
            self.increase
        } else if agreement < 0.0 {
            self.decrease
        } else {
            1.0
        };
        (factor * step).min(self.max_step).max(self.min_step)
    }
}

/// -1, 0 or 1, where `f64::signum` has no 0; NaN stays NaN, so that a run that breaks is seen.
pub(super) fn sign(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x.signum() }
}
