//! Gradient accumulation.

use super::Wrapper;
use crate::{
    optimizers::prelude::*,
    run::{
        optimizer::{ConfiguredOptimizer, Stepper},
        oracle::GradientTransform,
    },
};

/// Lets another optimizer make one step for every few gradients, with their mean, as if the mini-batches were larger.
///
/// ```text
/// mean <- mean + (g - mean) / n          n = 1 for the first gradient after a step
/// step of the wrapped optimizer with the mean when n = every
/// ```
///
/// The weights stay in place while gradients accumulate; each gradient counts as an epoch. The paper calls these delayed
/// updates; this is `optax.MultiSteps`. Each gradient is one that the wrapped optimizer would use: of `sharpness-aware`, it is
/// the gradient uphill of the weights. With `every=1` it is the wrapped optimizer.
#[derive(Clone, Describe)]
#[entry(
    id = "accumulate",
    title = "Accumulation",
    family = Wrapper,
    cite = "ott2018scaling",
    why = REASONS,
    optax = "optax.MultiSteps"
)]
pub struct Accumulate {
    /// The optimizer that makes the steps.
    #[param(default = "momentum")]
    pub of: Arc<dyn ConfiguredOptimizer>,
    /// Number of gradients for each step.
    #[param(default = 4, valid = 1.0..=1e9, slider = 1.0..=50.0, optax = "every_k_schedule")]
    pub every: u64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "stays in place while gradients accumulate",
    "0 / sign(accumulated)",
)];

/// The state of accumulation.
#[derive(Clone, Debug, Inspect)]
pub struct AccumulateState {
    /// Mean of the gradients that wait for the next step of the wrapped optimizer, or the mean that this step used; zero before
    /// the first step.
    #[quantity(Gradient)]
    pub gradient: Vec<f64>,
    /// Number of gradients that wait for the next step.
    #[quantity(Number)]
    pub accumulated: SharedScalar,
}

impl AccumulateState {
    /// Adds the gradient `g` (dim) to the mean.
    fn add(&mut self, g: &[f64]) {
        let count = self.accumulated.0 + 1.0;
        self.accumulated.0 = count;
        for (mean, g) in self.gradient.iter_mut().zip(g) {
            // The mean of one gradient is the gradient, including the sign of zero.
            *mean = if count == 1.0 {
                *g
            } else {
                *mean + (g - *mean) / count
            };
        }
    }
}

impl GradientTransform for AccumulateState {
    fn value_and_gradient(&mut self, oracle: &mut Oracle, w: &[f64], g: &mut [f64]) -> f64 {
        let loss = oracle.value_and_gradient(w, g);
        self.add(g);
        g.copy_from_slice(&self.gradient);
        loss
    }

    fn acts_last(&self) -> bool {
        true
    }
}

impl Default for AccumulateState {
    fn default() -> Self {
        Self::zeros(0, 1)
    }
}

impl Wrapper for Accumulate {
    type State = AccumulateState;
    const NEEDS_GRADIENT_RULE: bool = true;

    fn of(&self) -> &Arc<dyn ConfiguredOptimizer> {
        &self.of
    }

    fn begin(&self, w: &[f64]) -> AccumulateState {
        AccumulateState::zeros(w.len(), 1)
    }

    fn step(
        &self,
        w: &mut [f64],
        state: &mut AccumulateState,
        inner: &mut Box<dyn Stepper>,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        if state.accumulated.0 + 1.0 < self.every as f64 {
            let mut g = vec![0.0; w.len()];
            inner.evaluate_gradient(w, &mut g, oracle);
            state.add(&g);
            return StepOutcome::Continue;
        }
        let outcome = oracle.with_transform(state, |oracle| inner.step(w, oracle));
        state.accumulated.0 = 0.0;
        outcome
    }

    fn is_autonomous(&self) -> bool {
        true
    }
}
