//! Descent by signs (signSGD).

use super::step_sizes::sign;
use crate::optimizers::prelude::*;

/// Moves every weight by the same length, against the sign of its gradient.
///
/// ```text
/// w <- w - learning_rate sign(g)
/// ```
///
/// As published. Neither the paper nor optax has a default learning rate.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "sign-sgd",
    title = "signSGD",
    family = SignBased,
    cite = "bernstein2018signsgd",
    kin = "sign descent",
    variant = "the sign is that of the gradient itself",
    why = WHY
)]
pub struct SignSgd {
    /// Length of each weight's step.
    #[param(default = 0.01, valid = positive, slider = 1e-6..=1.0, log)]
    pub learning_rate: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "goes by the learning rate, against the sign of its gradient",
    "[-sign(gradient) * learning_rate]",
)];

impl GradientRule for SignSgd {
    type State = ();

    fn displace(&self, d: &mut [f64], _: StepContext, (): &mut ()) {
        for d in d {
            *d = -self.learning_rate * sign(*d);
        }
    }
}
