//! Partially adaptive Adam (`Padam`).

use super::{
    amsgrad::update_divisor,
    means::{bias_correction_factor, update_mean, update_mean_square},
};
use crate::optimizers::prelude::*;

/// Moves like `AMSGrad`, with a smaller power of the mean squared gradient: between momentum and `AMSGrad`.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g
/// v <- beta2 v + (1 - beta2) g^2          v_max <- max(v_max, v)
/// w <- w - learning_rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v_max) + epsilon)^(2 p)          t = 1 in the first step
/// ```
///
/// `p=0.5` is `AMSGrad`, and a small p is close to momentum. This is the form of the authors' program; the paper has no bias
/// correction: `bias_correction=false`. `pytorch_optimizer` uses v instead of its maximum, `maximum=false`, and `p=0.25`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "padam",
    title = "Padam",
    family = Adaptive,
    cite = "chen2020closing",
    variants_of = "Adam",
    variant = "partial power of the maximum mean squared gradient so far",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.PAdam"
)]
pub struct Padam {
    /// Learning rate.
    #[param(default = 0.1, valid = positive, slider = 1e-5..=10.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]")]
    pub beta2: f64,
    /// Power of the mean squared gradient that divides the step.
    #[param(default = 0.125, valid = 0.0..=0.5, torch = "partial")]
    pub p: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps")]
    pub epsilon: f64,
    /// Whether the maximum mean squared gradient so far divides the step instead of the current one.
    #[param(default = true)]
    pub maximum: bool,
    /// Whether both means are bias-corrected.
    #[param(default = true)]
    pub bias_correction: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its mean gradient, divided by a power of its mean squared gradient, both bias-corrected",
        "-[learning_rate * bias_correction * sqrt(1 - beta2^t) / (1 - beta1^t)] * mean_gradient / [(sqrt(divisor_square) + epsilon)^(2 * p)]",
    ),
    StepReason::new(
        "moves against its mean gradient, divided by a power of its mean squared gradient, both without bias correction",
        "-learning_rate * [(1 - bias_correction) * mean_gradient] / [(sqrt(divisor_square) + epsilon)^(2 * p)]",
    ),
];

/// The state of `Padam`.
#[derive(Clone, Debug, Inspect)]
pub struct PadamState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Mean squared gradient that divides the step: the maximum so far if `maximum` is on, otherwise v.
    #[quantity(GradientSquared)]
    pub divisor_square: Vec<f64>,
}

impl GradientRule for Padam {
    type State = PadamState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut PadamState) {
        update_mean(&mut s.mean_gradient, d, self.beta1);
        update_mean_square(&mut s.mean_square, d, self.beta2);
        update_divisor(&mut s.divisor_square, &s.mean_square, self.maximum);
        let t = here.epoch + 1;
        let correction = if self.bias_correction {
            bias_correction_factor(self.beta2, t).sqrt() / bias_correction_factor(self.beta1, t)
        } else {
            1.0
        };
        let rate = self.learning_rate * correction;
        let means = s.mean_gradient.iter().zip(&s.divisor_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            *d = -rate * m / powf(v.sqrt() + self.epsilon, 2.0 * self.p);
        }
    }

    fn is_autonomous(&self) -> bool {
        !self.bias_correction
    }
}
