//! Experiments and their recorded runs.

use super::request::{CommandError, parse};
use crate::{
    args::{Command, map::MapCommand},
    commands::train,
    output::Recipe,
    runs::{Interrupt, Recorder, input, notes, records, tuning},
};
use thalweg::{
    experiment::PreparedExperiment, pick::Pick, problems::Problem, spec::ExperimentSpec,
    trace::Trace,
};

/// Prepares the experiment of a command `train` without tuning it.
///
/// # Errors
/// The words are not those of a command `train`, or the experiment is invalid.
pub fn experiment(words: &[String]) -> Result<PreparedExperiment, CommandError> {
    Ok(input::experiment(&spec(words)?)?.prepare()?)
}

/// Prepares an experiment of which some parts are not in the catalog: the problem, if it is given, and optimizers. The words
/// are those of a command `train` or `map` without these parts; `optimizers` are the texts of the other optimizers. Returns the
/// experiment without optimizers, and their picks. `has_run` states whether the runs are finished, so that the given problem is
/// not evaluated.
///
/// # Errors
/// The words are not those of a command `train`, or the experiment is invalid.
pub fn custom_experiment(
    words: &[String],
    problem: Option<Problem>,
    optimizers: &[String],
    has_run: bool,
) -> Result<(PreparedExperiment, Vec<Pick>), CommandError> {
    let mut spec = spec(words)?;
    let picks = optimizers.iter().map(|text| input::optimizer(text));
    let picks = picks.collect::<crate::failure::Result<Vec<Pick>>>()?;
    input::check_needs(&spec, &picks)?;
    let contest = match problem {
        Some(problem) => {
            // The loss at a given initial point is not checked.
            let start = has_run.then(|| problem.start.clone());
            spec.start = spec.start.or(start);
            let experiment = spec.experiment("python".parse()?, Vec::new());
            experiment.prepare_on(problem)?
        }
        None => spec
            .experiment(input::problem(&spec.on)?, Vec::new())
            .prepare()?,
    };
    Ok((contest, picks))
}

/// Tunes the optimizers of a prepared experiment if the words of its command `train` say so. `here` states whether functions of the
/// host must be called in this thread. The notes go to the host.
///
/// # Errors
/// There is nothing to tune, or the host interrupted the trials.
pub fn tuned(
    words: &[String],
    contest: PreparedExperiment,
    here: bool,
) -> Result<PreparedExperiment, CommandError> {
    let Command::Train(args) = parse(words)?.0 else {
        unreachable!("the words must be those of the command `train`");
    };
    let epochs = contest.budget.epochs;
    Ok(tuning::tuned(contest, &args.tuning, epochs, here)?)
}

fn spec(words: &[String]) -> Result<ExperimentSpec, CommandError> {
    let spec = match parse(words)?.0 {
        Command::Train(args) => args.experiment.0,
        Command::Map { kind } => match kind {
            MapCommand::Starts(args) => args.map.experiment.0,
            MapCommand::Settings(args) => ExperimentSpec {
                start: args.from.0.start,
                ..args.map.experiment.0
            },
        },
        _ => unreachable!("the words must be those of a command with an experiment"),
    };
    Ok(spec)
}

/// Returns the names and the hashes of the files of an experiment.
pub fn file_hashes(contest: &PreparedExperiment) -> Vec<(String, String)> {
    let recipe = Recipe::default().with_files(&contest.picks());
    recipe.files().to_vec()
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
