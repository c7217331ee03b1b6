//! Gradient descent.

use crate::optimizers::prelude::*;

/// Moves by minus the learning rate times the gradient, or against the gradient with a line search.
///
/// ```text
/// w <- w - eta g          eta = learning_rate, or from the search along -g
/// ```
#[derive(Clone, Describe)]
#[entry(id = "gradient-descent", title = "Gradient Descent", family = FirstOrder, cite = "cauchy1847methode", why = REASONS, torch = "torch.optim.SGD", torch_options = "weight_decay", optax = "optax.sgd", keras = "keras.optimizers.SGD")]
pub struct GradientDescent {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, unless = "search", torch = "lr=0.001", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Line search that selects the step size.
    pub search: Option<Arc<dyn LineSearch>>,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves by minus the learning rate times its gradient",
        "-learning_rate * gradient",
    ),
    StepReason::new(
        "moves against its gradient, scaled by the step size",
        "-factor * gradient",
    ),
];

impl GradientRule for GradientDescent {
    type State = ();

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, (): &mut ()) {
        for d in d {
            *d *= -self.learning_rate;
        }
    }
}
