//! `AdEMAMix`.

use super::means::{bias_correction_factor, update_mean, update_mean_square};
use crate::optimizers::prelude::*;

/// Moves like Adam against the sum of a fast and a slow mean of the gradients.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// s <- beta3 s + (1 - beta3) g
/// v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
/// w <- w - learning_rate (m_hat + alpha s) / (sqrt(v_hat + epsilon_root) + epsilon)
/// ```
///
/// The slow mean remembers thousands of gradients. This is the published form without its warmup of alpha and beta3, as in
/// optax.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "ademamix",
    title = "AdEMAMix",
    family = Adaptive,
    cite = "pagliardini2024ademamix",
    variants_of = "Adam",
    variant = "sum of a fast and a slow mean of the gradients",
    why = REASONS,
    optax = "optax.contrib.ademamix",
    optax_options = "weight_decay",
    pytorch_optimizer = "pytorch_optimizer.AdEMAMix"
)]
pub struct AdEmaMix {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the fast mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
    /// Decay rate of the slow mean gradient.
    #[param(default = 0.9999, valid = 0.0..1.0, optax = "b3")]
    pub beta3: f64,
    /// Factor of the slow mean gradient.
    #[param(default = 5.0, valid = 0.0.., slider = 0.0..=20.0, optax = "alpha")]
    pub alpha: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps_root")]
    pub epsilon_root: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against the sum of its fast and its slow mean gradient, divided by the root of its bias-corrected mean squared gradient",
    "-learning_rate * [mean_gradient / (1 - beta1^t) + alpha * slow_mean_gradient] / [sqrt(mean_square / (1 - beta2^t) + epsilon_root) + epsilon]",
)];

/// The state of `AdEMAMix`.
#[derive(Clone, Debug, Inspect)]
pub struct AdEmaMixState {
    /// Fast moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Slow moving average s of the gradients.
    #[quantity(Gradient)]
    pub slow_mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
}

impl GradientRule for AdEmaMix {
    type State = AdEmaMixState;

    const OPTIONS: OptionDefaults = OptionDefaults::DECOUPLED;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AdEmaMixState) {
        update_mean(&mut s.mean_gradient, d, self.beta1);
        update_mean(&mut s.slow_mean_gradient, d, self.beta3);
        update_mean_square(&mut s.mean_square, d, self.beta2);
        let t = here.epoch + 1;
        let m_correction = bias_correction_factor(self.beta1, t);
        let v_correction = bias_correction_factor(self.beta2, t);
        let means = s.mean_gradient.iter().zip(&s.slow_mean_gradient);
        for (d, ((fast, slow), v)) in d.iter_mut().zip(means.zip(&s.mean_square)) {
            let root = (v / v_correction + self.epsilon_root).sqrt() + self.epsilon;
            *d = -self.learning_rate * (fast / m_correction + self.alpha * slow) / root;
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
