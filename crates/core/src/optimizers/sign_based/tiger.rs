//! Tiger.

use super::step_sizes::sign;
use crate::optimizers::prelude::*;

/// Moves every weight by the learning rate, against the sign of its mean gradient, and shrinks it by a fraction.
///
/// ```text
/// m <- beta m + (1 - beta) g
/// w <- (1 - learning_rate weight_decay) w - learning_rate sign(m)
/// ```
///
/// This is `lion` with one decay rate for both of its averages, and `signum` with a decoupled weight decay. It is the form of
/// `pytorch_optimizer`; the author's program also scales the learning rate of each matrix by the root mean square of its
/// weights.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "tiger",
    title = "Tiger",
    family = SignBased,
    cite = "su2023tiger",
    variants_of = "sign descent",
    variant = "sign of the mean gradient, with decoupled weight decay",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.Tiger"
)]
pub struct Tiger {
    /// Learning rate: the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-6..=1.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.965, valid = 0.0..1.0)]
    pub beta: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves by the learning rate against the sign of its mean gradient",
    "[-sign(mean_gradient) * learning_rate]",
)];

/// The state of Tiger.
#[derive(Clone, Debug, Inspect)]
pub struct TigerState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
}

impl GradientRule for Tiger {
    type State = TigerState;

    const OPTIONS: OptionDefaults = OptionDefaults {
        weight_decay: 0.01,
        ..OptionDefaults::DECOUPLED
    };

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut TigerState) {
        for (d, m) in d.iter_mut().zip(&mut s.mean_gradient) {
            *m = self.beta * *m + (1.0 - self.beta) * *d;
            *d = -self.learning_rate * sign(*m);
        }
    }
}
