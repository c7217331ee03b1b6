//! Adagrad.

use crate::optimizers::prelude::*;

/// Gives every weight a step of its own, which is smaller the more gradient the weight has seen.
///
/// ```text
/// eta = learning_rate / (1 + learning_rate_decay t)          t = steps made
/// sum <- sum + g^2
/// w <- w - eta g / (sqrt(sum + epsilon_root) + epsilon)
/// ```
///
/// The form is torch's, the defaults too. The paper has no epsilon but a small `initial_accumulator`, and no
/// `learning_rate_decay`. optax: `initial_accumulator=0.1,epsilon=0,epsilon_root=1e-7`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adagrad",
    title = "Adagrad",
    family = Adaptive,
    cite = "duchi2011adaptive",
    kin = "Adagrad",
    variant = "divides by the root of the sum of all squares",
    why = WHY
)]
pub struct Adagrad {
    /// Learning rate of the first step.
    #[param(default = 0.01, valid = positive, slider = 1e-4..=10.0, log)]
    pub learning_rate: f64,
    /// Pace at which the learning rate falls besides.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1)]
    pub learning_rate_decay: f64,
    /// What the sum of squares begins with.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0)]
    pub initial_accumulator: f64,
    /// Added to the root, so that it is never zero.
    #[param(default = 1e-10, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub epsilon: f64,
    /// Added below the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01)]
    pub epsilon_root: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "goes against its gradient, divided by the root of the sum of the squares of all that it had, which only grows",
    "-[learning_rate / (1 + learning_rate_decay * (t - 1))] * gradient / [sqrt(sum_of_squares + epsilon_root) + epsilon]",
)];

/// What Adagrad remembers.
#[derive(Clone, Debug, Inspect)]
pub struct AdagradState {
    /// Sum of the squares of all gradients.
    #[quantity(GradientSquared)]
    pub sum_of_squares: Vec<f64>,
}

impl GradientRule for Adagrad {
    type State = AdagradState;

    fn init(&self, _: &[f64], size: StateShape) -> AdagradState {
        AdagradState {
            sum_of_squares: vec![self.initial_accumulator; size.weights()],
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AdagradState) {
        let rate = self.learning_rate / (1.0 + self.learning_rate_decay * here.epoch as f64);
        for (d, sum) in d.iter_mut().zip(&mut s.sum_of_squares) {
            *sum += *d * *d;
            *d *= -rate / ((*sum + self.epsilon_root).sqrt() + self.epsilon);
        }
    }
}
