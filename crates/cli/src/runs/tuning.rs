//! Tuning: the trials of all optimizers on all cores, and the tuned experiment.

use crate::{
    args::compare::TuneArgs,
    failure::{Result, refuse},
    runs::{Interrupt, WorkerPool},
    terminal::{self, Progress},
};
use std::sync::Arc;
use thalweg::{
    contender::TuningSummary,
    error::shortened,
    experiment::{Experiment, PreparedExperiment},
    number::ShortestFloat,
    optimizers,
    pick::Pick,
    sweep::NumberedRuns,
    tuning::{OptimizerResult, Trial, TrialResult, TuningPlan, TuningProtocol, Workload},
};
use thalweg_gallery::map::count;

/// Makes all trials of a plan in parallel and returns their results in order.
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
    let mut results = Vec::new();
    let take = |number: usize, result: std::result::Result<TrialResult, thalweg::Error>| {
        results.push(result?);
        progress.set(number as u64 + 1);
        Ok(())
    };
    threads.map_ordered(plan.runs() as usize, interrupt, run, take)?;
    Ok(results)
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
        for (optimizer, pick) in plan.optimizers().iter().enumerate() {
            let Some(reason) = &plan.cell(workload, optimizer).untuned else {
                continue;
            };
            let pick = shortened(pick.text(), MAX_PICK_CHARS);
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

/// An experiment with tuned settings.
pub(crate) struct TunedExperiment {
    pub(crate) experiment: Experiment,
    /// One per optimizer, if it was tuned.
    summaries: Vec<Option<TuningSummary>>,
}

impl TunedExperiment {
    /// Tunes the optimizers of an experiment, except recorded runs, if the arguments say so. Prints the result of each search to
    /// standard error. A trial has at most `epochs` epochs.
    pub(crate) fn new(experiment: Experiment, args: &TuneArgs, epochs: u64) -> Result<Self> {
        let mut tuned = Self {
            summaries: vec![None; experiment.with.len()],
            experiment,
        };
        let with = tuned.experiment.with.iter().enumerate();
        let is_run = |(_, pick): &(usize, &Pick)| optimizers::check_can_run(pick).is_ok();
        let places: Vec<usize> = with.filter(is_run).map(|(i, _)| i).collect();
        if args.tune && !places.is_empty() {
            let protocol = args.protocol(tuned.experiment.randomness.seed);
            tuned.tune(&places, protocol, args.budget, epochs)?;
        }
        Ok(tuned)
    }

    /// Tunes the optimizers at these places.
    fn tune(
        &mut self,
        places: &[usize],
        protocol: TuningProtocol,
        evaluations: u64,
        epochs: u64,
    ) -> Result {
        let contest = Experiment {
            epochs,
            with: Vec::new(),
            ..self.experiment.clone()
        };
        let contest = contest.prepare()?;
        let workload = Workload {
            name: contest.problem.title.to_string(),
            contest,
            evaluations,
        };
        let picks: Vec<Pick> = places
            .iter()
            .map(|i| self.experiment.with[*i].clone())
            .collect();
        let plan = Arc::new(TuningPlan::new(vec![workload], &picks, protocol)?);
        check_something_is_tuned(&plan)?;
        let trials = run_trials(&plan, &WorkerPool::new(None)?, &Interrupt::listen())?;
        for (optimizer, result) in plan.results(&trials).into_iter().enumerate() {
            let Some(result) = result else { continue };
            let Some((trial, note)) = best_trial(&plan, optimizer, &result) else {
                continue;
            };
            terminal::print_stderr(format_args!("note: {note}\n"));
            if let Some(trial) = trial {
                self.experiment.with[places[optimizer]] = plan.pick(&trial)?;
                self.summaries[places[optimizer]] = plan.summary(&trial);
            }
        }
        Ok(())
    }

    /// Prepares the experiment. The labels state the tuning.
    pub(crate) fn prepare(&self) -> Result<PreparedExperiment> {
        let mut contest = self.experiment.prepare()?;
        for (contender, summary) in contest.contenders.iter_mut().zip(&self.summaries) {
            if let Some(summary) = summary {
                contender.mark_tuned(summary.clone());
            }
        }
        Ok(contest)
    }
}

/// Returns the best trial of all studies and a sentence on the search, unless there was nothing to tune. There is no best trial if
/// all trials diverged.
fn best_trial(
    plan: &TuningPlan,
    optimizer: usize,
    result: &OptimizerResult,
) -> Option<(Option<Trial>, String)> {
    let (study, trial, best) = result.best();
    let trial = Trial {
        workload: 0,
        optimizer,
        study,
        trial,
    };
    let summary = plan.summary(&trial)?;
    let pick = shortened(plan.optimizers()[optimizer].text(), MAX_PICK_CHARS);
    let studies = plan.protocol().studies;
    let tried = format!(
        "{pick}: tuned by {} in {}, each of at most {} evaluations",
        count(summary.trials as u64, "trial"),
        count_studies(studies),
        summary.evaluations
    );
    let settings = summary.settings.join(", ");
    Some(match best {
        TrialResult {
            time: Some(time), ..
        } => (
            Some(trial),
            format!("{tried}: {settings} reaches the target after {time} evaluations"),
        ),
        TrialResult { loss, .. } if loss.is_finite() => {
            let missed = match plan.workloads()[0].contest.budget.target {
                Some(_) => "none of them reaches the target",
                None => "there is no target",
            };
            let loss = ShortestFloat(loss);
            (
                Some(trial),
                format!("{tried}: {missed}; the best is {settings} with the loss {loss}"),
            )
        }
        _ => (
            None,
            format!("{tried}: every trial diverged, so it keeps its defaults; try other settings"),
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
