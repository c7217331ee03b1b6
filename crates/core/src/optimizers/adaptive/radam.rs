//! Rectified Adam (`RAdam`).

use super::means::{MomentEstimates, bias_correction_factor};
use crate::optimizers::prelude::*;

/// Variant of Adam that uses the adaptive denominator, with a rectified learning rate, once enough gradients make it reliable.
///
/// ```text
/// m, v, m_hat as in adam          t = 1 in the first step
/// rho_inf = 2 / (1 - beta2) - 1          rho = rho_inf - 2 t beta2^t / (1 - beta2^t)
/// rho > threshold: r = sqrt((rho - 4) (rho - 2) rho_inf / ((rho_inf - 4) (rho_inf - 2) rho))
///                  w <- w - learning_rate r m_hat sqrt(1 - beta2^t) / (sqrt(v + (1 - beta2^t) epsilon_root) + epsilon)
/// otherwise:       w <- w - learning_rate m_hat
/// ```
///
/// This is the form of torch; the paper has a threshold of 4 and no epsilon. optax adds epsilon after the bias correction of v,
/// `epsilon_hat=false`, and has `epsilon_root`. The first steps are proportional to the gradient, so a suitable learning rate
/// depends on the scale of the problem. Weight decay is part of the gradient or decoupled from it.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "radam",
    title = "RAdam",
    family = Adaptive,
    cite = "liu2020variance",
    variants_of = "Adam",
    variant = "bias-corrected mean gradient until the variance estimate is reliable, then rectified Adam",
    why = REASONS,
    torch = "torch.optim.RAdam",
    torch_options = "weight_decay, decoupled_weight_decay",
    optax = "optax.radam"
)]
pub struct RAdam {
    /// Learning rate: approximately the length of each weight's step once the denominator is used.
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
    #[param(default = true, optax = "=false")]
    pub epsilon_hat: bool,
    /// Value of rho above which the denominator is used.
    #[param(default = 5.0, valid = 4.0.., slider = 4.0..=20.0, optax = "threshold")]
    pub threshold: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its bias-corrected mean gradient, because its mean squared gradient is not reliable yet",
        "-learning_rate * [mean_gradient / (1 - beta1^t)]",
    ),
    StepReason::new(
        "moves against its bias-corrected mean gradient, divided by the root of its bias-corrected mean squared gradient, times the rectified learning rate",
        "-factor * [mean_gradient / (1 - beta1^t)] / [sqrt(mean_square / (1 - beta2^t) + epsilon_root) + epsilon * (1 - epsilon_hat + epsilon_hat / sqrt(1 - beta2^t))]",
    ),
];

impl RAdam {
    /// Returns the rectification term r of step `t`, at most 1, or `None` if the denominator is not used in this step.
    fn rectification(&self, t: u64) -> Option<f64> {
        let rho_inf = 2.0 / (1.0 - self.beta2) - 1.0;
        let steps = t as f64;
        let rho =
            rho_inf - 2.0 * steps * powf(self.beta2, steps) / bias_correction_factor(self.beta2, t);
        let square =
            (rho - 4.0) * (rho - 2.0) * rho_inf / ((rho_inf - 4.0) * (rho_inf - 2.0) * rho);
        (rho > self.threshold).then(|| square.sqrt())
    }
}

impl GradientRule for RAdam {
    type State = MomentEstimates;

    const OPTIONS: OptionDefaults = OptionDefaults::AS_IN_TORCH;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentEstimates) {
        s.update(d, self.beta1, self.beta2);
        let t = here.epoch + 1;
        let rate = self.learning_rate / bias_correction_factor(self.beta1, t);
        if let Some(rectification) = self.rectification(t) {
            let v_correction = bias_correction_factor(self.beta2, t);
            let epsilon = if self.epsilon_hat {
                self.epsilon / v_correction.sqrt()
            } else {
                self.epsilon
            };
            let means = s.mean_gradient.iter().zip(&s.mean_square);
            for (d, (m, v)) in d.iter_mut().zip(means) {
                let root = (v / v_correction + self.epsilon_root).sqrt() + epsilon;
                *d = -rate * rectification * m / root;
            }
        } else {
            for (d, m) in d.iter_mut().zip(&s.mean_gradient) {
                *d = -rate * m;
            }
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
