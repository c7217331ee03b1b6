//! Notes about recorded runs.

use crate::terminal;
use std::fmt::Write as _;
use thalweg::{
    contender::ComparedOptimizer, experiment::PreparedExperiment, record::LossMismatch,
    record_notes, trace::Trace,
};
use thalweg_gallery::map::count;

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
    if let Some(first) = first {
        text += &(record_notes::of_mismatch(contest, contender, first) + "\n");
    }
    text
}

/// Prints the notes on how recorded runs were read, and on losses that differ from the problem's.
pub(crate) fn print_notes(contest: &PreparedExperiment, traces: &[Trace]) {
    for note in record_notes::of_traces(contest, traces) {
        terminal::print_stderr(format_args!("note: {note}\n"));
    }
}
