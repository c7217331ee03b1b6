//! Momentum, the heavy ball.

use crate::optimizers::prelude::*;

/// Rolls downhill like a heavy ball: keeps part of its velocity from step to step.
///
/// ```text
/// v <- mu v - (1 - dampening) eta g          w <- w + v
/// ```
///
/// The velocity holds the learning rate, as in the article; other libraries multiply by it afterwards, which is
/// the same as long as the learning rate does not change. As in torch, the first step is not damped.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "momentum",
    title = "Momentum",
    family = FirstOrder,
    cite = "polyak1964some",
    kin = "momentum",
    variant = "the gradient is taken at the weights, and the step is the velocity",
    why = WHY
)]
pub struct Momentum {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient)]
    pub learning_rate: f64,
    /// Share mu of the velocity that is kept.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub momentum: f64,
    /// Share of the gradient that is left out once there is a velocity.
    #[param(default = 0.0, valid = 0.0..1.0)]
    pub dampening: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    StepReason::new(
        "keeps a share of the velocity that it had and is pushed against its gradient",
        "momentum * before(velocity) - learning_rate * gradient",
    ),
    StepReason::new(
        "keeps a share of the velocity that it had and is pushed against a share of its gradient",
        "momentum * before(velocity) - [learning_rate * (1 - dampening)] * gradient",
    ),
];

/// What momentum remembers.
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
