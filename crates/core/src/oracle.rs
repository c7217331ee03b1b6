//! The only door between an optimizer and the function it makes small: it counts every question.

use crate::objective::Objective;

/// How often an optimizer asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// For the loss alone: one pass forward through the network.
    pub value: u64,
    /// For the gradient, which brings the loss along: one pass forward, one back.
    pub gradient: u64,
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
    calls: Calls,
    trials: Vec<Trial>,
}

impl<'p> Oracle<'p> {
    /// An oracle that has not been asked yet.
    pub fn new(objective: &'p dyn Objective) -> Self {
        Self {
            objective,
            calls: Calls::default(),
            trials: Vec::new(),
        }
    }

    /// Number of weights.
    pub fn dim(&self) -> usize {
        self.objective.dim()
    }

    /// The loss at `w`.
    pub fn value(&mut self, w: &[f64]) -> f64 {
        self.calls.value += 1;
        self.objective.value(w)
    }

    /// Writes the gradient at `w` into `g` and returns the loss.
    pub fn value_and_gradient(&mut self, w: &[f64], g: &mut [f64]) -> f64 {
        self.calls.gradient += 1;
        self.objective.value_and_gradient(w, g)
    }

    /// The loss at `w`, which lies `step` along a line search; remembered as a trial.
    pub fn try_step(&mut self, step: f64, w: &[f64]) -> f64 {
        let loss = self.value(w);
        self.trials.push(Trial {
            step,
            weights: w.to_vec(),
            loss,
        });
        loss
    }

    /// The loss at `w` for the record: the optimizer did not ask, so it does not count.
    pub fn observe(&self, w: &[f64]) -> f64 {
        self.objective.value(w)
    }

    /// How often it was asked so far.
    pub fn calls(&self) -> Calls {
        self.calls
    }

    /// What line searches tried since [`forget_trials`](Self::forget_trials).
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// Begins a new step.
    pub fn forget_trials(&mut self) {
        self.trials.clear();
    }
}
