//! `LaProp`.

use super::means::{bias_correction_factor, update_mean_square};
use crate::optimizers::prelude::*;

/// Moves against the mean of the gradients, each divided by the root of the mean squared gradient of its own step.
///
/// ```text
/// v <- beta2 v + (1 - beta2) g^2                                           v_hat = v / (1 - beta2^t)          t = 1 in the first step
/// m <- beta1 m + (1 - beta1) g / (sqrt(v_hat) + epsilon)                   m_hat = m / (1 - beta1^t)
/// w <- w - learning_rate m_hat
/// ```
///
/// Adam averages first and divides afterwards. This is the published form.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "laprop",
    title = "LaProp",
    family = Adaptive,
    cite = "ziyin2020laprop",
    variants_of = "Adam",
    variant = "mean of gradients that are divided by a root with their own square",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.LaProp"
)]
pub struct LaProp {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.0004, valid = positive, slider = 1e-5..=10.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Decay rate of the mean of the divided gradients.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-15, valid = 0.0.., slider = 1e-15..=1.0, log, torch = "eps")]
    pub epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against the bias-corrected mean of its divided gradients",
    "-learning_rate * [mean_divided_gradient / (1 - beta1^t)]",
)];

/// The state of `LaProp`.
#[derive(Clone, Debug, Inspect)]
pub struct LaPropState {
    /// Moving average m of the divided gradients.
    #[quantity(Number)]
    pub mean_divided_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
}

impl GradientRule for LaProp {
    type State = LaPropState;

    const OPTIONS: OptionDefaults = OptionDefaults::DECOUPLED;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut LaPropState) {
        update_mean_square(&mut s.mean_square, d, self.beta2);
        let t = here.epoch + 1;
        let rate = self.learning_rate / bias_correction_factor(self.beta1, t);
        let v_correction = bias_correction_factor(self.beta2, t);
        let means = s.mean_divided_gradient.iter_mut().zip(&s.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            let divided = *d / ((v / v_correction).sqrt() + self.epsilon);
            *m = self.beta1 * *m + (1.0 - self.beta1) * divided;
            *d = -rate * *m;
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
