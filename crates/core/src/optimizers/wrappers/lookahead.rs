//! Lookahead.

use super::Wrapper;
use crate::{
    optimizers::prelude::*,
    run::optimizer::{ConfiguredOptimizer, Stepper},
};

/// Lets another optimizer make several fast steps, then goes back to a point between the last slow weights and the fast ones.
///
/// ```text
/// fast <- step of the wrapped optimizer
/// every period steps:  slow <- slow + pull (fast - slow)          fast <- slow
/// ```
///
/// This is the form of the paper and of optax. The path and the loss of a run are those of the fast weights; the slow weights
/// are in the state. With `pull=1` it is the wrapped optimizer. Despite its name, `nesterov-lookahead` does something else: it
/// evaluates each gradient ahead of the weights and never goes back, whereas this evaluates gradients at the weights and goes
/// back after several steps.
#[derive(Clone, Describe)]
#[entry(
    id = "lookahead",
    title = "Lookahead",
    family = Wrapper,
    cite = "zhang2019lookahead",
    why = REASONS,
    optax = "optax.lookahead"
)]
pub struct Lookahead {
    /// The optimizer that makes the fast steps.
    #[param(default = "momentum")]
    pub of: Arc<dyn ConfiguredOptimizer>,
    /// Number of fast steps until the weights go back.
    #[param(default = 6, valid = 1.0..=1e9, slider = 1.0..=50.0, optax = "sync_period")]
    pub period: u64,
    /// Fraction of the way from the slow weights to the fast ones that is kept; 1 keeps all of it.
    #[param(default = 0.5, valid = open(0.0..2.0), slider = 0.05..=1.0, optax = "slow_step_size")]
    pub pull: f64,
    /// Whether the wrapped optimizer starts anew after the weights go back.
    #[param(default = false, optax = "reset_state")]
    pub reset: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "goes back to a point between the slow weights and the fast ones",
    "(slow_weights - weight) / sign([abs(slow_weights - before(slow_weights))])",
)];

/// The state of lookahead.
#[derive(Clone, Debug, Inspect)]
pub struct LookaheadState {
    /// Slow weights, from which the fast steps began.
    #[quantity(Position)]
    pub slow_weights: Vec<f64>,
    /// Number of fast steps since then.
    #[scratch]
    steps: u64,
}

impl Wrapper for Lookahead {
    type State = LookaheadState;
    const NEEDS_GRADIENT_RULE: bool = false;

    fn of(&self) -> &Arc<dyn ConfiguredOptimizer> {
        &self.of
    }

    fn begin(&self, w: &[f64]) -> LookaheadState {
        LookaheadState {
            slow_weights: w.to_vec(),
            steps: 0,
        }
    }

    fn step(
        &self,
        w: &mut [f64],
        state: &mut LookaheadState,
        inner: &mut Box<dyn Stepper>,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        match inner.step(w, oracle) {
            // At rest, the weights can still go back.
            StepOutcome::AtRest if *w == *state.slow_weights => return StepOutcome::AtRest,
            StepOutcome::Continue | StepOutcome::AtRest => {}
            stop @ StepOutcome::Stop(_) => return stop,
        }
        state.steps += 1;
        if state.steps < self.period {
            return StepOutcome::Continue;
        }
        state.steps = 0;
        for (slow, fast) in state.slow_weights.iter_mut().zip(&mut *w) {
            // A sum with a difference would be rounded.
            *slow = if self.pull == 1.0 {
                *fast
            } else {
                *slow + self.pull * (*fast - *slow)
            };
            *fast = *slow;
        }
        if self.reset {
            *inner = self.of.start(w, oracle);
        }
        StepOutcome::Continue
    }

    fn is_autonomous(&self) -> bool {
        self.pull == 1.0 && !self.reset
    }
}
