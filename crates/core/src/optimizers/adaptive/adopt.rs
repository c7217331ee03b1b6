//! ADOPT.

use super::means::update_mean_square;
use crate::optimizers::prelude::*;

/// Moves against the mean of the gradients, each divided by the root of the mean square of the gradients before it.
///
/// ```text
/// v <- g^2                                                        in the first step, which does not move
/// m <- beta1 m + (1 - beta1) clip(g / max(sqrt(v), epsilon))      limited to -c and c, with c = (t - 1)^(1/4)
/// w <- w - learning_rate m
/// v <- beta2 v + (1 - beta2) g^2
/// ```
///
/// The divisor does not contain the gradient of the step, so the method converges with any beta2. This is the published form
/// and that of optax. `clipping=false` removes the limit, as in the first version of the paper.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adopt",
    title = "ADOPT",
    family = Adaptive,
    cite = "taniguchi2024adopt",
    variants_of = "Adam",
    variant = "mean of gradients that are divided before they are averaged",
    why = REASONS,
    optax = "optax.contrib.adopt",
    pytorch_optimizer = "pytorch_optimizer.ADOPT"
)]
pub struct Adopt {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean of the divided gradients.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.9999, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
    /// Minimum of the divisor.
    #[param(default = 1e-6, valid = positive, slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
    /// Whether the divided gradients are limited.
    #[param(default = true, optax = "use_clipping")]
    pub clipping: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against the mean of its divided gradients",
    "-learning_rate * mean_divided_gradient",
)];

/// The state of ADOPT.
#[derive(Clone, Debug, Inspect)]
pub struct AdoptState {
    /// Moving average m of the divided gradients; zero after the first step, which only measures v.
    #[quantity(Number)]
    pub mean_divided_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
}

impl GradientRule for Adopt {
    type State = AdoptState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AdoptState) {
        if here.epoch == 0 {
            for (d, v) in d.iter_mut().zip(&mut s.mean_square) {
                *v = *d * *d;
                *d = 0.0;
            }
            return;
        }
        let limit = if self.clipping {
            (here.epoch as f64).sqrt().sqrt()
        } else {
            f64::INFINITY
        };
        let means = s.mean_divided_gradient.iter_mut().zip(&s.mean_square);
        for (g, (m, v)) in d.iter().zip(means) {
            let divided = (g / v.sqrt().max(self.epsilon)).clamp(-limit, limit);
            *m = self.beta1 * *m + (1.0 - self.beta1) * divided;
        }
        update_mean_square(&mut s.mean_square, d, self.beta2);
        for (d, m) in d.iter_mut().zip(&s.mean_divided_gradient) {
            *d = -self.learning_rate * m;
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
