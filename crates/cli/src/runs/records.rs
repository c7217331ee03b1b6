//! Notes about recorded runs.

use crate::terminal;
use std::fmt::Write as _;
use thalweg::{
    contender::ComparedOptimizer,
    experiment::PreparedExperiment,
    number::ShortestFloat,
    record::{LossMismatch, Record},
    run::Run,
    trace::Trace,
};
use thalweg_gallery::map::count;

/// Compares the losses in a recorded run with the losses of the problem.
pub(crate) struct LossCheck<'c> {
    record: Option<&'c Record>,
    first: Option<LossMismatch>,
}

impl<'c> LossCheck<'c> {
    /// Creates the comparison. It does nothing if the optimizer is not a recorded run.
    pub(crate) fn new(contender: &'c ComparedOptimizer) -> Self {
        Self {
            record: contender.record(),
            first: None,
        }
    }

    /// Compares all losses of a finished run.
    pub(crate) fn of_trace(contender: &'c ComparedOptimizer, trace: &Trace) -> Self {
        let mut check = Self::new(contender);
        for (epoch, loss) in (0..).zip(&trace.losses) {
            check.check_loss(epoch, *loss);
        }
        check
    }

    /// Compares the loss at the current epoch of a run.
    pub(crate) fn check_run(&mut self, run: &Run) {
        self.check_loss(run.epoch(), run.loss());
    }

    fn check_loss(&mut self, epoch: u64, loss: f64) {
        if let (Some(record), None) = (self.record, self.first) {
            self.first = record.loss_mismatch(epoch, loss);
        }
    }

    /// Returns the first recorded loss that differs from the problem's.
    pub(crate) fn first(&self) -> Option<LossMismatch> {
        self.first
    }
}

/// Returns whether a recorded run has no numbers of evaluations.
pub(crate) fn lacks_counts(contender: &ComparedOptimizer) -> bool {
    contender.record().is_some_and(|r| r.calls.is_none())
}

/// Returns notes on a recorded run: its file, its initial point, its length, and a mismatch of the losses. Returns an
/// empty string for other runs.
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
    let mut text = format!("{label}: recorded in {}", record.file);
    let start = record.at(0).unwrap_or_default();
    if start != contest.start {
        let _ = write!(text, ", with a different initial point");
        if start.len() <= 4 {
            let _ = write!(text, ", {}", terminal::numbers(start));
        }
    }
    if epochs == contest.budget.epochs && record.epochs() > epochs {
        let _ = write!(
            text,
            ", limited by --epochs to {epochs} of {}",
            count(record.epochs(), "step")
        );
    }
    text.push('\n');
    for note in &record.notes {
        let _ = writeln!(text, "{label}: {note}");
    }
    text + &first.map_or_else(String::new, |first| warning(contest, contender, first))
}

/// Prints the notes on how recorded runs were read, and on losses that differ from the problem's.
pub(crate) fn warn_of_mismatches(contest: &PreparedExperiment, traces: &[Trace]) {
    for (contender, trace) in contest.contenders.iter().zip(traces) {
        let label = &contender.label;
        for note in contender.record().iter().flat_map(|record| &record.notes) {
            terminal::print_stderr(format_args!("note: {label}: {note}\n"));
        }
        if let Some(first) = LossCheck::of_trace(contender, trace).first() {
            let warning = warning(contest, contender, first);
            terminal::print_stderr(format_args!("note: {warning}"));
        }
    }
}

/// Describes the first recorded loss that differs from the problem's.
fn warning(
    contest: &PreparedExperiment,
    contender: &ComparedOptimizer,
    first: LossMismatch,
) -> String {
    let label = &contender.label;
    let LossMismatch {
        epoch,
        recorded,
        computed,
    } = first;
    let objective = &*contest.problem.objective;
    let other = contender
        .record()
        .filter(|record| record.fits_other_order(&first, objective));
    let cause = match other.map(|record| record.order.other()) {
        Some(order) => format!(
            "it fits the other order of the weights: add order={} to the pick",
            order.word()
        ),
        None => "possible causes are another problem, a loss recorded before the step, or an error in the record"
            .to_owned(),
    };
    format!(
        "{label}: the recorded loss at epoch {epoch} is {}, but the loss of this problem is {}; {cause}\n",
        ShortestFloat(recorded),
        ShortestFloat(computed)
    )
}
