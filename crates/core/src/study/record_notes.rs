//! Notes on recorded runs: how their files were read, and losses that differ from those of the problem.

use super::{contender::ComparedOptimizer, experiment::PreparedExperiment};
use crate::{
    numeric::number::ShortestFloat,
    run::{
        Run,
        record::{LossMismatch, Record},
        trace::Trace,
    },
};

/// Compares the losses in a recorded run with the losses of the problem.
pub struct LossCheck<'c> {
    record: Option<&'c Record>,
    first: Option<LossMismatch>,
}

impl<'c> LossCheck<'c> {
    /// Creates the comparison. It does nothing if the optimizer is not a recorded run.
    pub fn new(contender: &'c ComparedOptimizer) -> Self {
        Self {
            record: contender.record(),
            first: None,
        }
    }

    /// Compares all losses of a trace.
    pub fn of_trace(contender: &'c ComparedOptimizer, trace: &Trace) -> Self {
        let mut check = Self::new(contender);
        for (row, loss) in trace.losses.iter().enumerate() {
            check.check_loss(trace.epoch_of(row), *loss);
        }
        check
    }

    /// Compares the loss at the current epoch of a run.
    pub fn check_run(&mut self, run: &Run) {
        self.check_loss(run.epoch(), run.loss());
    }

    fn check_loss(&mut self, epoch: u64, loss: f64) {
        if let (Some(record), None) = (self.record, self.first) {
            self.first = record.loss_mismatch(epoch, loss);
        }
    }

    /// Returns the first recorded loss that differs from the problem's.
    pub fn first(&self) -> Option<LossMismatch> {
        self.first
    }
}

/// Returns the notes on all recorded runs, each with the name of the run. `traces` are the runs of the experiment.
pub fn of_traces(contest: &PreparedExperiment, traces: &[Trace]) -> Vec<String> {
    let runs = contest.contenders.iter().zip(traces);
    let notes = runs.flat_map(|(contender, trace)| {
        let label = &contender.label;
        let read = contender.record().into_iter();
        let read = read.flat_map(|record| &record.notes);
        let read = read.map(move |note| format!("{label}: {note}"));
        let mismatch = LossCheck::of_trace(contender, trace).first();
        read.chain(mismatch.map(|first| of_mismatch(contest, contender, first)))
    });
    notes.collect()
}

/// Describes the first recorded loss that differs from the problem's.
pub fn of_mismatch(
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
        "{label}: the recorded loss at epoch {epoch} is {}, but the loss of this problem is {}; {cause}",
        ShortestFloat(recorded),
        ShortestFloat(computed)
    )
}
