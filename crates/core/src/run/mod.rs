//! Runs: an optimizer applied to an objective, one epoch at a time.

use crate::{
    catalog::inspect::Channel,
    need::Need,
    objective::{Objective, blocks::Block},
    run::{
        convergence::Convergence,
        line::NoStep,
        optimizer::{ConfiguredOptimizer, StepOutcome, Stepper},
        oracle::{EvaluationCounts, Oracle, Trial},
        randomness::Randomness,
        record::Record,
        watch::{Improvement, RestWatch},
    },
};
use std::{fmt, sync::Arc};

pub mod batch;
pub mod convergence;
pub mod descent;
pub mod line;
pub mod optimizer;
pub mod oracle;
pub mod plane;
pub mod record;
pub mod replay;
pub mod slice;
pub mod trace;
pub mod watch;

pub use oracle::{gradient_clip, randomness, regularizer};

/// The default epoch limit.
pub const EPOCH_LIMIT: u64 = 100_000;

/// The limits of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// The epoch limit.
    pub epochs: u64,
    /// The target loss: the run ends when the loss is at most this.
    pub target: Option<f64>,
    /// The tolerance: the run ends when the largest component of the gradient is at most this, or when the best loss improved
    /// by at most this, relative to the larger of 1 and the loss, in the last [`PATIENCE`](watch::PATIENCE) epochs.
    pub tolerance: Option<f64>,
}

impl Budget {
    /// Returns the reason to stop after `epoch` epochs with this loss, if any; `finite` states that all weights are finite, and
    /// `within` that the run is within the tolerance.
    pub(crate) fn stop_reason(
        &self,
        epoch: u64,
        loss: f64,
        finite: bool,
        within: bool,
    ) -> Option<StopReason> {
        if !(finite && loss.is_finite()) {
            Some(StopReason::Diverged { epoch })
        } else if self.target.is_some_and(|target| loss <= target) {
            Some(StopReason::Reached)
        } else if within {
            Some(StopReason::Converged(Convergence::Tolerance))
        } else if epoch >= self.epochs {
            Some(StopReason::EpochLimit)
        } else {
            None
        }
    }
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StopReason {
    /// The loss reached the target.
    Reached,
    /// No step changes the weights, the gradient is zero up to rounding, or the run is within the tolerance.
    Converged(Convergence),
    /// The run reached the epoch limit before the target.
    EpochLimit,
    /// The loss or a weight was not finite after this epoch.
    Diverged {
        /// The epoch.
        epoch: u64,
    },
    /// No step lowers the loss.
    NoStep(NoStep),
    /// The linear equations for the step have a singular matrix.
    Singular,
    /// The recorded run ends.
    RecordEnds {
        /// The first epoch at which the loss had reached the target, if any.
        reached: Option<u64>,
    },
}

impl StopReason {
    /// Returns the outcome in one or two words, for tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached | Self::RecordEnds { reached: Some(_) } => "reached",
            Self::Converged(_) => "converged",
            Self::EpochLimit => "epoch limit",
            Self::Diverged { .. } => "diverged",
            Self::NoStep(_) => "no step",
            Self::Singular => "singular",
            Self::RecordEnds { reached: None } => "record ends",
        }
    }
}

/// Describes the outcome, with advice if the target was not reached.
impl fmt::Display for StopReason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Reached => "the target was reached",
            Self::Converged(why) => return why.fmt(out),
            Self::EpochLimit => {
                "the epoch limit was reached; increase the limit or try other settings"
            }
            Self::Diverged { epoch: 0 } => {
                "the loss at the initial point is not finite; try another initial point"
            }
            Self::Diverged { epoch } => {
                return write!(out, "it diverged at epoch {epoch}; try smaller steps");
            }
            Self::NoStep(why) => return why.fmt(out),
            Self::Singular => {
                "the matrix of the equations for the step is singular; try a larger damping or another initial point"
            }
            Self::RecordEnds { reached: None } => "the record ends without reaching a target",
            Self::RecordEnds { reached: Some(epoch) } => {
                return write!(out, "the target was reached at epoch {epoch}, before the end of the record");
            }
        })
    }
}

/// One row of a run: its state after `epoch` steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Number of steps; 0 is the initial point.
    pub epoch: u64,
    /// The weights (dim).
    pub weights: Vec<f64>,
    /// The loss at these weights.
    pub loss: f64,
    /// The evaluations of the optimizer so far.
    pub calls: EvaluationCounts,
    /// The channels of the inner state with their values.
    pub inner: Vec<(Channel, Vec<f64>)>,
    /// The points that the line search evaluated in this step.
    pub trials: Vec<Trial>,
}

/// An optimizer that minimizes an objective from an initial point.
///
/// [`advance`](Self::advance) makes one step. As an iterator, a run yields the initial point and then each step. It stores only
/// its current state, so a long run needs no more memory than a short one.
pub struct Run<'p> {
    oracle: Oracle<'p>,
    stepper: Box<dyn Stepper>,
    weights: Vec<f64>,
    loss: f64,
    epoch: u64,
    budget: Budget,
    stop: Option<StopReason>,
    started: bool,
    improvement: Improvement,
    /// The last weights and the inner state, if neither the optimizer nor the oracle depends on the epoch.
    rest: Option<RestWatch>,
    record: Option<Arc<Record>>,
    /// The first epoch at which a recorded run had reached the target.
    reached: Option<u64>,
}

impl<'p> Run<'p> {
    /// Creates a run at the initial point `start` (dim). A recorded run starts at its first row instead.
    pub fn new(
        objective: &'p dyn Objective,
        optimizer: &dyn ConfiguredOptimizer,
        start: &[f64],
        budget: Budget,
    ) -> Self {
        Self::stochastic(objective, optimizer, start, budget, &Randomness::default())
    }

    /// Creates a run with random mini-batches and gradient noise.
    pub fn stochastic(
        objective: &'p dyn Objective,
        optimizer: &dyn ConfiguredOptimizer,
        start: &[f64],
        budget: Budget,
        randomness: &Randomness,
    ) -> Self {
        let recorded = optimizer.replay().and_then(|replay| replay.record.at(0));
        let start = recorded.unwrap_or(start);
        assert_eq!(
            start.len(),
            objective.dim(),
            "the initial point must have one number per weight"
        );
        let mut oracle = Oracle::new(objective).with_randomness(randomness);
        let stepper = optimizer.start(start, &mut oracle);
        let can_rest = oracle.is_deterministic() && stepper.is_autonomous();
        let loss = oracle.evaluate_uncounted(start);
        let mut run = Self {
            loss,
            improvement: Improvement::new(loss),
            rest: can_rest.then(|| RestWatch::new(start)),
            oracle,
            stepper,
            weights: start.to_vec(),
            epoch: 0,
            budget,
            stop: None,
            started: false,
            reached: None,
            record: optimizer.replay().map(|replay| replay.record.clone()),
        };
        run.stop = run.stop_reason();
        run
    }

    /// Makes one step and returns true, or returns false without a change if the run has ended.
    pub fn advance(&mut self) -> bool {
        if self.stop.is_some() {
            return false;
        }
        self.oracle.begin_step();
        if let Some(rest) = &mut self.rest {
            rest.begin_step(&self.weights, &*self.stepper);
        }
        let outcome = self.stepper.step(&mut self.weights, &mut self.oracle);
        self.stop = match outcome {
            StepOutcome::Continue => {
                let rest = self.rest.as_mut();
                rest.is_some_and(|rest| rest.is_unchanged(&self.weights, &*self.stepper))
                    .then(|| self.convergence())
            }
            StepOutcome::AtRest => Some(self.convergence()),
            StepOutcome::Stop(why) => Some(self.failure(why)),
        };
        // A step that changes nothing is not counted.
        if self.stop.is_some() {
            return false;
        }
        self.epoch += 1;
        self.loss = self.oracle.evaluate_uncounted(&self.weights);
        self.stop = self.stop_reason();
        true
    }

    /// Returns the stop reason of a run whose weights no longer change.
    fn convergence(&self) -> StopReason {
        let point = convergence::stationary_point(&self.oracle, &self.weights, self.loss);
        StopReason::Converged(point.unwrap_or(Convergence::Stalled))
    }

    /// Returns the stop reason of a run whose last step failed: where the gradient is zero up to rounding, no step can lower the
    /// loss.
    fn failure(&self, why: StopReason) -> StopReason {
        let no_descent = [
            NoStep::NoDescent,
            NoStep::Uphill,
            NoStep::Damping,
            NoStep::Model,
        ];
        let no_descent = no_descent.map(StopReason::NoStep);
        if !self.oracle.is_deterministic() || !no_descent.contains(&why) {
            return why;
        }
        convergence::stationary_point(&self.oracle, &self.weights, self.loss)
            .map_or(why, StopReason::Converged)
    }

    /// Returns whether the gradient or the improvement of the loss is within the tolerance.
    fn is_within_tolerance(&mut self) -> bool {
        let Some(tolerance) = self.budget.tolerance else {
            return false;
        };
        let mut gradient = vec![0.0; self.weights.len()];
        self.oracle.gradient_uncounted(&self.weights, &mut gradient);
        let improvement = &mut self.improvement;
        let has_ended = improvement.has_ended(tolerance, self.epoch, self.loss);
        has_ended || convergence::largest(&gradient) <= tolerance
    }

    fn stop_reason(&mut self) -> Option<StopReason> {
        let finite = self.weights.iter().all(|w| w.is_finite());
        if self.record.is_none() {
            let within = self.is_within_tolerance();
            let (epoch, loss) = (self.epoch, self.loss);
            return self.budget.stop_reason(epoch, loss, finite, within);
        }
        self.record_stop_reason(finite)
    }

    /// Returns the stop reason of a recorded run; `finite` states that all weights are finite.
    fn record_stop_reason(&mut self, finite: bool) -> Option<StopReason> {
        let record = self.record.as_ref()?;
        // A recorded run is shown completely, even after it has reached the target.
        if finite && self.budget.target.is_some_and(|t| self.loss <= t) {
            self.reached = self.reached.or(Some(self.epoch));
        }
        let without_target = Budget {
            target: None,
            ..self.budget
        };
        let reason = without_target.stop_reason(self.epoch, self.loss, finite, false);
        let ends = record.epochs() == self.epoch;
        match (reason, self.reached) {
            (Some(StopReason::Diverged { .. }), _) => reason,
            (None, _) if !ends => None,
            (_, None) if !ends => reason,
            (_, Some(epoch)) if epoch == self.epoch => Some(StopReason::Reached),
            (_, reached) => Some(StopReason::RecordEnds { reached }),
        }
    }

    /// Returns the number of steps so far.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Returns the current weights (dim).
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Returns the loss at the current weights.
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// Returns the number of evaluations so far; for a recorded run, those in the file.
    pub fn calls(&self) -> EvaluationCounts {
        match &self.record {
            Some(record) => record.calls_at(self.epoch),
            None => self.oracle.calls(),
        }
    }

    /// Returns the points that the line search evaluated in the last step.
    pub fn trials(&self) -> &[Trial] {
        self.oracle.trials()
    }

    /// Visits the channels of the inner state.
    pub fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64])) {
        self.stepper.read(visit);
    }

    /// Returns the blocks of the weights.
    pub fn blocks(&self) -> &[Block] {
        match &self.record {
            Some(record) if !record.blocks.is_empty() => &record.blocks,
            _ => self.oracle.blocks(),
        }
    }

    /// Returns the capabilities that the optimizer needs besides the loss and its gradient.
    pub fn needs(&self) -> &[Need] {
        self.stepper.needs()
    }

    /// Returns the limits of the run.
    pub fn budget(&self) -> Budget {
        self.budget
    }

    /// Returns why the run ended, or `None` if it has not ended.
    pub fn stop(&self) -> Option<StopReason> {
        self.stop
    }

    /// Returns the current state as a row.
    pub fn step(&self) -> Step {
        let mut inner = Vec::new();
        self.read(&mut |channel, numbers| inner.push((channel.clone(), numbers.to_vec())));
        Step {
            epoch: self.epoch,
            weights: self.weights.clone(),
            loss: self.loss,
            calls: self.calls(),
            inner,
            trials: self.trials().to_vec(),
        }
    }
}

impl Iterator for Run<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if self.started && !self.advance() {
            return None;
        }
        self.started = true;
        Some(self.step())
    }
}
