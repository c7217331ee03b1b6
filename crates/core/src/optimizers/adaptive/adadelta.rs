//! Adadelta.

use super::means::update_mean_square;
use crate::optimizers::prelude::*;

/// Multiplies the gradient by the root mean square of past steps, divided by the root mean square of past gradients.
///
/// ```text
/// r <- rho r + (1 - rho) g^2
/// u = sqrt(q + epsilon) / sqrt(r + epsilon) g
/// q <- rho q + (1 - rho) u^2
/// w <- w - learning_rate u
/// ```
///
/// This is the published form, in which the learning rate is 1. The default of rho is that of torch. The first steps are
/// about as long as the root of epsilon. On Rosenbrock the comparison with optax ends at epoch 130: from there on the run
/// jumps across the valley, and the last bit of a weight decides where it continues.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adadelta",
    title = "Adadelta",
    family = Adaptive,
    cite = "zeiler2012adadelta",
    variants_of = "Adagrad",
    variant = "root mean square of the gradients; the root mean square of the steps replaces the learning rate",
    why = REASONS,
    torch = "torch.optim.Adadelta",
    torch_options = "weight_decay",
    optax = "optax.adadelta",
    optax_options = "weight_decay",
    keras = "keras.optimizers.Adadelta"
)]
pub struct Adadelta {
    /// Factor of every step.
    #[param(default = 1.0, valid = positive, slider = 1e-3..=100.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate rho of both mean squares.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "rho", optax = "rho")]
    pub rho: f64,
    /// Added under both roots, so that the first step is not zero.
    #[param(default = 1e-6, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "eps")]
    pub epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its gradient, multiplied by the root of its mean squared step so far and divided by the root of its mean squared gradient, both without bias correction",
    "-learning_rate * [sqrt(before(mean_square_step) + epsilon)] / [sqrt(mean_square + epsilon)] * gradient",
)];

/// The state of Adadelta.
#[derive(Clone, Debug, Inspect)]
pub struct AdadeltaState {
    /// Moving average r of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Moving average q of the squared steps u, without the learning rate.
    #[quantity(Number)]
    pub mean_square_step: Vec<f64>,
}

impl GradientRule for Adadelta {
    type State = AdadeltaState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut AdadeltaState) {
        update_mean_square(&mut s.mean_square, d, self.rho);
        let squares = s.mean_square.iter().zip(&s.mean_square_step);
        for (d, (r, q)) in d.iter_mut().zip(squares) {
            *d *= (q + self.epsilon).sqrt() / (r + self.epsilon).sqrt();
        }
        update_mean_square(&mut s.mean_square_step, d, self.rho);
        for d in d {
            *d *= -self.learning_rate;
        }
    }
}
