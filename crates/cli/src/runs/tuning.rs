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

/// Refuses to tune if no optimizer has anything to tune.
pub(crate) fn check_something_is_tuned(plan: &TuningPlan) -> Result {
    if plan.has_nothing_to_tune() && plan.protocol().is_search() {
        refuse!(
            "--tune has nothing to tune: every setting that scales the steps is given, or the optimizers have none";
            "remove --tune, or do not give the learning rate; `thalweg show ID` shows what tuning searches"
        );
    }
    Ok(())
}

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
        if args.tune && places.is_empty() {
            refuse!(
                "--tune has no effect without an optimizer that runs";
                "add one, such as --with rprop, or remove --tune"
            );
        }
        if args.tune {
            let protocol = args.protocol(tuned.experiment.randomness.seed)?;
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
            let (trial, note) = tuned_trial(&plan, optimizer, &result);
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

/// Returns the best trial of the median study, as in a comparison, and a sentence on the search. There is none if all trials of
/// this study diverged, or if there was nothing to tune.
fn tuned_trial(
    plan: &TuningPlan,
    optimizer: usize,
    result: &OptimizerResult,
) -> (Option<Trial>, String) {
    let (study, trial) = result.trial();
    let trial = Trial {
        workload: 0,
        optimizer,
        study,
        trial,
    };
    let pick = &plan.optimizers()[optimizer];
    let Some(summary) = plan.summary(&trial) else {
        return (
            None,
            format!("{pick}: nothing to tune; it runs with its settings"),
        );
    };
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
    match result.result() {
        TrialResult {
            time: Some(time), ..
        } => (
            Some(trial),
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
                Some(trial),
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
    }
}

/// Returns the number of studies with its noun.
pub(crate) fn count_studies(studies: u64) -> String {
    match studies {
        1 => "1 study".to_owned(),
        many => format!("{many} studies"),
    }
}
