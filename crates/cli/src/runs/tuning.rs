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
    error::printable,
    experiment::PreparedExperiment,
    record::Record,
    sweep::NumberedRuns,
    tuning::{Search, TrialResult, TuningPlan, TuningProtocol, Workload},
};
use thalweg_explore::tuning::{count_studies, tuned_settings};
use thalweg_gallery::map::count;

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

/// Refuses to tune if no optimizer has anything to tune.
pub(crate) fn check_something_is_tuned(plan: &TuningPlan) -> Result {
    if plan.has_nothing_to_tune() && plan.protocol().is_search() {
        let reasons = untuned_notes(plan).join("; ");
        refuse!(
            "--tune has nothing to tune: {reasons}";
            "remove --tune, or do not give the learning rate; `thalweg show ID` shows what tuning searches"
        );
    }
    Ok(())
}

/// Prints which optimizers run with their settings beside tuned ones, and why, to standard error.
fn print_untuned(plan: &TuningPlan) {
    let notes = untuned_notes(plan).into_iter();
    let notes = notes.map(|note| format!("note: {note}\n"));
    terminal::print_stderr(terminal::escaped_lines(&notes.collect::<String>()));
}

/// Returns a sentence for each reason why optimizers are not tuned, without a period.
pub(crate) fn untuned_notes(plan: &TuningPlan) -> Vec<String> {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for (optimizer, name) in plan.names().into_iter().enumerate() {
        let workloads = 0..plan.workloads().len();
        let untuned = workloads.clone().filter_map(|workload| {
            let reason = plan.cell(workload, optimizer).untuned.as_deref()?;
            Some((workload, reason))
        });
        let untuned: Vec<(usize, &str)> = untuned.collect();
        let mut own: Vec<&str> = untuned.iter().map(|(_, reason)| *reason).collect();
        own.dedup();
        for reason in own {
            let of_reason = untuned.iter().filter(|(_, other)| *other == reason);
            let names: Vec<&str> = of_reason
                .map(|(workload, _)| &*plan.workloads()[*workload].name)
                .collect();
            let mut text = name.clone();
            // An optimizer can have something to tune on other problems.
            let can_run = workloads.clone().filter(|workload| {
                let cell = plan.cell(*workload, optimizer);
                cell.obstacle.is_none()
            });
            if names.len() < can_run.count() {
                text.extend([" (on ", &names.join(", "), ")"]);
            }
            match reasons.iter_mut().find(|(other, _)| *other == reason) {
                Some((_, texts)) if texts.contains(&text) => {}
                Some((_, texts)) => texts.push(text),
                None => reasons.push((reason, vec![text])),
            }
        }
    }
    let note = |(reason, texts): (&str, Vec<String>)| {
        let verb = if texts.len() == 1 { "was" } else { "were" };
        format!("{} {verb} not tuned, because {reason}", texts.join(", "))
    };
    reasons.into_iter().map(note).collect()
}

/// Returns a line with the complete pick for each optimizer whose name is shortened.
pub(crate) fn complete_picks(plan: &TuningPlan) -> Vec<String> {
    let names = plan.names().into_iter().enumerate();
    let names = names.map(|(optimizer, name)| (name, printable(plan.name(optimizer))));
    let long = names.filter(|(name, complete)| name != complete);
    long.map(|(name, complete)| format!("{name} is {complete}"))
        .collect()
}

/// Describes the studies of a protocol and their trials.
pub(crate) fn studies_text(protocol: TuningProtocol) -> String {
    let studies = count_studies(protocol.studies);
    match protocol.search {
        Search::QuasiRandom => format!(
            "{studies} of {} with quasi-random values",
            count(protocol.trials, "trial")
        ),
        Search::Grid => format!("{studies} of a grid with eight values per decade"),
        Search::Defaults => format!("{studies} with the defaults and 1.5 times the budget"),
        Search::None => studies,
    }
}

/// Tunes the optimizers of an experiment, except recorded runs, if the arguments say so.
/// Prints the result of each search to standard error. A trial has at most `epochs` epochs. `here` states whether the trials
/// must run in this thread. The labels of the returned experiment state the tuning, and its runs end with the budget of a trial
/// unless the arguments limit the epochs.
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
    let protocol = args.protocol(contest.randomness.seed)?;
    let mut alone = contest.with_contenders(Vec::new());
    alone.budget.epochs = epochs;
    let workload = Workload {
        name: contest.problem.title.to_string(),
        contest: alone,
        is_custom: here,
        evaluations: args.budget,
    };
    let found = search(workload, entrants, protocol)?;
    let mut tunings = vec![None; contest.contenders.len()];
    for ((place, _), tuning) in runs.into_iter().zip(found) {
        tunings[place] = tuning;
    }
    let tuned = contest.with_tuning(&tunings)?;
    if args.has_epochs.0 {
        return Ok(tuned);
    }
    Ok(limited_to_budget(tuned, protocol.budget(args.budget)))
}

/// Ends the runs with the budget that the settings were chosen for, because later epochs would not show what was compared. A step
/// makes at least one evaluation. Recorded runs stay complete.
fn limited_to_budget(mut contest: PreparedExperiment, evaluations: u64) -> PreparedExperiment {
    let records = contest
        .contenders
        .iter()
        .filter_map(ComparedOptimizer::record);
    let longest = records.map(Record::epochs).max().unwrap_or(0);
    contest.budget.epochs = contest.budget.epochs.min(evaluations.max(longest));
    let end = match contest.budget.target {
        Some(_) => "end at the target or",
        None => "end",
    };
    terminal::print_stderr(format_args!(
        "note: the runs {end} after {}, the budget of a trial in evaluations; --epochs sets another limit\n",
        count(contest.budget.epochs, "epoch")
    ));
    contest
}

/// Searches the settings of optimizers on a problem. Returns the best trial of each.
fn search(
    workload: Workload,
    entrants: Vec<Entrant>,
    protocol: TuningProtocol,
) -> Result<Vec<Option<TuningSummary>>> {
    let plan = Arc::new(TuningPlan::new(vec![workload], entrants, protocol)?);
    check_something_is_tuned(&plan)?;
    print_untuned(&plan);
    let trials = run_trials(&plan, &WorkerPool::new(None)?, &Interrupt::listen())?;
    let results = plan.results(&trials).into_iter().enumerate();
    let summaries = results.map(|(optimizer, result)| {
        let (tuning, found) = tuned_settings(&plan, optimizer, &result?)?;
        let pick = &plan.names()[optimizer];
        terminal::print_stderr(format_args!("note: {pick}: {found}\n"));
        tuning
    });
    Ok(summaries.collect())
}
