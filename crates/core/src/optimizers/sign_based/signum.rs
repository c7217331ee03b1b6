//! Signum (signSGD with momentum).

use super::step_sizes::sign;
use crate::optimizers::prelude::*;

/// Moves every weight by the learning rate, against the sign of its mean gradient.
///
/// ```text
/// m <- beta m + (1 - beta) g
/// w <- w - learning_rate sign(m)
/// ```
///
/// This is the published form and that of optax.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "signum",
    title = "Signum",
    family = SignBased,
    cite = "bernstein2018signsgd",
    variants_of = "sign descent",
    variant = "sign of the mean gradient",
    why = REASONS,
    optax = "optax.signum"
)]
pub struct Signum {
    /// Learning rate: the length of each weight's step.
    #[param(default = 0.01, valid = positive, slider = 1e-6..=1.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "beta")]
    pub beta: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves by the learning rate against the sign of its mean gradient",
    "[-sign(mean_gradient) * learning_rate]",
)];

/// The state of Signum.
#[derive(Clone, Debug, Inspect)]
pub struct SignumState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
}

impl GradientRule for Signum {
    type State = SignumState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut SignumState) {
        for (d, m) in d.iter_mut().zip(&mut s.mean_gradient) {
            *m = self.beta * *m + (1.0 - self.beta) * *d;
            *d = -self.learning_rate * sign(*m);
        }
    }
}
