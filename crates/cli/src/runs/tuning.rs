//! Tuning: the trials of all optimizers, and the tuned experiment.

use crate::{
    args::compare::TuneArgs,
    failure::{Result, refuse},
    runs::{Interrupt, WorkerPool, threads::map_split},
    terminal::{self, Progress},
};
use std::sync::Arc;
use thalweg::{
    contender::{ComparedOptimizer, TuningSummary},
    custom::Entrant,
    error::shortened,
    experiment::PreparedExperiment,
    sweep::NumberedRuns,
    tuning::{TrialResult, TuningPlan, Workload},
};
use thalweg_explore::tuning::tuned_settings;

/// Makes all trials of a plan and returns their results in order. Those of custom problems and optimizers run in this thread.
pub(crate) fn run_trials(
    plan: &Arc<TuningPlan>,
    threads: &WorkerPool,
    interrupt: &Interrupt,
) -> Result<Vec<TrialResult>> {
    let progress = Progress::with_time_left(plan.runs(), 0, "trials");
    let shared = plan.clone();
    let run = move |number: usize| {
        let number = number as u64;
        let rows = shared.drive(number..number + 1)?;
        let budget = shared.budget(shared.trial(number).workload);
        Ok(TrialResult::of(&rows[0].end, budget))
    };
    let is_here = |number: usize| {
        let trial = plan.trial(number as u64);
        plan.is_custom(trial.workload, trial.optimizer)
    };
    let count_done = |done: usize| progress.set(done as u64);
    let count = plan.runs() as usize;
    map_split(count, threads, interrupt, is_here, run, count_done)
}

/// Refuses to tune if no optimizer has anything to tune. Otherwise prints a note for each optimizer that is not tuned.
pub(crate) fn check_something_is_tuned(plan: &TuningPlan) -> Result {
    let notes = untuned_notes(plan);
    if plan.has_nothing_to_tune() && plan.protocol().is_search() {
        let reasons = notes.join("; ");
        refuse!(
            "--tune has nothing to tune: {reasons}";
            "remove --tune, or do not give the learning rate; `thalweg show ID` shows what tuning searches"
        );
    }
    print_untuned(plan);
    Ok(())
}

/// Prints which optimizers run with their settings beside tuned ones, and why, to standard error.
pub(crate) fn print_untuned(plan: &TuningPlan) {
    let notes = untuned_notes(plan).into_iter();
    let notes = notes.map(|note| format!("note: {note}\n"));
    terminal::print_stderr(terminal::escaped_lines(&notes.collect::<String>()));
}

/// Returns a sentence for each reason why optimizers are not tuned.
fn untuned_notes(plan: &TuningPlan) -> Vec<String> {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for workload in 0..plan.workloads().len() {
        for optimizer in 0..plan.optimizers().len() {
            let Some(reason) = &plan.cell(workload, optimizer).untuned else {
                continue;
            };
            let pick = shortened(plan.name(optimizer), MAX_PICK_CHARS);
            match reasons.iter_mut().find(|(other, _)| other == reason) {
                Some((_, picks)) if picks.contains(&pick) => {}
                Some((_, picks)) => picks.push(pick),
                None => reasons.push((reason, vec![pick])),
            }
        }
    }
    let note = |(reason, picks): (&str, Vec<String>)| {
        let verb = if picks.len() == 1 { "was" } else { "were" };
        format!("{} {verb} not tuned, because {reason}", picks.join(", "))
    };
    reasons.into_iter().map(note).collect()
}

/// A longer pick in a note is shortened.
const MAX_PICK_CHARS: usize = 60;

/// Tunes the optimizers of an experiment, except recorded runs, if the arguments say so.
/// Prints the result of each search to standard error. A trial has at most `epochs` epochs. `here` states whether the trials
/// must run in this thread. The labels of the returned experiment state the tuning.
pub(crate) fn tuned(
    contest: PreparedExperiment,
    args: &TuneArgs,
    epochs: u64,
    here: bool,
) -> Result<PreparedExperiment> {
    let contenders = contest.contenders.iter().enumerate();
    let is_run = |(_, one): &(usize, &ComparedOptimizer)| one.record().is_none();
    let runs: Vec<_> = contenders.filter(is_run).collect();
    if !args.tune {
        return Ok(contest);
    }
    if runs.is_empty() {
        refuse!(
            "--tune has no effect without an optimizer that runs";
            "add one, such as --with rprop, or remove --tune"
        );
    }
    let entrants = runs.iter().map(|(_, one)| one.entrant()).collect();
    let found = search(&contest, entrants, args, epochs, here)?;
    let mut tunings = vec![None; contest.contenders.len()];
    for ((place, _), tuning) in runs.into_iter().zip(found) {
        tunings[place] = tuning;
    }
    Ok(contest.with_tuning(&tunings)?)
}

/// Searches the settings of optimizers on the problem of an experiment. Returns the best trial of each.
fn search(
    contest: &PreparedExperiment,
    entrants: Vec<Entrant>,
    args: &TuneArgs,
    epochs: u64,
    here: bool,
) -> Result<Vec<Option<TuningSummary>>> {
    let mut contest = contest.with_contenders(Vec::new());
    contest.budget.epochs = epochs;
    let protocol = args.protocol(contest.randomness.seed)?;
    let workload = Workload {
        name: contest.problem.title.to_string(),
        contest,
        is_custom: here,
        evaluations: args.budget,
    };
    let plan = Arc::new(TuningPlan::new(vec![workload], entrants, protocol)?);
    check_something_is_tuned(&plan)?;
    let trials = run_trials(&plan, &WorkerPool::new(None)?, &Interrupt::listen())?;
    let results = plan.results(&trials).into_iter().enumerate();
    let summaries = results.map(|(optimizer, result)| {
        let (tuning, found) = tuned_settings(&plan, optimizer, &result?)?;
        let pick = shortened(plan.name(optimizer), MAX_PICK_CHARS);
        terminal::print_stderr(format_args!("note: {pick}: {found}\n"));
        tuning
    });
    Ok(summaries.collect())
}
