//! Momentum (the heavy-ball method).

use super::velocity::VelocityScale;
use crate::optimizers::prelude::*;

/// Adds to each gradient step a fraction of the previous step, like a heavy ball that rolls downhill.
///
/// ```text
/// v <- mu v - (1 - dampening) eta g          w <- w + v
/// ```
///
/// The velocity includes the learning rate, as in the article. Other libraries multiply by the learning rate afterwards, which
/// is the same while it is constant. Under a schedule, `rescale_velocity=true` gives their steps: the velocity changes by the
/// same factor as the learning rate. As in torch, the first step is not dampened.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "momentum",
    title = "Momentum",
    family = FirstOrder,
    cite = "polyak1964some",
    variants_of = "momentum",
    variant = "gradient at the weights; the step is the velocity",
    why = REASONS,
    torch = "torch.optim.SGD with momentum",
    torch_options = "weight_decay",
    optax = "optax.sgd with momentum",
    keras = "keras.optimizers.SGD with momentum"
)]
pub struct Momentum {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, torch = "lr=0.001", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Momentum mu: the fraction of the velocity that is kept.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "momentum", optax = "momentum")]
    pub momentum: f64,
    /// Fraction by which the gradient is reduced in all steps except the first.
    #[param(default = 0.0, valid = 0.0..1.0, torch = "dampening")]
    pub dampening: f64,
    /// Whether the velocity is rescaled when a schedule changes the learning rate, as in torch and optax.
    #[param(default = false, torch = "=true", optax = "=true")]
    pub rescale_velocity: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves by a fraction of its previous velocity, minus the learning rate times its gradient",
        "momentum * before(velocity) - learning_rate * gradient",
    ),
    StepReason::new(
        "moves by a fraction of its previous velocity, minus the dampened learning rate times its gradient",
        "momentum * before(velocity) - [learning_rate * (1 - dampening)] * gradient",
    ),
    StepReason::new(
        "moves by a fraction of its previous velocity, rescaled to the new learning rate, minus the learning rate times its gradient",
        "[momentum * learning_rate / before(learning_rate)] * before(velocity) - [learning_rate * (1 - dampening)] * gradient",
    ),
];

/// The state of momentum.
#[derive(Clone, Debug, Inspect)]
pub struct MomentumState {
    /// Velocity v.
    #[quantity(Displacement)]
    pub velocity: Vec<f64>,
    #[scratch]
    scale: VelocityScale,
}

impl GradientRule for Momentum {
    type State = MomentumState;

    fn init(&self, _: &[f64], size: StateShape) -> MomentumState {
        MomentumState {
            scale: VelocityScale::new(self.learning_rate),
            ..MomentumState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentumState) {
        let factors = s.scale.factors(self.learning_rate, self.rescale_velocity);
        let damped = factors.push * (1.0 - self.dampening);
        let rate = if here.epoch == 0 {
            factors.push
        } else {
            damped
        };
        let momentum = self.momentum * factors.keep;
        for (d, v) in d.iter_mut().zip(&mut s.velocity) {
            *v = momentum * *v - rate * *d;
            *d = factors.step * *v;
        }
    }

    fn ignores_step_number(&self) -> bool {
        self.dampening == 0.0
    }
}
