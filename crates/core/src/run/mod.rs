//! A run: an optimizer on its way, one epoch at a time.

use crate::{
    catalog::inspect::Channel,
    need::Need,
    objective::{Objective, blocks::Block},
    run::{
        line::NoStep,
        optimizer::{ConfiguredOptimizer, StepOutcome, Stepper},
        oracle::{EvaluationCounts, Oracle, Trial},
        randomness::Randomness,
        record::Record,
    },
};
use std::{fmt, sync::Arc};

pub mod batch;
pub mod descent;
pub mod line;
pub mod optimizer;
pub mod oracle;
pub mod plane;
pub mod randomness;
pub mod record;
pub mod regularizer;
pub mod replay;
pub mod trace;

/// The epoch limit where none is given.
pub const EPOCH_LIMIT: u64 = 100_000;

/// How long a run may go on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// At most so many epochs.
    pub epochs: u64,
    /// The run ends as soon as the loss is not above this.
    pub target: Option<f64>,
}

impl Budget {
    /// Whether a run ends with this loss after so many epochs; `finite` says that all its weights are.
    pub(crate) fn verdict(&self, epoch: u64, loss: f64, finite: bool) -> Option<StopReason> {
        if !(finite && loss.is_finite()) {
            Some(StopReason::Diverged { epoch })
        } else if self.target.is_some_and(|target| loss <= target) {
            Some(StopReason::Reached)
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
    /// The loss came down to the target.
    Reached,
    /// The gradient is zero: no step would change anything.
    Converged,
    /// The epoch limit came first.
    EpochLimit,
    /// The loss or a weight was no finite number any more after this epoch.
    Diverged {
        /// The epoch.
        epoch: u64,
    },
    /// The line search found no step.
    NoStep(NoStep),
    /// The linear equations whose solution is the step have none, or many.
    Singular,
    /// The record of a run made elsewhere ends.
    RecordEnds {
        /// The first epoch at which the loss had come down to the target, if there was one before the end.
        reached: Option<u64>,
    },
}

impl StopReason {
    /// The outcome in a word or two, for tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached | Self::RecordEnds { reached: Some(_) } => "reached",
            Self::Converged => "converged",
            Self::EpochLimit => "epoch limit",
            Self::Diverged { .. } => "diverged",
            Self::NoStep(_) => "no step",
            Self::Singular => "singular",
            Self::RecordEnds { reached: None } => "record ends",
        }
    }
}

/// A sentence with a way out.
impl fmt::Display for StopReason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Reached => "the target was reached",
            Self::Converged => "the gradient is zero; try another start or smaller steps",
            Self::EpochLimit => {
                "the epoch limit came before the target; allow more epochs or try other settings"
            }
            Self::Diverged { epoch: 0 } => {
                "the loss at the start is no finite number; try another start"
            }
            Self::Diverged { epoch } => {
                return write!(out, "diverged at epoch {epoch}; try smaller steps");
            }
            Self::NoStep(why) => return write!(out, "the line search found no step: {why}"),
            Self::Singular => {
                "the matrix of second derivatives, or what stands for it, has no inverse here; try a larger damping or \
                 another start"
            }
            Self::RecordEnds { reached: None } => "the record ends before the target",
            Self::RecordEnds { reached: Some(epoch) } => {
                return write!(out, "the target was reached at epoch {epoch}, and the record goes on");
            }
        })
    }
}

/// One row of a run: where it is after `epoch` steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Number of steps made; 0 is the start.
    pub epoch: u64,
    /// The weights (dim).
    pub weights: Vec<f64>,
    /// The loss there.
    pub loss: f64,
    /// What the optimizer has asked so far.
    pub calls: EvaluationCounts,
    /// The inner state, channel by channel.
    pub inner: Vec<(Channel, Vec<f64>)>,
    /// What the line search tried on the way here.
    pub trials: Vec<Trial>,
}

/// An optimizer on its way.
///
/// It stands at the start until [`advance`](Self::advance) moves it. As an iterator it yields the start,
/// then each step. It keeps nothing of the past, so it may be as long as one likes.
pub struct Run<'p> {
    oracle: Oracle<'p>,
    stepper: Box<dyn Stepper>,
    weights: Vec<f64>,
    loss: f64,
    epoch: u64,
    budget: Budget,
    stop: Option<StopReason>,
    started: bool,
    record: Option<Arc<Record>>,
    /// The first epoch at which a record had come down to the target.
    reached: Option<u64>,
}

impl<'p> Run<'p> {
    /// A run from `start` (dim), standing at its beginning; one that follows a record begins where the record does.
    pub fn new(
        objective: &'p dyn Objective,
        recipe: &dyn ConfiguredOptimizer,
        start: &[f64],
        budget: Budget,
    ) -> Self {
        Self::by_chance(objective, recipe, start, budget, &Randomness::default())
    }

    /// A run whose mini-batches and noise are drawn by chance, or rather by its seed.
    pub fn by_chance(
        objective: &'p dyn Objective,
        recipe: &dyn ConfiguredOptimizer,
        start: &[f64],
        budget: Budget,
        randomness: &Randomness,
    ) -> Self {
        let recorded = recipe.replay().and_then(|replay| replay.record.at(0));
        let start = recorded.unwrap_or(start);
        assert_eq!(start.len(), objective.dim(), "one start weight a weight");
        let mut oracle = Oracle::new(objective).by(randomness);
        let stepper = recipe.start(start, &mut oracle);
        let mut run = Self {
            loss: oracle.observe(start),
            oracle,
            stepper,
            weights: start.to_vec(),
            epoch: 0,
            budget,
            stop: None,
            started: false,
            reached: None,
            record: recipe.replay().map(|replay| replay.record.clone()),
        };
        run.stop = run.verdict();
        run
    }

    /// Makes one step; false, and nothing changes, once the run has ended.
    pub fn advance(&mut self) -> bool {
        if self.stop.is_some() {
            return false;
        }
        self.oracle.begin_step();
        if let StepOutcome::Stop(why) = self.stepper.step(&mut self.weights, &mut self.oracle) {
            self.stop = Some(why);
            return false;
        }
        self.epoch += 1;
        self.loss = self.oracle.observe(&self.weights);
        self.stop = self.verdict();
        true
    }

    fn verdict(&mut self) -> Option<StopReason> {
        let finite = self.weights.iter().all(|w| w.is_finite());
        let Some(record) = &self.record else {
            return self.budget.verdict(self.epoch, self.loss, finite);
        };
        // What was recorded behind the target is worth seeing too.
        if finite && self.budget.target.is_some_and(|t| self.loss <= t) {
            self.reached = self.reached.or(Some(self.epoch));
        }
        let without_target = Budget {
            target: None,
            ..self.budget
        };
        let verdict = without_target.verdict(self.epoch, self.loss, finite);
        let ends = record.epochs() == self.epoch;
        match (verdict, self.reached) {
            (Some(StopReason::Diverged { .. }), _) => verdict,
            (None, _) if !ends => None,
            (_, None) if !ends => verdict,
            (_, Some(epoch)) if epoch == self.epoch => Some(StopReason::Reached),
            (_, reached) => Some(StopReason::RecordEnds { reached }),
        }
    }

    /// Number of steps made.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The weights (dim).
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The loss there.
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// What the optimizer has asked so far; for a record, what was recorded of that.
    pub fn calls(&self) -> EvaluationCounts {
        match &self.record {
            Some(record) => record.calls_at(self.epoch),
            None => self.oracle.calls(),
        }
    }

    /// What the line search tried in the last step.
    pub fn trials(&self) -> &[Trial] {
        self.oracle.trials()
    }

    /// Shows the inner state, channel by channel.
    pub fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64])) {
        self.stepper.read(visit);
    }

    /// The blocks of the weights.
    pub fn blocks(&self) -> &[Block] {
        match &self.record {
            Some(record) if !record.blocks.is_empty() => &record.blocks,
            _ => self.oracle.blocks(),
        }
    }

    /// What the optimizer must be able to ask, beside the loss and its gradient.
    pub fn needs(&self) -> &[Need] {
        self.stepper.needs()
    }

    /// How far it may go.
    pub fn budget(&self) -> Budget {
        self.budget
    }

    /// Why it ended, if it has.
    pub fn stop(&self) -> Option<StopReason> {
        self.stop
    }

    /// Where it stands, as a row of its own.
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
