//! Simplified `AdEMAMix`.

use super::means::{bias_correction_factor, update_mean_square};
use crate::optimizers::prelude::*;

/// Moves against the sum of a slow velocity and a multiple of the gradient, divided by the root mean square of the gradients.
///
/// ```text
/// u <- beta1 u + g
/// v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)          t = 1 in the first step
/// w <- w - learning_rate (u + alpha g) / (sqrt(v_hat + epsilon_root) + epsilon)
/// ```
///
/// The gradient replaces the fast mean of `ademamix`. The velocity is a sum of gradients, not a mean, so its steps become up to
/// `1 / (1 - beta1)` times as long as those of `adam`. This is the published form and that of optax.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "simplified-ademamix",
    title = "Simplified AdEMAMix",
    family = Adaptive,
    cite = "morwani2025connections",
    variants_of = "Adam",
    variant = "sum of the gradient and a slow velocity",
    why = REASONS,
    optax = "optax.contrib.simplified_ademamix",
    optax_options = "weight_decay"
)]
pub struct SimplifiedAdEmaMix {
    /// Learning rate.
    #[param(default = 1e-4, valid = positive, slider = 1e-6..=1.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Fraction of the velocity that is kept.
    #[param(default = 0.99, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.95, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
    /// Factor of the gradient that is added to the velocity.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=100.0, optax = "alpha")]
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
    "moves against the sum of its velocity and a multiple of its gradient, divided by the root of its bias-corrected mean squared gradient",
    "-learning_rate * [velocity + alpha * gradient] / [sqrt(mean_square / (1 - beta2^t) + epsilon_root) + epsilon]",
)];

/// The state of simplified `AdEMAMix`.
#[derive(Clone, Debug, Inspect)]
pub struct SimplifiedAdEmaMixState {
    /// Velocity u: the sum of the gradients, each multiplied by `beta1` in every later step.
    #[quantity(Gradient)]
    pub velocity: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
}

impl GradientRule for SimplifiedAdEmaMix {
    type State = SimplifiedAdEmaMixState;

    const OPTIONS: OptionDefaults = OptionDefaults::DECOUPLED;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut SimplifiedAdEmaMixState) {
        update_mean_square(&mut s.mean_square, d, self.beta2);
        let v_correction = bias_correction_factor(self.beta2, here.epoch + 1);
        let means = s.velocity.iter_mut().zip(&s.mean_square);
        for (d, (u, v)) in d.iter_mut().zip(means) {
            *u = self.beta1 * *u + *d;
            let root = (v / v_correction + self.epsilon_root).sqrt() + self.epsilon;
            *d = -self.learning_rate * (*u + self.alpha * *d) / root;
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
