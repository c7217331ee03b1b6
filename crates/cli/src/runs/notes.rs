//! Notes on how the input was understood.

use crate::terminal;
use thalweg::experiment::PreparedExperiment;

/// Returns one line per note on the problem.
pub(crate) fn text(contest: &PreparedExperiment) -> String {
    let notes = contest.problem.notes.iter();
    notes.map(|note| format!("note: {note}\n")).collect()
}

/// Prints the notes on the problem to standard error.
pub(crate) fn print(contest: &PreparedExperiment) {
    terminal::print_stderr(text(contest));
}
