//! Nesterov momentum in the form of common libraries.

use super::velocity::VelocityScale;
use crate::optimizers::prelude::*;

/// Adds to each gradient step a fraction of the updated velocity instead of the previous one.
///
/// ```text
/// v <- mu v - eta g          w <- w + mu v - eta g
/// ```
///
/// This is the form of torch, optax, and TensorFlow: the published form, expressed in the look-ahead point. The weights here
/// are the points at which `nesterov-lookahead` evaluates the gradient. As in `momentum`, the velocity includes the learning
/// rate, and `rescale_velocity=true` gives the steps of these libraries under a schedule.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "nesterov",
    title = "Nesterov Momentum",
    family = FirstOrder,
    cite = "sutskever2013importance",
    variants_of = "momentum",
    variant = "gradient at the weights; the step looks one velocity ahead",
    why = REASONS,
    torch = "torch.optim.SGD with momentum and nesterov=True",
    torch_options = "weight_decay",
    optax = "optax.sgd with momentum and nesterov=True",
    keras = "keras.optimizers.SGD with momentum and nesterov=True"
)]
pub struct Nesterov {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, torch = "lr=0.001", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Momentum mu: the fraction of the velocity that is kept.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "momentum", optax = "momentum")]
    pub momentum: f64,
    /// Whether the velocity is rescaled when a schedule changes the learning rate, as in torch and optax.
    #[param(default = false, torch = "=true", optax = "=true")]
    pub rescale_velocity: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves by a fraction of its updated velocity, minus the learning rate times its gradient",
    "momentum * velocity - learning_rate * gradient",
)];

/// The state of Nesterov momentum.
#[derive(Clone, Debug, Inspect)]
pub struct NesterovState {
    /// Velocity v.
    #[quantity(Displacement)]
    pub velocity: Vec<f64>,
    #[scratch]
    scale: VelocityScale,
}

impl GradientRule for Nesterov {
    type State = NesterovState;

    fn init(&self, _: &[f64], size: StateShape) -> NesterovState {
        NesterovState {
            scale: VelocityScale::new(self.learning_rate),
            ..NesterovState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut NesterovState) {
        let factors = s.scale.factors(self.learning_rate, self.rescale_velocity);
        let momentum = self.momentum * factors.keep;
        for (d, v) in d.iter_mut().zip(&mut s.velocity) {
            let push = factors.push * *d;
            *v = momentum * *v - push;
            *d = factors.step * (self.momentum * *v - push);
        }
    }
}
