//! `QHAdam` (quasi-hyperbolic Adam).

use super::means::{MomentEstimates, bias_correction_factor};
use crate::optimizers::prelude::*;

/// Moves like Adam, with weighted averages of each mean and the value of this step.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
/// w <- w - learning_rate ((1 - nu1) g + nu1 m_hat) / (sqrt((1 - nu2) g^2 + nu2 v_hat) + epsilon)
/// ```
///
/// `nu1=1,nu2=1` is Adam; `nu1=0,nu2=1` is `rmsprop` with bias correction. This is the published form with the defaults of the
/// paper.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "qhadam",
    title = "QHAdam",
    family = Adaptive,
    cite = "ma2019quasi",
    variants_of = "Adam",
    variant = "averages of the means and the values of the step",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.QHAdam"
)]
pub struct QhAdam {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.995, valid = 0.0..1.0, torch = "betas[0]")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]")]
    pub beta2: f64,
    /// Fraction of the mean gradient in the numerator.
    #[param(default = 0.7, valid = 0.0..=1.0, torch = "nus[0]")]
    pub nu1: f64,
    /// Fraction of the mean squared gradient under the root.
    #[param(default = 1.0, valid = 0.0..=1.0, torch = "nus[1]")]
    pub nu2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps")]
    pub epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against an average of its gradient and its bias-corrected mean gradient, divided by the root of an average of its squared gradient and its bias-corrected mean squared gradient",
    "-learning_rate * [(1 - nu1) * gradient + nu1 * mean_gradient / (1 - beta1^t)] / [sqrt((1 - nu2) * gradient^2 + nu2 * mean_square / (1 - beta2^t)) + epsilon]",
)];

impl GradientRule for QhAdam {
    type State = MomentEstimates;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentEstimates) {
        s.update(d, self.beta1, self.beta2);
        let t = here.epoch + 1;
        let m_correction = bias_correction_factor(self.beta1, t);
        let v_correction = bias_correction_factor(self.beta2, t);
        let means = s.mean_gradient.iter().zip(&s.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            let g = *d;
            let mean = (1.0 - self.nu1) * g + self.nu1 * (m / m_correction);
            let square = (1.0 - self.nu2) * (g * g) + self.nu2 * (v / v_correction);
            *d = -self.learning_rate * mean / (square.sqrt() + self.epsilon);
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
