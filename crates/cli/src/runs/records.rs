//! What must be said of runs that were made elsewhere.

use crate::terminal;
use std::fmt::Write as _;
use thalweg::{
    contender::ComparedOptimizer,
    experiment::PreparedExperiment,
    number::{ShortestFloat, join},
    record::{LossMismatch, Record},
    run::Run,
    trace::Trace,
};

/// Compares the losses of a record with the problem's own as they come.
pub(crate) struct LossCheck<'c> {
    record: Option<&'c Record>,
    first: Option<LossMismatch>,
}

impl<'c> LossCheck<'c> {
    /// Nothing to compare where the contender is no record.
    pub(crate) fn new(contender: &'c ComparedOptimizer) -> Self {
        Self {
            record: contender.record(),
            first: None,
        }
    }

    /// The check of a finished run.
    pub(crate) fn of_trace(contender: &'c ComparedOptimizer, trace: &Trace) -> Self {
        let mut check = Self::new(contender);
        for (epoch, loss) in (0..).zip(&trace.losses) {
            check.check_loss(epoch, *loss);
        }
        check
    }

    /// Looks at where a run stands.
    pub(crate) fn check_run(&mut self, run: &Run) {
        self.check_loss(run.epoch(), run.loss());
    }

    fn check_loss(&mut self, epoch: u64, loss: f64) {
        if let (Some(record), None) = (self.record, self.first) {
            self.first = record.disagreement(epoch, loss);
        }
    }

    /// The first loss that is not the problem's.
    pub(crate) fn first(&self) -> Option<LossMismatch> {
        self.first
    }
}

/// What stands in the place of counted calls where nobody counted; nothing where somebody did.
pub(crate) fn lacks_counts(contender: &ComparedOptimizer) -> bool {
    contender.record().is_some_and(|r| r.calls.is_none())
}

/// Lines on a record: where it comes from and begins, and whether its losses are the problem's; nothing for a run of
/// ours.
pub(crate) fn notes(
    contest: &PreparedExperiment,
    contender: &ComparedOptimizer,
    epochs: u64,
    first: Option<LossMismatch>,
) -> String {
    let Some(record) = contender.record() else {
        return String::new();
    };
    let label = &contender.label;
    let mut words = format!("{label}: recorded in {}", record.file);
    let start = record.at(0).unwrap_or_default();
    if start != contest.start {
        let _ = write!(words, ", from a start of its own");
        if start.len() <= 4 {
            let _ = write!(words, ", {}", join(start));
        }
    }
    if epochs == contest.budget.epochs && record.epochs() > epochs {
        let _ = write!(
            words,
            ", cut off by --epochs at {epochs} of its {} steps",
            record.epochs()
        );
    }
    words.push('\n');
    words + &first.map_or_else(String::new, |first| warning(label, first))
}

/// Says on standard error which records have other losses than the problem.
pub(crate) fn warn_of_mismatches(contest: &PreparedExperiment, traces: &[Trace]) {
    for (contender, trace) in contest.contenders.iter().zip(traces) {
        if let Some(first) = LossCheck::of_trace(contender, trace).first() {
            terminal::print_stderr(format_args!("note: {}", warning(&contender.label, first)));
        }
    }
}

/// A line on the first loss of a record that is not the problem's.
fn warning(label: &str, first: LossMismatch) -> String {
    let LossMismatch {
        epoch,
        recorded,
        ours,
    } = first;
    format!(
        "{label}: the recorded loss at epoch {epoch} is {}, and this problem's is {}: another problem, a loss that was \
         taken before the step, or a mistake\n",
        ShortestFloat(recorded),
        ShortestFloat(ours)
    )
}
