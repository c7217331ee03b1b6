//! The oracle evaluates the objective for an optimizer and counts the evaluations.

use crate::objective::{LeastSquares, Objective, SampledObjective, blocks::Block};
use std::sync::Arc;

pub mod gradient_clip;
mod gradient_transform;
pub mod randomness;
pub mod regularizer;

pub use gradient_transform::GradientTransform;

use randomness::{Randomness, StochasticSampler};
use regularizer::Regularizer;

/// The number of evaluations by an optimizer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EvaluationCounts {
    /// Evaluations of the loss alone: one forward pass through the network each.
    pub value: u64,
    /// Evaluations of the gradient and the loss: one forward and one backward pass each. An evaluation of the residuals with
    /// their Jacobian also counts as one.
    pub gradient: u64,
    /// Evaluations of the Hessian.
    pub hessian: u64,
}

impl EvaluationCounts {
    /// Returns the total number of evaluations.
    pub fn evaluations(self) -> u64 {
        self.value + self.gradient + self.hessian
    }
}

/// A point that a line search evaluated, or a step that the optimizer may reject.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Step size, in multiples of the direction of the line search; 0 without a line search.
    pub step: f64,
    /// The weights at this step.
    pub weights: Vec<f64>,
    /// The loss at these weights.
    pub loss: f64,
}

/// Evaluates an objective for an optimizer and counts the evaluations.
pub struct Oracle<'p> {
    objective: &'p dyn Objective,
    regularizer: Option<Arc<dyn Regularizer>>,
    sampler: Option<StochasticSampler>,
    seed: u64,
    /// The transforms of wrappers; the last one is applied last.
    transforms: Vec<Box<dyn GradientTransform>>,
    calls: EvaluationCounts,
    trials: Vec<Trial>,
}

impl<'p> Oracle<'p> {
    /// Creates an oracle without evaluations.
    pub fn new(objective: &'p dyn Objective) -> Self {
        Self {
            objective,
            regularizer: None,
            sampler: None,
            seed: 0,
            transforms: Vec::new(),
            calls: EvaluationCounts::default(),
            trials: Vec::new(),
        }
    }

    /// Returns this oracle with random mini-batches and gradient noise.
    #[must_use]
    pub fn with_randomness(self, randomness: &Randomness) -> Self {
        let sampler =
            (!randomness.is_none()).then(|| StochasticSampler::new(randomness, self.objective));
        Self {
            sampler,
            seed: randomness.seed,
            ..self
        }
    }

    /// Returns the seed of the run, for optimizers with random numbers of their own.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Adds a penalty to all counted evaluations from now on.
    pub fn add_regularizer(&mut self, regularizer: Arc<dyn Regularizer>) {
        self.regularizer = Some(regularizer);
    }

    /// Returns whether all steps evaluate the same function, without mini-batches that change and without noise.
    pub fn is_deterministic(&self) -> bool {
        let sampler = self.sampler.as_ref();
        sampler.is_none_or(StochasticSampler::is_constant)
    }

    /// Returns the number of weights.
    pub fn dim(&self) -> usize {
        self.objective.dim()
    }

    /// Returns the blocks of the weights.
    pub fn blocks(&self) -> &'p [Block] {
        self.objective.blocks()
    }

    /// Returns the loss at `w` (dim).
    pub fn value(&mut self, w: &[f64]) -> f64 {
        self.calls.value += 1;
        let loss = match self.batch() {
            Some((sampled, rows)) => sampled.value_on(rows, w),
            None => self.objective.value(w),
        };
        loss + self.penalty(w)
    }

    /// Returns the mini-batch of this step, or `None` if all samples are used.
    fn batch(&self) -> Option<(&'p dyn SampledObjective, &[usize])> {
        let rows = self.sampler.as_ref()?.rows()?;
        Some((self.objective.sampled()?, rows))
    }

    fn penalty(&self, w: &[f64]) -> f64 {
        self.regularizer.as_ref().map_or(0.0, |r| r.value(w))
    }

    /// Writes the gradient at `w` into `g` (both dim) and returns the loss.
    pub fn value_and_gradient(&mut self, w: &[f64], g: &mut [f64]) -> f64 {
        // A transform evaluates gradients by this method too, without itself.
        if let Some(mut last) = self.transforms.pop() {
            let loss = last.value_and_gradient(self, w, g);
            self.transforms.push(last);
            return loss;
        }
        self.calls.gradient += 1;
        let loss = match self.batch() {
            Some((sampled, rows)) => sampled.value_and_gradient_on(rows, w, g),
            None => self.objective.value_and_gradient(w, g),
        };
        if let Some(sampler) = &mut self.sampler {
            sampler.add_noise(1.0, g);
        }
        if let Some(regularizer) = &self.regularizer {
            regularizer.add_gradient(w, g);
        }
        loss + self.penalty(w)
    }

    /// Writes the Hessian at `w` into `h` (dim, dim), row-major.
    ///
    /// Only optimizers that declare [`Need::Hessian`](crate::need::Need::Hessian) may call this.
    pub fn hessian(&mut self, w: &[f64], h: &mut [f64]) {
        self.calls.hessian += 1;
        let curved = self.objective.curved();
        curved
            .expect("an optimizer that evaluates the Hessian must declare this need")
            .hessian(w, h);
        if let Some(regularizer) = &self.regularizer {
            regularizer.add_hessian(w, h);
        }
    }

    /// Returns the number of residuals, for optimizers that declare [`Need::Residuals`](crate::need::Need::Residuals).
    pub fn residuals(&self) -> usize {
        self.least_squares().residuals()
    }

    /// Writes the residuals at `w` into `r` (residuals) and their Jacobian into `j` (residuals, dim), row-major, and returns
    /// the loss.
    pub fn residuals_and_jacobian(&mut self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        self.calls.gradient += 1;
        self.least_squares().residuals_and_jacobian(w, r, j)
    }

    /// Adds the noise of a gradient to `products` (dim): J^T r of the residuals, by which an optimizer replaces a gradient. The
    /// loss is `multiple` times the sum of their squares, so its gradient is twice this multiple of the products. Call it once
    /// per evaluation of the Jacobian that serves as a gradient.
    pub fn add_gradient_noise(&mut self, multiple: f64, products: &mut [f64]) {
        if let Some(sampler) = &mut self.sampler {
            sampler.add_noise(0.5 / multiple, products);
        }
    }

    fn least_squares(&self) -> &'p dyn LeastSquares {
        let least_squares = self.objective.least_squares();
        least_squares.expect("an optimizer that evaluates the residuals must declare this need")
    }

    /// Returns the loss at `w`, the point of a line search at `step`, and stores it as a trial.
    pub fn try_step(&mut self, step: f64, w: &[f64]) -> f64 {
        let loss = self.value(w);
        self.push_trial(step, w, loss);
        loss
    }

    /// Like [`try_step`](Self::try_step), and writes the gradient at `w` into `g` (both dim).
    pub fn try_gradient(&mut self, step: f64, w: &[f64], g: &mut [f64]) -> f64 {
        let loss = self.value_and_gradient(w, g);
        self.push_trial(step, w, loss);
        loss
    }

    /// Returns the loss at `w`, a step that the optimizer may reject, and stores it as a trial without a line search.
    pub fn try_proposal(&mut self, w: &[f64]) -> f64 {
        self.try_step(0.0, w)
    }

    fn push_trial(&mut self, step: f64, w: &[f64], loss: f64) {
        self.trials.push(Trial {
            step,
            weights: w.to_vec(),
            loss,
        });
    }

    /// Returns the loss at `w` for reports, without penalty or randomness; it does not count as an evaluation.
    pub fn evaluate_uncounted(&self, w: &[f64]) -> f64 {
        self.objective.value(w)
    }

    /// Writes the gradient of the loss with its penalty at `w` into `g` (both dim), without randomness; it does not count as an
    /// evaluation.
    pub fn gradient_uncounted(&self, w: &[f64], g: &mut [f64]) {
        self.objective.value_and_gradient(w, g);
        if let Some(regularizer) = &self.regularizer {
            regularizer.add_gradient(w, g);
        }
    }

    /// Writes the Hessian of the loss with its penalty at `w` (dim) into `h` (dim, dim) and returns true, or returns false if the
    /// objective has no Hessian; it does not count as an evaluation.
    pub fn hessian_uncounted(&self, w: &[f64], h: &mut [f64]) -> bool {
        let Some(curved) = self.objective.curved() else {
            return false;
        };
        curved.hessian(w, h);
        if let Some(regularizer) = &self.regularizer {
            regularizer.add_hessian(w, h);
        }
        true
    }

    /// Returns the number of evaluations so far.
    pub fn calls(&self) -> EvaluationCounts {
        self.calls
    }

    /// Returns the points that line searches evaluated since [`begin_step`](Self::begin_step).
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// Begins a new step: clears the trials and selects the next mini-batch.
    pub fn begin_step(&mut self) {
        self.trials.clear();
        if let Some(sampler) = &mut self.sampler {
            sampler.begin_step();
        }
    }
}
