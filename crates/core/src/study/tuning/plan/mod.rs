//! The trials of a comparison: workloads x optimizers x studies x trials. Every trial is a numbered run.

use super::{
    protocol::TuningProtocol, result::OptimizerResult, result::TrialResult, run_within::run_within,
    search_space::SearchSpace,
};
use crate::{
    Error,
    catalog::pick::Pick,
    error::shortened,
    optimizers,
    run::batch::RunEnd,
    study::{
        contender::{ComparedOptimizer, TuningSummary},
        custom::Entrant,
        experiment::PreparedExperiment,
        sweep::{NumberedRuns, SweepRow},
    },
};
use std::{ops::Range, sync::Arc};

/// A problem with everything that all optimizers share.
pub struct Workload {
    /// Its name in tables and figures.
    pub name: String,
    /// The problem, the initial point, the target loss, and the randomness. Its optimizers are ignored.
    pub contest: PreparedExperiment,
    /// Whether the problem is not in the catalog.
    pub is_custom: bool,
    /// The budget of a trial: the number of evaluations of the loss, the gradient, and the Hessian, each counted as one.
    pub evaluations: u64,
}

/// All trials of a comparison, made from their numbers alone.
pub struct TuningPlan {
    workloads: Vec<Workload>,
    entrants: Vec<Entrant>,
    /// The picks of the entrants without tuned settings.
    optimizers: Vec<Pick>,
    protocol: TuningProtocol,
    /// One per workload and optimizer, workload by workload.
    cells: Vec<Cell>,
    runs: u64,
}

/// The trials of one optimizer on one workload.
pub struct Cell {
    /// The tuned settings.
    pub space: SearchSpace,
    /// The values of each trial, one per setting of the space, for each study.
    pub values: Vec<Vec<Vec<String>>>,
    /// Why nothing is tuned, if the protocol tries values and the space is empty.
    pub untuned: Option<String>,
    /// Why the optimizer cannot run on this workload, if it cannot. Then there are no trials, and the target counts as missed.
    pub obstacle: Option<String>,
    /// The number of its first trial.
    first: u64,
}

impl Cell {
    /// Returns the number of trials of all studies.
    fn count(&self) -> usize {
        self.values.iter().map(Vec::len).sum()
    }
}

/// One trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Position of the workload.
    pub workload: usize,
    /// Position of the optimizer.
    pub optimizer: usize,
    /// The study.
    pub study: usize,
    /// The trial within its study.
    pub trial: usize,
}

/// A longer pick is shortened in names: the text of a rule can have any length.
const MAX_NAME_CHARS: usize = 60;

/// Limit of the number of trials; a larger number is most likely a typing error.
const MAX_TRIALS: u64 = 1_000_000;

impl TuningPlan {
    /// Lists all trials and checks that every optimizer can run.
    ///
    /// # Errors
    /// An optimizer is invalid or cannot run on any of the workloads. There is no workload, no optimizer, no study, or no trial.
    pub fn new(
        workloads: Vec<Workload>,
        entrants: Vec<Entrant>,
        protocol: TuningProtocol,
    ) -> Result<Self, Error> {
        let (studies, trials) = (protocol.studies, protocol.trials);
        let count = (studies.saturating_mul(trials)).saturating_mul(entrants.len() as u64);
        let count = count.saturating_mul(workloads.len() as u64);
        if !(1..=MAX_TRIALS).contains(&count) {
            return Err(Error::Settings(format!(
                "{} (problems) x {} (optimizers) x {studies} (studies) x {trials} (trials): \
                 a comparison must have 1 to {MAX_TRIALS} trials; change one of the factors",
                workloads.len(),
                entrants.len()
            )));
        }
        let picks = entrants.iter().map(|entrant| match entrant {
            Entrant::Cataloged(pick) => protocol.pick(pick.clone()),
            Entrant::Custom(_) => entrant.pick(),
        });
        let optimizers = picks.collect::<Result<Vec<Pick>, Error>>()?;
        let mut plan = Self {
            workloads,
            entrants,
            optimizers,
            protocol,
            cells: Vec::new(),
            runs: 0,
        };
        for workload in 0..plan.workloads.len() {
            for optimizer in 0..plan.optimizers.len() {
                let cell = plan.new_cell(workload, optimizer)?;
                plan.runs += cell.count() as u64;
                plan.cells.push(cell);
            }
        }
        Ok(plan)
    }

    /// Checks that an optimizer can run on at least one of the workloads.
    ///
    /// # Errors
    /// It is a recorded run or invalid, or no workload has what it needs.
    pub fn check_optimizer(workloads: &[Workload], pick: &Pick) -> Result<(), Error> {
        optimizers::check_can_run(pick)?;
        let mut first = None;
        for workload in workloads {
            match workload.contest.enter(pick) {
                Ok(_) => return Ok(()),
                Err(error) => first = first.or(Some(error)),
            }
        }
        first.map_or(Ok(()), Err)
    }

    fn new_cell(&self, workload: usize, optimizer: usize) -> Result<Cell, Error> {
        let (pick, entrant) = (&self.optimizers[optimizer], &self.entrants[optimizer]);
        let first = self.runs;
        let contest = &self.workloads[workload].contest;
        if !entrant.is_custom() {
            optimizers::check_can_run(pick)?;
        }
        match contest.enter_with(entrant, pick) {
            Ok(contender) => {
                let space = SearchSpace::of(contest, &contender, self.protocol.tunes_given);
                let studies = 0..self.protocol.studies;
                let is_untuned = space.is_empty() && self.protocol.is_search();
                Ok(Cell {
                    values: studies
                        .map(|study| self.protocol.values(&space, study))
                        .collect(),
                    untuned: is_untuned.then(|| SearchSpace::reason_for_none(contest, &contender)),
                    space,
                    obstacle: None,
                    first,
                })
            }
            Err(error) if entrant.is_custom() => Err(error),
            Err(error) => {
                Self::check_optimizer(&self.workloads, pick)?;
                Ok(Cell {
                    space: SearchSpace::default(),
                    values: Vec::new(),
                    untuned: None,
                    obstacle: Some(error.to_string()),
                    first,
                })
            }
        }
    }

    /// Returns the workloads.
    pub fn workloads(&self) -> &[Workload] {
        &self.workloads
    }

    /// Returns the optimizers without tuned settings.
    pub fn optimizers(&self) -> &[Pick] {
        &self.optimizers
    }

    /// Returns the complete name of an optimizer: its pick without tuned settings, or the title of one that is not in the catalog.
    pub fn name(&self, optimizer: usize) -> &str {
        match &self.entrants[optimizer] {
            Entrant::Cataloged(_) => self.optimizers[optimizer].text(),
            custom @ Entrant::Custom(_) => custom.name(),
        }
    }

    /// Returns distinct names of the optimizers for tables and figures, without the ends of long ones.
    pub fn names(&self) -> Vec<String> {
        let texts = (0..self.optimizers.len()).map(|optimizer| self.name(optimizer));
        let names: Vec<String> = texts.map(|text| shortened(text, MAX_NAME_CHARS)).collect();
        let numbered = names.iter().enumerate().map(|(i, name)| {
            let before = names[..i].iter().filter(|other| *other == name).count();
            match before {
                0 => name.clone(),
                _ => format!("{name} {}", before + 1),
            }
        });
        numbered.collect()
    }

    /// Returns whether the runs of an optimizer on a workload use a problem or an optimizer that is not in the catalog.
    pub fn is_custom(&self, workload: usize, optimizer: usize) -> bool {
        self.workloads[workload].is_custom || self.entrants[optimizer].is_custom()
    }

    /// Returns the protocol.
    pub fn protocol(&self) -> TuningProtocol {
        self.protocol
    }

    /// Returns the trials of one optimizer on one workload.
    pub fn cell(&self, workload: usize, optimizer: usize) -> &Cell {
        &self.cells[workload * self.optimizers.len() + optimizer]
    }

    /// Returns whether the trials of an optimizer on a workload have tuned settings.
    pub fn is_tuned(&self, workload: usize, optimizer: usize) -> bool {
        let values = self.cell(workload, optimizer).values.iter().flatten();
        values.flatten().next().is_some()
    }

    /// Returns whether no optimizer has a setting to tune.
    pub fn has_nothing_to_tune(&self) -> bool {
        self.cells.iter().all(|cell| cell.space.is_empty())
    }

    /// Returns the budget of a trial on a workload, in evaluations.
    pub fn budget(&self, workload: usize) -> u64 {
        self.protocol.budget(self.workloads[workload].evaluations)
    }

    /// Returns the trial with a number below [`runs`](NumberedRuns::runs).
    pub fn trial(&self, number: u64) -> Trial {
        let cell = self.cells.partition_point(|cell| cell.first <= number) - 1;
        let mut rest = (number - self.cells[cell].first) as usize;
        let mut study = 0;
        while rest >= self.cells[cell].values[study].len() {
            rest -= self.cells[cell].values[study].len();
            study += 1;
        }
        Trial {
            workload: cell / self.optimizers.len(),
            optimizer: cell % self.optimizers.len(),
            study,
            trial: rest,
        }
    }

    /// Returns the numbers of the trials of one optimizer on one workload.
    pub fn numbers(&self, workload: usize, optimizer: usize) -> Range<u64> {
        let cell = self.cell(workload, optimizer);
        cell.first..cell.first + cell.count() as u64
    }

    /// Returns the best trial of the median study of an optimizer on a workload, given its result there.
    pub fn median_trial(
        &self,
        workload: usize,
        optimizer: usize,
        result: &OptimizerResult,
    ) -> Trial {
        let (study, trial) = result.trial();
        Trial {
            workload,
            optimizer,
            study,
            trial,
        }
    }

    /// Returns the values of a trial, one per setting of its space.
    pub fn values(&self, trial: &Trial) -> &[String] {
        &self.cell(trial.workload, trial.optimizer).values[trial.study][trial.trial]
    }

    /// Returns the optimizer of a trial with its tuned settings.
    ///
    /// # Errors
    /// A value would be misread in a pick.
    pub fn pick(&self, trial: &Trial) -> Result<Pick, Error> {
        let space = &self.cell(trial.workload, trial.optimizer).space;
        let mut settings = space.dimensions.iter().zip(self.values(trial));
        let pick = self.optimizers[trial.optimizer].clone();
        settings.try_fold(pick, |pick, (dimension, value)| {
            pick.changed(&dimension.key, value)
        })
    }

    /// Returns the experiment of a trial, for a caller that advances its run step by step: its optimizer alone, with the seed
    /// of its study and an epoch limit that is at most the budget.
    ///
    /// # Errors
    /// The optimizer cannot run on the workload, or a value would be misread in a pick.
    pub fn experiment(&self, trial: &Trial) -> Result<PreparedExperiment, Error> {
        let contest = &self.workloads[trial.workload].contest;
        let mut contender = self.contender(trial)?;
        contender.randomness.seed = self.protocol.study_seed(trial.study as u64);
        let mut alone = contest.with_contenders(vec![contender]);
        alone.budget.epochs = alone.budget.epochs.min(self.budget(trial.workload));
        Ok(alone)
    }

    /// Prepares the optimizer of a trial with its tuned settings.
    ///
    /// # Errors
    /// A value would be misread in a pick, or a custom optimizer cannot run.
    pub fn contender(&self, trial: &Trial) -> Result<ComparedOptimizer, Error> {
        let contest = &self.workloads[trial.workload].contest;
        contest.enter_with(&self.entrants[trial.optimizer], &self.pick(trial)?)
    }

    /// Returns what a reader must know about the tuning of an optimizer whose best trial is `trial`, if it was tuned.
    pub fn summary(&self, trial: &Trial) -> Option<TuningSummary> {
        let cell = self.cell(trial.workload, trial.optimizer);
        let settings = cell.space.dimensions.iter().zip(self.values(trial));
        let settings: Vec<String> = settings
            .map(|(dimension, value)| format!("{}={value}", dimension.key))
            .collect();
        (!settings.is_empty()).then(|| TuningSummary {
            settings,
            studies: cell.values.len(),
            trials: cell.count(),
            evaluations: self.budget(trial.workload),
        })
    }

    /// Returns the result of each optimizer on each workload, workload by workload, from the results of all trials in order. An
    /// optimizer that cannot run has no result.
    pub fn results(&self, trials: &[TrialResult]) -> Vec<Option<OptimizerResult>> {
        let mut rest = trials;
        let mut result = |cell: &Cell| {
            let mut studies = Vec::new();
            for study in &cell.values {
                let (own, others) = rest.split_at(study.len());
                studies.push(own.to_vec());
                rest = others;
            }
            (!studies.is_empty()).then(|| OptimizerResult::new(&studies))
        };
        self.cells.iter().map(&mut result).collect()
    }
}

impl NumberedRuns for TuningPlan {
    fn runs(&self) -> u64 {
        self.runs
    }

    /// Runs one trial. Neighboring trials differ in settings, so they cannot be batched.
    fn drive(&self, runs: Range<u64>) -> Result<Vec<SweepRow<'_>>, Error> {
        let trial = self.trial(runs.start);
        let contest = &self.workloads[trial.workload].contest;
        let pick = self.pick(&trial)?;
        let contender = contest.enter_with(&self.entrants[trial.optimizer], &pick)?;
        let seed = self.protocol.study_seed(trial.study as u64);
        let (mut weights, mut ends) = (contest.start.clone(), [RunEnd::NONE]);
        let evaluations = self.budget(trial.workload);
        run_within(
            evaluations,
            contest,
            seed,
            &contender,
            &mut weights,
            &mut ends,
        );
        let [end] = ends;
        Ok(vec![SweepRow {
            number: runs.start,
            on: &contest.on,
            with: Arc::new(pick),
            seed,
            start: contest.start.clone(),
            end,
            weights,
        }])
    }
}

#[cfg(test)]
mod tests;
