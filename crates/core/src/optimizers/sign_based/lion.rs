//! Lion (evolved sign momentum).

use super::step_sizes::sign;
use crate::optimizers::prelude::*;

/// Moves every weight by the learning rate, against the sign of an interpolation between its mean gradient and its gradient.
///
/// ```text
/// c = beta1 m + (1 - beta1) g
/// m <- beta2 m + (1 - beta2) g
/// w <- w - learning_rate (sign(c) + weight_decay w)
/// ```
///
/// This is the published form, with the defaults of the program that the paper published.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "lion",
    title = "Lion",
    family = SignBased,
    cite = "chen2023symbolic",
    variants_of = "sign descent",
    variant = "sign of a mean of the gradients",
    why = REASONS,
    optax = "optax.lion",
    optax_options = "weight_decay=0.001",
    keras = "keras.optimizers.Lion",
    pytorch_optimizer = "pytorch_optimizer.Lion"
)]
pub struct Lion {
    /// Learning rate: the length of each weight's step.
    #[param(default = 1e-4, valid = positive, slider = 1e-6..=1.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Fraction of the mean gradient in the interpolation that determines the sign.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.99, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves by the learning rate against the sign of an interpolation between its mean gradient and its gradient",
    "[-sign(beta1 * before(mean_gradient) + (1 - beta1) * gradient) * learning_rate]",
)];

/// The state of Lion.
#[derive(Clone, Debug, Inspect)]
pub struct LionState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
}

impl GradientRule for Lion {
    type State = LionState;

    const OPTIONS: OptionDefaults = OptionDefaults::DECOUPLED;

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut LionState) {
        for (d, m) in d.iter_mut().zip(&mut s.mean_gradient) {
            let g = *d;
            let c = self.beta1 * *m + (1.0 - self.beta1) * g;
            *m = self.beta2 * *m + (1.0 - self.beta2) * g;
            *d = -self.learning_rate * sign(c);
        }
    }
}
