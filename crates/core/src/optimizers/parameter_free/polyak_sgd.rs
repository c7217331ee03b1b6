//! Gradient descent with Polyak's step size.

use super::squared_norm;
use crate::optimizers::prelude::*;

/// Moves against the gradient as far as the loss would need to fall to its minimum if it were linear.
///
/// ```text
/// step = min(max(E - minimum, 0) / |g|^2, max_step)
/// w <- w - learning_rate step g
/// ```
///
/// The minimum of the loss must be known; networks that fit all samples have 0, the default of optax. The limit is that of the
/// stochastic Polyak step size (SPS), and the form that of optax. Polyak's rule has no limit: `max_step=1e300`.
#[derive(Clone, Debug, Describe)]
#[entry(id = "polyak-sgd", title = "Polyak step size", family = ParameterFree, cite = "loizou2021stochastic", why = REASONS, optax = "optax.polyak_sgd")]
pub struct PolyakSgd {
    /// Factor of the step size.
    #[param(default = 1.0, valid = positive, slider = 0.01..=2.0, log, optax = "scaling")]
    pub learning_rate: f64,
    /// Maximum of the step size.
    #[param(default = 1.0, valid = positive, slider = 0.01..=1000.0, log, optax = "max_learning_rate")]
    pub max_step: f64,
    /// The minimum of the loss, by default the loss at the known minimum of the problem, or 0. At a smaller loss, the run rests.
    #[param(default = 0.0, valid = -1e9..=1e9, slider = 0.0..=1.0, loss_bound, optax = "f_min=0")]
    pub minimum: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its gradient, with the step size at which a linear loss would fall to its minimum, or the largest one",
    "-[learning_rate * step_size] * gradient",
)];

/// The state of Polyak's step size.
#[derive(Clone, Debug, Inspect)]
pub struct PolyakState {
    /// Step size of this step without the learning rate.
    #[quantity(Number)]
    pub step_size: PerRunScalar,
}

impl GradientRule for PolyakSgd {
    type State = PolyakState;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut PolyakState) {
        let gap = (here.losses[0] - self.minimum).max(0.0);
        let square = squared_norm(d);
        let step = if square <= f64::EPSILON {
            0.0
        } else {
            (gap / square).min(self.max_step)
        };
        s.step_size.0[0] = step;
        for d in d {
            *d *= -self.learning_rate * step;
        }
    }
}
