//! Tuning: the trials of all optimizers, and the tuned experiment.

use crate::{
    args::compare::TuneArgs,
    failure::{Result, refuse},
    runs::{Interrupt, WorkerPool, threads::map_here},
    terminal::{self, Progress},
};
use std::sync::Arc;
use thalweg::{
    contender::{ComparedOptimizer, TuningSummary},
    error::printable,
    experiment::PreparedExperiment,
    number::ShortestFloat,
    pick::Pick,
    record::Record,
    sweep::NumberedRuns,
    tuning::{OptimizerResult, TrialResult, TuningPlan, Workload},
};
use thalweg_gallery::map::count;

/// Makes all trials of a plan and returns their results in order. Without a pool, they run in this thread.
pub(crate) fn run_trials(
    plan: &Arc<TuningPlan>,
    threads: Option<&WorkerPool>,
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
    let mut results = Vec::new();
    let take = |number: usize, result: std::result::Result<TrialResult, thalweg::Error>| {
        results.push(result?);
        progress.set(number as u64 + 1);
        Ok(())
    };
    let count = plan.runs() as usize;
    match threads {
        Some(threads) => threads.map_ordered(count, interrupt, run, take)?,
        None => map_here(count, interrupt, run, take)?,
    }
    Ok(results)
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
    let names = plan.names().into_iter().zip(plan.optimizers());
    let long = names.filter(|(name, pick)| *name != printable(pick.text()));
    long.map(|(name, pick)| format!("{name} is {}", printable(pick.text())))
        .collect()
}

/// Tunes the optimizers of an experiment, except recorded runs and those that are not in the catalog, if the arguments say so.
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
    let (custom, cataloged): (Vec<_>, Vec<_>) = runs.into_iter().partition(|(_, c)| c.is_custom());
    for (_, one) in &custom {
        let label = &one.label;
        if cataloged.is_empty() {
            refuse!(
                "{label} cannot be tuned, because the ranges of its settings are not known";
                "remove `tune`, or compare several of them with different settings"
            );
        }
        terminal::print_stderr(format_args!(
            "note: {label}: the ranges of its settings are not known; it runs as it is\n"
        ));
    }
    let picks: Vec<Pick> = cataloged.iter().map(|(_, c)| c.pick.clone()).collect();
    let found = search(&contest, &picks, args, epochs, here)?;
    let mut tunings = vec![None; contest.contenders.len()];
    for ((place, _), tuning) in cataloged.into_iter().zip(found.tunings) {
        tunings[place] = tuning;
    }
    let tuned = contest.with_tuning(&tunings)?;
    if args.has_epochs.0 {
        return Ok(tuned);
    }
    Ok(limited_to_budget(tuned, found.evaluations))
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

/// The result of a search.
struct Found {
    /// The tuning of each optimizer.
    tunings: Vec<Option<TuningSummary>>,
    /// The budget of a trial.
    evaluations: u64,
}

/// Searches the settings of optimizers on the problem of an experiment. Returns the best trial of each.
fn search(
    contest: &PreparedExperiment,
    picks: &[Pick],
    args: &TuneArgs,
    epochs: u64,
    here: bool,
) -> Result<Found> {
    let mut contest = contest.with_contenders(Vec::new());
    contest.budget.epochs = epochs;
    let protocol = args.protocol(contest.randomness.seed)?;
    let workload = Workload {
        name: contest.problem.title.to_string(),
        contest,
        evaluations: args.budget,
    };
    let plan = Arc::new(TuningPlan::new(vec![workload], picks, protocol)?);
    check_something_is_tuned(&plan)?;
    print_untuned(&plan);
    let threads = (!here).then(|| WorkerPool::new(None)).transpose()?;
    let trials = run_trials(&plan, threads.as_ref(), &Interrupt::listen())?;
    let results = plan.results(&trials).into_iter().enumerate();
    let summaries = results.map(|(optimizer, result)| {
        let (tuning, note) = tuned_settings(&plan, optimizer, &result?)?;
        terminal::print_stderr(format_args!("note: {note}\n"));
        tuning
    });
    Ok(Found {
        tunings: summaries.collect(),
        evaluations: plan.budget(0),
    })
}

/// Returns the tuning by the best trial of the median study, as in a comparison, and a sentence on the search, unless there was
/// nothing to tune. There is no tuning if all trials of this study diverged.
fn tuned_settings(
    plan: &TuningPlan,
    optimizer: usize,
    result: &OptimizerResult,
) -> Option<(Option<TuningSummary>, String)> {
    let summary = plan.summary(&plan.median_trial(0, optimizer, result))?;
    let pick = &plan.names()[optimizer];
    let studies = plan.protocol().studies;
    let tried = format!(
        "{pick}: tuned by {} in {}, each of at most {} evaluations",
        count(summary.trials as u64, "trial"),
        count_studies(studies),
        summary.evaluations
    );
    let settings = summary.settings.join(", ");
    let of_studies = if studies == 1 {
        ""
    } else {
        " of the median study"
    };
    Some(match result.result() {
        TrialResult {
            time: Some(time), ..
        } => (
            Some(summary),
            format!(
                "{tried}: the best trial{of_studies}, {settings}, reaches the target after {time} evaluations"
            ),
        ),
        TrialResult { loss, .. } if loss.is_finite() => {
            let missed = match plan.workloads()[0].contest.budget.target {
                Some(_) => "misses the target and ",
                None => "",
            };
            let loss = ShortestFloat(loss);
            (
                Some(summary),
                format!(
                    "{tried}: the best trial{of_studies}, {settings}, {missed}ends with the loss {loss}"
                ),
            )
        }
        _ => (
            None,
            format!(
                "{tried}: every trial{of_studies} diverged, so it keeps its defaults; try other settings"
            ),
        ),
    })
}

/// Returns the number of studies with its noun.
pub(crate) fn count_studies(studies: u64) -> String {
    match studies {
        1 => "1 study".to_owned(),
        many => format!("{many} studies"),
    }
}
