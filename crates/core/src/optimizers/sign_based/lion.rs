//! Lion, the evolved sign momentum.

use super::step_sizes::sign;
use crate::optimizers::prelude::*;

/// Moves every weight by the same length, in the direction in which the gradients have pointed on the whole.
///
/// ```text
/// c = beta1 m + (1 - beta1) g
/// m <- beta2 m + (1 - beta2) g
/// w <- w - learning_rate (sign(c) + weight_decay w)
/// ```
///
/// As published; the defaults are those of the paper's program.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "lion",
    title = "Lion",
    family = SignBased,
    cite = "chen2023symbolic",
    kin = "sign descent",
    variant = "the sign is that of a mean of gradients",
    why = WHY
)]
pub struct Lion {
    /// Length of each weight's step.
    #[param(default = 1e-4, valid = positive, slider = 1e-6..=1.0, log)]
    pub learning_rate: f64,
    /// Share of the mean gradient in the direction of a step.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub beta1: f64,
    /// Share of the mean gradient that is kept from step to step.
    #[param(default = 0.99, valid = 0.0..1.0)]
    pub beta2: f64,
    /// Share of the weights that is taken away in each step, times the learning rate.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0)]
    pub weight_decay: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    StepReason::new(
        "goes by the learning rate, against the sign in which its gradients have pointed on the whole",
        "[-sign(beta1 * before(mean_gradient) + (1 - beta1) * gradient) * learning_rate]",
    ),
    StepReason::new(
        "goes by the learning rate, against the sign in which its gradients have pointed on the whole, and shrinks by a share of itself",
        "[-sign(beta1 * before(mean_gradient) + (1 - beta1) * gradient)] * learning_rate - [learning_rate * weight_decay * weight]",
    ),
];

/// What Lion remembers.
#[derive(Clone, Debug, Inspect)]
pub struct LionState {
    /// Decaying mean m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
}

impl GradientRule for Lion {
    type State = LionState;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut LionState) {
        for (d, m) in d.iter_mut().zip(&mut s.mean_gradient) {
            let g = *d;
            let c = self.beta1 * *m + (1.0 - self.beta1) * g;
            *m = self.beta2 * *m + (1.0 - self.beta2) * g;
            *d = -self.learning_rate * sign(c);
        }
        decouple(d, here.weights, self.learning_rate * self.weight_decay);
    }
}
