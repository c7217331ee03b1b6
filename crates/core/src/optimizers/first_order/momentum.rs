//! Momentum (the heavy-ball method).

use crate::optimizers::prelude::*;

/// Adds to each gradient step a fraction of the previous step, like a heavy ball that rolls downhill.
///
/// ```text
/// v <- mu v - (1 - dampening) eta g          w <- w + v
/// ```
///
/// The velocity includes the learning rate, as in the article. Other libraries multiply by the learning rate afterwards, which
/// is the same while it is constant. As in torch, the first step is not dampened.
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
    optax = "optax.sgd with momentum"
)]
pub struct Momentum {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, torch = "lr")]
    pub learning_rate: f64,
    /// Momentum mu: the fraction of the velocity that is kept.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub momentum: f64,
    /// Fraction by which the gradient is reduced in all steps except the first.
    #[param(default = 0.0, valid = 0.0..1.0)]
    pub dampening: f64,
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
];

/// The state of momentum.
#[derive(Clone, Debug, Inspect)]
pub struct MomentumState {
    /// Velocity v.
    #[quantity(Displacement)]
    pub velocity: Vec<f64>,
}

impl GradientRule for Momentum {
    type State = MomentumState;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentumState) {
        let damped = self.learning_rate * (1.0 - self.dampening);
        let rate = if here.epoch == 0 {
            self.learning_rate
        } else {
            damped
        };
        for (d, v) in d.iter_mut().zip(&mut s.velocity) {
            *v = self.momentum * *v - rate * *d;
            *d = *v;
        }
    }
}
