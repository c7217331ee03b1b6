//! Nesterov's momentum, as published.

use crate::optimizers::prelude::*;

/// Rolls downhill like a heavy ball that feels the slope where it is about to be.
///
/// ```text
/// v <- mu v - eta g(w + mu v)          w <- w + v
/// ```
///
/// The paper chooses mu anew in each step; here it stays as it is set.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "nesterov-lookahead",
    title = "Nesterov Look-Ahead",
    family = FirstOrder,
    cite = "nesterov1983method",
    kin = "momentum",
    variant = "the gradient is taken ahead of the weights, and the step is the velocity",
    why = WHY
)]
pub struct NesterovLookahead {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient)]
    pub learning_rate: f64,
    /// Share mu of the velocity that is kept.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub momentum: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "keeps a share of the velocity that it had and is pushed against the gradient that was taken ahead",
    "momentum * before(velocity) - learning_rate * gradient",
)];

/// What Nesterov's look-ahead remembers.
#[derive(Clone, Debug, Inspect)]
pub struct NesterovLookaheadState {
    /// Velocity v.
    #[quantity(Displacement)]
    pub velocity: Vec<f64>,
    /// Weights at which the gradient was taken, ahead of where the step began; the start before the first.
    #[quantity(Position)]
    pub ahead: Vec<f64>,
    /// Gradient there; zero before the first step.
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
        if s.gradient.iter().chain(&s.velocity).all(|x| *x == 0.0) {
            return StepOutcome::Stop(StopReason::Converged);
        }
        for ((w, v), g) in w.iter_mut().zip(&mut s.velocity).zip(&s.gradient) {
            *v = self.momentum * *v - self.learning_rate * g;
            *w += *v;
        }
        StepOutcome::Continue
    }
}
