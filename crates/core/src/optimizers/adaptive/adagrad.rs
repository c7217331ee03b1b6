//! Adagrad.

use crate::optimizers::prelude::*;

/// Divides the gradient of each weight by the root of the sum of its squared gradients so far.
///
/// ```text
/// eta = learning_rate / (1 + learning_rate_decay t)          t = number of steps before this one
/// sum <- sum + g^2
/// w <- w - eta g / (sqrt(sum + epsilon_root) + epsilon)
/// ```
///
/// The form and the defaults are those of torch. The paper has a small `initial_accumulator` instead of epsilon, and no
/// `learning_rate_decay`. The form of optax is `initial_accumulator=0.1,epsilon=0,epsilon_root=1e-7`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adagrad",
    title = "Adagrad",
    family = Adaptive,
    cite = "duchi2011adaptive",
    variants_of = "Adagrad",
    variant = "root of the sum of all squared gradients",
    why = REASONS,
    torch = "torch.optim.Adagrad",
    torch_options = "weight_decay",
    optax = "optax.adagrad",
    keras = "keras.optimizers.Adagrad"
)]
pub struct Adagrad {
    /// Learning rate of the first step.
    #[param(default = 0.01, valid = positive, slider = 1e-4..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Additional decay of the learning rate per step.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1, torch = "lr_decay")]
    pub learning_rate_decay: f64,
    /// Initial value of the sum of squared gradients.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0, torch = "initial_accumulator_value", optax = "initial_accumulator_value=0.1")]
    pub initial_accumulator: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-10, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "=0")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps=1e-7")]
    pub epsilon_root: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its gradient, divided by the root of the sum of its squared gradients so far",
    "-[learning_rate / (1 + learning_rate_decay * (t - 1))] * gradient / [sqrt(sum_of_squares + epsilon_root) + epsilon]",
)];

/// The state of Adagrad.
#[derive(Clone, Debug, Inspect)]
pub struct AdagradState {
    /// Sum of the squared gradients so far, plus the initial value.
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

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AdagradState) {
        let rate = self.learning_rate / (1.0 + self.learning_rate_decay * here.epoch as f64);
        for (d, sum) in d.iter_mut().zip(&mut s.sum_of_squares) {
            *sum += *d * *d;
            *d *= -rate / ((*sum + self.epsilon_root).sqrt() + self.epsilon);
        }
    }

    fn is_autonomous(&self) -> bool {
        self.learning_rate_decay == 0.0
    }
}
