//! Gradient descent.

use crate::optimizers::prelude::*;

/// Goes straight downhill, as far as the slope is steep, or as far as a line search says.
///
/// ```text
/// w <- w - eta g          eta = learning_rate, or argmin over t of f(w - t g) where a search is given
/// ```
#[derive(Clone, Describe)]
#[entry(id = "gradient-descent", title = "Gradient Descent", family = FirstOrder, cite = "cauchy1847methode", why = WHY)]
pub struct GradientDescent {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, unless = "search")]
    pub learning_rate: f64,
    /// Line search that says how far to go in each step.
    pub search: Option<Arc<dyn LineSearch>>,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    StepReason::new(
        "goes against its gradient times the learning rate, the farther the steeper it is",
        "-learning_rate * gradient",
    ),
    StepReason::new(
        "goes against its gradient, as far as the line search says",
        "-factor * gradient",
    ),
];

impl GradientRule for GradientDescent {
    type State = ();

    fn displace(&self, d: &mut [f64], _: StepContext, (): &mut ()) {
        for d in d {
            *d *= -self.learning_rate;
        }
    }
}
