//! Adadelta.

use super::means::take_in_squares;
use crate::optimizers::prelude::*;

/// Gives every weight steps of the size that its last steps had, scaled by how its gradient compares with the last
/// ones: no learning rate has to be found.
///
/// ```text
/// r <- rho r + (1 - rho) g^2
/// u = sqrt(q + epsilon) / sqrt(r + epsilon) g
/// q <- rho q + (1 - rho) u^2
/// w <- w - learning_rate u
/// ```
///
/// As published, where the learning rate is 1; rho is torch's. The first steps have the size of the root of epsilon.
/// On Rosenbrock the comparison with optax stops at epoch 130: from there on the run jumps across the valley, and the last
/// bit of a weight decides where it lands.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adadelta",
    title = "Adadelta",
    family = Adaptive,
    cite = "zeiler2012adadelta",
    kin = "Adagrad",
    variant = "divides by the root of a mean of squares and multiplies by that of the steps",
    why = WHY
)]
pub struct Adadelta {
    /// Factor on every step.
    #[param(default = 1.0, valid = positive, slider = 1e-3..=100.0, log)]
    pub learning_rate: f64,
    /// Share rho of the mean squares that is kept from step to step.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub rho: f64,
    /// Added below both roots, so that the first step is not zero.
    #[param(default = 1e-6, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub epsilon: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "goes against its gradient, times the size of its steps of late, which begins at the root of epsilon, divided by the size of its gradients of late",
    "-learning_rate * [sqrt(before(mean_square_step) + epsilon)] / [sqrt(mean_square + epsilon)] * gradient",
)];

/// What Adadelta remembers.
#[derive(Clone, Debug, Inspect)]
pub struct AdadeltaState {
    /// Decaying mean r of the squares of the gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Decaying mean q of the squares of the steps, before the learning rate.
    #[quantity(Number)]
    pub mean_square_step: Vec<f64>,
}

impl GradientRule for Adadelta {
    type State = AdadeltaState;

    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut AdadeltaState) {
        take_in_squares(&mut s.mean_square, d, self.rho);
        let squares = s.mean_square.iter().zip(&s.mean_square_step);
        for (d, (r, q)) in d.iter_mut().zip(squares) {
            *d *= (q + self.epsilon).sqrt() / (r + self.epsilon).sqrt();
        }
        take_in_squares(&mut s.mean_square_step, d, self.rho);
        for d in d {
            *d *= -self.learning_rate;
        }
    }
}
