//! Nesterov momentum in the published form.

use crate::optimizers::prelude::*;

/// Updates the velocity with the gradient at the look-ahead point, which the velocity alone would reach.
///
/// ```text
/// v <- mu v - eta g(w + mu v)          w <- w + v
/// ```
///
/// The paper chooses a new mu in each step; here mu is constant.
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

impl Optimizer for NesterovLookahead {
    type State = NesterovLookaheadState;

    fn start(&self, w: &[f64], _: &mut Oracle) -> NesterovLookaheadState {
        NesterovLookaheadState {
            ahead: w.to_vec(),
            ..NesterovLookaheadState::zeros(w.len(), 1)
        }
    }

    fn step(
        &self,
        w: &mut [f64],
        s: &mut NesterovLookaheadState,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        for ((ahead, w), v) in s.ahead.iter_mut().zip(&*w).zip(&s.velocity) {
            *ahead = w + self.momentum * v;
        }
        oracle.value_and_gradient(&s.ahead, &mut s.gradient);
        if is_zero(&s.gradient) && is_zero(&s.velocity) && oracle.is_deterministic() {
            return StepOutcome::AtRest;
        }
        for ((w, v), g) in w.iter_mut().zip(&mut s.velocity).zip(&s.gradient) {
            *v = self.momentum * *v - self.learning_rate * g;
            *w += *v;
        }
        StepOutcome::Continue
    }
}
