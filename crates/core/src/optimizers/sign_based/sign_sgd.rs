//! Gradient descent with the signs of the gradient (signSGD).

use super::step_sizes::sign;
use crate::optimizers::prelude::*;

/// Moves every weight by the learning rate, against the sign of its gradient.
///
/// ```text
/// w <- w - learning_rate sign(g)
/// ```
///
/// This is the published form. Neither the paper nor optax has a default learning rate.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "sign-sgd",
    title = "signSGD",
    family = SignBased,
    cite = "bernstein2018signsgd",
    variants_of = "sign descent",
    variant = "sign of the gradient itself",
    why = REASONS,
    optax = "optax.sign_sgd"
)]
pub struct SignSgd {
    /// Learning rate: the length of each weight's step.
    #[param(default = 0.01, valid = positive, slider = 1e-6..=1.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves by the learning rate against the sign of its gradient",
    "[-sign(gradient) * learning_rate]",
)];

impl GradientRule for SignSgd {
    type State = ();

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, (): &mut ()) {
        for d in d {
            *d = -self.learning_rate * sign(*d);
        }
    }
}
