//! Experiments and their recorded runs.

use super::request::{CommandError, parse};
use crate::{
    args::Command,
    commands::train,
    runs::{Interrupt, Recorder, input, notes, records},
};
use thalweg::{experiment::PreparedExperiment, trace::Trace};

/// Prepares the experiment of a command `train`.
///
/// # Errors
/// The words are not those of a command `train`, or the experiment is invalid.
pub fn experiment(words: &[String]) -> Result<PreparedExperiment, CommandError> {
    let (command, _) = parse(words)?;
    let Command::Train(args) = command else {
        unreachable!("the words must be those of the command `train`");
    };
    let spec = &args.experiment.0;
    let contest = input::experiment(spec)?.prepare()?;
    Ok(contest)
}

/// Executes all runs of an experiment and records every step. The notes go to the host.
///
/// # Errors
/// The runs need too much memory, or the host interrupted them.
pub fn record(contest: &PreparedExperiment) -> Result<Vec<Trace>, CommandError> {
    let interrupt = Interrupt::listen();
    let traces = Recorder::new(&interrupt).record_all(contest)?;
    interrupt.check()?;
    notes::print(contest);
    notes::print_stillness(contest, &traces);
    records::print_notes(contest, &traces);
    Ok(traces)
}

/// Returns the results of recorded runs as the command `train` prints them: a table, notes, and the settings in effect.
pub fn results(contest: &PreparedExperiment, traces: &[Trace]) -> String {
    train::text_of_traces(contest, traces)
}
