//! Nesterov momentum in the published form.

use crate::optimizers::prelude::*;

/// Updates the velocity with the gradient at the look-ahead point, which the velocity alone would reach.
///
/// ```text
/// v <- mu v - eta g(w + mu v)          w <- w + v
/// ```
///
/// The paper chooses a new mu in each step; here mu is constant. The wrapper `lookahead` does something else: it evaluates
/// gradients at the weights, and goes back part of the way after several steps.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "nesterov-lookahead",
    title = "Nesterov Look-Ahead",
    family = FirstOrder,
    cite = "nesterov1983method",
    variants_of = "momentum",
    variant = "gradient ahead of the weights; the step is the velocity",
    why = REASONS
)]
pub struct NesterovLookahead {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, torch = "lr")]
    pub learning_rate: f64,
    /// Momentum mu: the fraction of the velocity that is kept.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub momentum: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves by a fraction of its previous velocity, minus the learning rate times the gradient at the look-ahead point",
    "momentum * before(velocity) - learning_rate * gradient",
)];

/// The state of Nesterov look-ahead.
#[derive(Clone, Debug, Inspect)]
pub struct NesterovLookaheadState {
    /// Velocity v.
    #[quantity(Displacement)]
    pub velocity: Vec<f64>,
    /// Look-ahead point, at which the gradient was evaluated; the initial point before the first step.
    #[quantity(Position)]
    pub ahead: Vec<f64>,
    /// Gradient at the look-ahead point; zero before the first step.
    #[quantity(Gradient)]
    pub gradient: Vec<f64>,
}

impl GradientRule for NesterovLookahead {
    type State = NesterovLookaheadState;

    fn init(&self, w: &[f64], size: StateShape) -> NesterovLookaheadState {
        NesterovLookaheadState {
            ahead: w.to_vec(),
            ..NesterovLookaheadState::zeros(size.dim, size.runs)
        }
    }

    fn gradient_point<'s>(
        &self,
        w: &[f64],
        s: &'s mut NesterovLookaheadState,
    ) -> Option<&'s [f64]> {
        for ((ahead, w), v) in s.ahead.iter_mut().zip(w).zip(&s.velocity) {
            *ahead = w + self.momentum * v;
        }
        Some(&s.ahead)
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut NesterovLookaheadState) {
        s.gradient.copy_from_slice(d);
        for (d, v) in d.iter_mut().zip(&mut s.velocity) {
            *v = self.momentum * *v - self.learning_rate * *d;
            *d = *v;
        }
    }
}
