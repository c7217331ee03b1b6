//! Nesterov's momentum, as libraries have it.

use crate::optimizers::prelude::*;

/// Rolls downhill like a heavy ball, and goes at once as far as its new velocity would take it next.
///
/// ```text
/// v <- mu v - eta g          w <- w + mu v - eta g
/// ```
///
/// torch, optax and TensorFlow have this form: the paper's, seen from the point ahead. The gradient is taken at the
/// weights, which stand where `nesterov-lookahead` looks. As in `momentum`, the velocity holds the learning rate.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "nesterov",
    title = "Nesterov Momentum",
    family = FirstOrder,
    cite = "sutskever2013importance",
    kin = "momentum",
    variant = "the gradient is taken at the weights, and the step is the velocity that follows from it",
    why = WHY
)]
pub struct Nesterov {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient)]
    pub learning_rate: f64,
    /// Share mu of the velocity that is kept.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub momentum: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "goes as far as a share of its new velocity will take it next, and is pushed against its gradient",
    "momentum * velocity - learning_rate * gradient",
)];

/// What Nesterov's momentum remembers.
#[derive(Clone, Debug, Inspect)]
pub struct NesterovState {
    /// Velocity v.
    #[quantity(Displacement)]
    pub velocity: Vec<f64>,
}

impl GradientRule for Nesterov {
    type State = NesterovState;

    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut NesterovState) {
        for (d, v) in d.iter_mut().zip(&mut s.velocity) {
            let push = self.learning_rate * *d;
            *v = self.momentum * *v - push;
            *d = self.momentum * *v - push;
        }
    }
}
