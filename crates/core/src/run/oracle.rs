//! The only door between an optimizer and the function it makes small: it counts every question.

use crate::{
    objective::{LeastSquares, Objective, SampledObjective, blocks::Block},
    run::randomness::{Randomness, StochasticSampler},
    run::regularizer::Regularizer,
};
use std::sync::Arc;

/// How often an optimizer asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EvaluationCounts {
    /// For the loss alone: one pass forward through the network.
    pub value: u64,
    /// For the gradient, which brings the loss along: one pass forward, one back. Residuals with their derivatives
    /// count as one too.
    pub gradient: u64,
    /// For the second derivatives.
    pub hessian: u64,
}

impl EvaluationCounts {
    /// How often it asked, for whatever: each call counts as one.
    pub fn evaluations(self) -> u64 {
        self.value + self.gradient + self.hessian
    }
}

/// A point that a line search tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// How far along the direction, in multiples of it.
    pub step: f64,
    /// The weights there.
    pub weights: Vec<f64>,
    /// The loss there.
    pub loss: f64,
}

/// Answers an optimizer's questions and counts them.
pub struct Oracle<'p> {
    objective: &'p dyn Objective,
    regularizer: Option<Arc<dyn Regularizer>>,
    dice: Option<StochasticSampler>,
    calls: EvaluationCounts,
    trials: Vec<Trial>,
}

impl<'p> Oracle<'p> {
    /// An oracle that has not been asked yet.
    pub fn new(objective: &'p dyn Objective) -> Self {
        Self {
            objective,
            regularizer: None,
            dice: None,
            calls: EvaluationCounts::default(),
            trials: Vec::new(),
        }
    }

    /// The same oracle, its answers by chance.
    #[must_use]
    pub fn by(self, randomness: &Randomness) -> Self {
        let dice =
            (!randomness.is_none()).then(|| StochasticSampler::new(randomness, self.objective));
        Self { dice, ..self }
    }

    /// Adds a penalty to all that is answered from now on, but not to what is only observed.
    pub fn regularize(&mut self, regularizer: Arc<dyn Regularizer>) {
        self.regularizer = Some(regularizer);
    }

    /// Whether the next step gets the same answers as this one: not from another mini-batch or with other noise.
    pub fn repeats_itself(&self) -> bool {
        self.dice.is_none()
    }

    /// Number of weights.
    pub fn dim(&self) -> usize {
        self.objective.dim()
    }

    /// The blocks of the weights.
    pub fn blocks(&self) -> &'p [Block] {
        self.objective.blocks()
    }

    /// The loss at `w`.
    pub fn value(&mut self, w: &[f64]) -> f64 {
        self.calls.value += 1;
        let loss = match self.batch() {
            Some((sampled, rows)) => sampled.value_on(rows, w),
            None => self.objective.value(w),
        };
        loss + self.penalty(w)
    }

    /// The samples that count in this step, where not all do.
    fn batch(&self) -> Option<(&'p dyn SampledObjective, &[usize])> {
        let rows = self.dice.as_ref()?.rows()?;
        Some((self.objective.sampled()?, rows))
    }

    fn penalty(&self, w: &[f64]) -> f64 {
        self.regularizer.as_ref().map_or(0.0, |r| r.value(w))
    }

    /// Writes the gradient at `w` into `g` and returns the loss.
    pub fn value_and_gradient(&mut self, w: &[f64], g: &mut [f64]) -> f64 {
        self.calls.gradient += 1;
        let loss = match self.batch() {
            Some((sampled, rows)) => sampled.value_and_gradient_on(rows, w, g),
            None => self.objective.value_and_gradient(w, g),
        };
        if let Some(dice) = &mut self.dice {
            dice.disturb(g);
        }
        if let Some(regularizer) = &self.regularizer {
            regularizer.add_gradient(w, g);
        }
        loss + self.penalty(w)
    }

    /// Writes the Hessian at `w` into `h`: (dim, dim), row-major.
    ///
    /// Only for optimizers that have named [`Need::Hessian`](crate::need::Need::Hessian).
    pub fn hessian(&mut self, w: &[f64], h: &mut [f64]) {
        self.calls.hessian += 1;
        let curved = self.objective.curved();
        curved
            .expect("an optimizer asks for a Hessian only if it named the need")
            .hessian(w, h);
        if let Some(regularizer) = &self.regularizer {
            regularizer.add_hessian(w, h);
        }
    }

    /// Number of residuals; like [`hessian`](Self::hessian), only where the need was named.
    pub fn residuals(&self) -> usize {
        self.least_squares().residuals()
    }

    /// Writes the residuals at `w` into `r` (residuals) and their derivatives into `j`, (residuals, dim) row-major, and
    /// returns the loss.
    pub fn residuals_and_jacobian(&mut self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        self.calls.gradient += 1;
        self.least_squares().residuals_and_jacobian(w, r, j)
    }

    fn least_squares(&self) -> &'p dyn LeastSquares {
        let least_squares = self.objective.least_squares();
        least_squares.expect("an optimizer asks for residuals only if it named the need")
    }

    /// The loss at `w`, which lies `step` along a line search; remembered as a trial.
    pub fn try_step(&mut self, step: f64, w: &[f64]) -> f64 {
        let loss = self.value(w);
        self.remember(step, w, loss);
        loss
    }

    /// The loss at `w` and its gradient in `g`, as [`try_step`](Self::try_step).
    pub fn try_gradient(&mut self, step: f64, w: &[f64], g: &mut [f64]) -> f64 {
        let loss = self.value_and_gradient(w, g);
        self.remember(step, w, loss);
        loss
    }

    fn remember(&mut self, step: f64, w: &[f64], loss: f64) {
        self.trials.push(Trial {
            step,
            weights: w.to_vec(),
            loss,
        });
    }

    /// The loss at `w` for the record: the optimizer did not ask, so it does not count.
    pub fn observe(&self, w: &[f64]) -> f64 {
        self.objective.value(w)
    }

    /// How often it was asked so far.
    pub fn calls(&self) -> EvaluationCounts {
        self.calls
    }

    /// What line searches tried since [`begin_step`](Self::begin_step).
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// Begins a new step: trials are forgotten, and the next mini-batch is up.
    pub fn begin_step(&mut self) {
        self.trials.clear();
        if let Some(dice) = &mut self.dice {
            dice.begin_step();
        }
    }
}
