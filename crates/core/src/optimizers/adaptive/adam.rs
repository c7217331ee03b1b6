//! Adam.

use super::means::{MomentEstimates, bias_correction_factor};
use crate::optimizers::prelude::*;

/// Moves against the bias-corrected mean gradient, divided by the root of the bias-corrected mean squared gradient.
///
/// ```text
/// g <- g + weight_decay w
/// m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
/// w <- w - learning_rate m_hat / (sqrt(v_hat + epsilon_root) + epsilon)
/// ```
///
/// This is the published form and that of torch, whose weight decay is the gradient of an L2 penalty. `epsilon_root` is a
/// setting of optax. TensorFlow uses the other form of the paper, which adds epsilon to the root of v before bias correction:
/// `epsilon_hat=true`. With `bias_correction=false`, m and v replace `m_hat` and `v_hat`; this shows the effect of the
/// correction.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adam",
    title = "Adam",
    family = Adaptive,
    cite = "kingma2015adam",
    variants_of = "Adam",
    variant = "root of the mean squared gradient; weight decay is part of the gradient",
    why = REASONS,
    torch = "torch.optim.Adam",
    torch_options = "weight_decay",
    optax = "optax.adam",
    keras = "keras.optimizers.Adam"
)]
pub struct Adam {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]", optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]", optax = "b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "eps")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps_root")]
    pub epsilon_root: f64,
    /// Whether epsilon is added before the bias correction of the mean square instead of after it.
    #[param(default = false)]
    pub epsilon_hat: bool,
    /// Whether both means are bias-corrected.
    #[param(default = true)]
    pub bias_correction: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its bias-corrected mean gradient, divided by the root of its bias-corrected mean squared gradient",
        "-learning_rate * [bias_correction * mean_gradient / (1 - beta1^t)] / [sqrt(mean_square / (1 - beta2^t) + epsilon_root) + epsilon * (1 - epsilon_hat + epsilon_hat / sqrt(1 - beta2^t))]",
    ),
    StepReason::new(
        "moves against its mean gradient, divided by the root of its mean squared gradient, both without bias correction",
        "-learning_rate * [(1 - bias_correction) * mean_gradient] / [sqrt(mean_square + epsilon_root) + epsilon]",
    ),
];

impl GradientRule for Adam {
    type State = MomentEstimates;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentEstimates) {
        let t = here.epoch + 1;
        let (m_correction, v_correction) = if self.bias_correction {
            (
                bias_correction_factor(self.beta1, t),
                bias_correction_factor(self.beta2, t),
            )
        } else {
            (1.0, 1.0)
        };
        let rate = self.learning_rate / m_correction;
        // With `epsilon_hat`, the bias correction of v applies to epsilon as well.
        let epsilon = if self.epsilon_hat {
            self.epsilon / v_correction.sqrt()
        } else {
            self.epsilon
        };
        s.update_and(d, self.beta1, self.beta2, |d, m, v| {
            *d = -rate * m / ((v / v_correction + self.epsilon_root).sqrt() + epsilon);
        });
    }

    fn is_autonomous(&self) -> bool {
        !self.bias_correction
    }
}
