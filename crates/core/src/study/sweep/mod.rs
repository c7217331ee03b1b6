//! A sweep: problems x optimizers x settings x starts x seeds, each a run with a number.
//!
//! The runs are counted and never listed: any of them is made from its number alone, so that a sweep of millions takes
//! no room, and parts of it can be run anywhere in any order.

use crate::{
    Error,
    catalog::{over::SettingValues, pick::Pick},
    run::{batch::RunEnd, randomness::Randomness},
    study::experiment::{Experiment, PreparedExperiment, Target},
};
use std::{ops::Range, sync::Arc};

mod starts;
mod variants;

pub use starts::{Seeds, Starts};
use variants::Variants;

/// More runs than this are a mistake rather than a wish.
pub const MOST_RUNS: u64 = 100_000_000;

/// A sweep as plain data; nothing in it has been looked up yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// The problems.
    pub on: Vec<Pick>,
    /// The optimizers.
    pub with: Vec<Pick>,
    /// Settings that take several values in turn, by the optimizers that have them.
    pub over: Vec<SettingValues>,
    /// Where the runs begin.
    pub starts: Starts,
    /// What all that is random is drawn from.
    pub seeds: Seeds,
    /// The loss to come down to.
    pub target: Target,
    /// The epoch limit of a run.
    pub epochs: u64,
    /// What is random in a run; its seed does not count, for each run has one of `seeds`.
    pub chance: Randomness,
}

/// The part of a sweep that is wrong, by its place in the list given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepPart {
    /// A problem.
    On(usize),
    /// An optimizer.
    With(usize),
    /// A setting that takes several values.
    Over(usize),
    /// The starts.
    Starts,
    /// The seeds.
    Seeds,
    /// The field of this key.
    Field(&'static str),
    /// All of it together.
    Whole,
}

/// What is wrong with a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepError {
    /// The part that is wrong.
    pub place: SweepPart,
    /// What is wrong with it.
    pub error: Error,
}

impl SweepPart {
    /// The misfit that this part of the sweep has this error.
    fn misfit(self, error: Error) -> SweepError {
        SweepError { place: self, error }
    }
}

/// A sweep that is ready to run.
pub struct Plan {
    /// One a problem, without optimizers.
    contests: Vec<PreparedExperiment>,
    problems: Vec<Pick>,
    variants: Variants,
    starts: Starts,
    seeds: Seeds,
    /// Starts of one problem.
    starts_each: u64,
    runs: u64,
}

/// One run of a sweep and its end.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepRow<'p> {
    /// Its number, counted from 0.
    pub number: u64,
    /// The problem.
    pub on: &'p Pick,
    /// The optimizer with all the settings that the sweep gives it.
    pub with: Arc<Pick>,
    /// What all that is random in it was drawn from.
    pub seed: u64,
    /// The first weights (dim).
    pub start: Vec<f64>,
    /// How it ended.
    pub end: RunEnd,
    /// The last weights (dim).
    pub weights: Vec<f64>,
}

impl Sweep {
    /// Looks everything up, checks that it fits together, and counts the runs.
    ///
    /// Combinations of settings are checked by [`Plan::check`], which takes time where there are many.
    ///
    /// # Errors
    /// A pick that names nothing, has a wrong setting or stands there twice; a setting that no optimizer has; a start
    /// that does not suit a problem; nothing to run, or more than [`MOST_RUNS`].
    pub fn plan(&self) -> Result<Plan, SweepError> {
        twice(&self.on, SweepPart::On)?;
        twice(&self.with, SweepPart::With)?;
        let on = self.on.iter().enumerate();
        let contests = on.map(|(i, on)| self.contest(i, on));
        let contests: Vec<PreparedExperiment> = contests.collect::<Result<_, _>>()?;
        for (k, over) in self.over.iter().enumerate() {
            if self.over[..k].iter().any(|other| other.key == over.key) {
                let message = format!("`{}` is given twice", over.key);
                return Err(SweepPart::Over(k).misfit(Error::Settings(message)));
            }
        }
        self.starts
            .check()
            .map_err(|e| SweepPart::Starts.misfit(e))?;
        self.seeds.check().map_err(|e| SweepPart::Seeds.misfit(e))?;
        let variants = Variants::new(&self.with, &self.over, &contests)?;
        let starts_each = self.starts.count();
        let counts = [
            contests.len() as u64,
            variants.len(),
            starts_each,
            self.seeds.count(),
        ];
        let runs = counts
            .iter()
            .try_fold(1_u64, |all, count| all.checked_mul(*count));
        let runs = runs.filter(|runs| (1..=MOST_RUNS).contains(runs)).ok_or_else(|| {
            let [problems, variants, starts, seeds] = counts;
            let message = format!(
                "{problems} problems x {variants} optimizers with their settings x {starts} starts x {seeds} seeds: \
                 there must be 1 to {MOST_RUNS} runs"
            );
            SweepPart::Whole.misfit(Error::Settings(message))
        })?;
        Ok(Plan {
            contests,
            problems: self.on.clone(),
            variants,
            starts: self.starts.clone(),
            seeds: self.seeds.clone(),
            starts_each,
            runs,
        })
    }

    /// The contest on one problem, without optimizers.
    fn contest(&self, i: usize, on: &Pick) -> Result<PreparedExperiment, SweepError> {
        let experiment = Experiment {
            target: self.target,
            epochs: self.epochs,
            ..Experiment::new(on.clone(), Vec::new())
        };
        let mut contest = experiment.prepare().map_err(|error| match error {
            Error::NotFinite { .. } => SweepPart::Field("target").misfit(error),
            _ => SweepPart::On(i).misfit(error),
        })?;
        let objective = &*contest.problem.objective;
        let noise = Randomness {
            batch: None,
            ..self.chance.clone()
        };
        for (key, chance) in [("gradient-noise", &noise), ("batch", &self.chance)] {
            let checked = chance.check(objective);
            checked.map_err(|error| SweepPart::Field(key).misfit(error))?;
        }
        contest.chance = self.chance.clone();
        if let Starts::Given(starts) = &self.starts {
            for start in starts {
                let checked = contest.check_start(start);
                checked.map_err(|error| SweepPart::Starts.misfit(error))?;
            }
        }
        Ok(contest)
    }

    /// Whether anything in it is drawn at random, so that seeds make a difference.
    pub fn is_random(&self) -> bool {
        matches!(self.starts, Starts::Random(_)) || !self.chance.is_none()
    }
}

/// Refuses a pick that stands in a list twice.
fn twice(picks: &[Pick], place: fn(usize) -> SweepPart) -> Result<(), SweepError> {
    for (i, pick) in picks.iter().enumerate() {
        if picks[..i].iter().any(|other| other.text() == pick.text()) {
            let message = format!("`{pick}` is given twice");
            return Err(place(i).misfit(Error::Settings(message)));
        }
    }
    Ok(())
}

impl Plan {
    /// Number of runs, at least one.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// Number of optimizers, each combination of settings by itself.
    pub fn variants(&self) -> u64 {
        self.variants.len()
    }

    /// The problems, ready to run, as they were picked.
    pub fn problems(&self) -> impl Iterator<Item = (&Pick, &PreparedExperiment)> {
        self.problems.iter().zip(&self.contests)
    }

    /// Checks the settings of one optimizer of [`variants`](Self::variants) on every problem.
    ///
    /// # Errors
    /// A value that is not allowed, or values that do not go together.
    pub fn check(&self, variant: u64) -> Result<(), SweepError> {
        let pick = self.variants.pick(variant)?;
        for contest in &self.contests {
            let entered = contest.enter(&pick);
            entered.map_err(|error| self.variants.misfit(variant, error))?;
        }
        Ok(())
    }

    /// Drives the first of these runs, and as many behind it as can march side by side with it, to their ends.
    ///
    /// # Errors
    /// What [`check`](Self::check) says of the optimizer.
    pub fn drive(&self, runs: Range<u64>) -> Result<Vec<SweepRow<'_>>, SweepError> {
        assert!(
            runs.start < runs.end && runs.end <= self.runs,
            "no such runs"
        );
        // Runs of one cell differ by start and seed alone.
        let each = self.starts_each * self.seeds.count();
        let (cell, first) = (runs.start / each, runs.start % each);
        let (problem, variant) = (cell / self.variants.len(), cell % self.variants.len());
        let problem = problem as usize;
        let (contest, on) = (&self.contests[problem], &self.problems[problem]);
        let with = Arc::new(self.variants.pick(variant)?);
        let contender = contest.enter(&with);
        let contender = contender.map_err(|error| self.variants.misfit(variant, error))?;
        let count = if contest.side_by_side(&contender) {
            (each - first).min(runs.end - runs.start)
        } else {
            1
        };
        let mut rows: Vec<SweepRow> = (0..count)
            .map(|i| {
                let seeds = self.seeds.count();
                let (start, seed) = ((first + i) / seeds, self.seeds.get((first + i) % seeds));
                SweepRow {
                    number: runs.start + i,
                    on,
                    with: with.clone(),
                    seed,
                    start: self.starts.get(start, seed, contest),
                    end: RunEnd::NONE,
                    weights: Vec::new(),
                }
            })
            .collect();
        let (dim, count) = (contest.problem.objective.dim(), rows.len());
        let mut weights = vec![0.0; dim * count];
        let mut ends = vec![RunEnd::NONE; count];
        for (i, row) in rows.iter().enumerate() {
            for (j, w) in row.start.iter().enumerate() {
                weights[j * count + i] = *w;
            }
        }
        // Where there are several, nothing is random and the seed makes no difference.
        contest.run_many_from_seed(rows[0].seed, &contender, &mut weights, &mut ends);
        for (i, row) in rows.iter_mut().enumerate() {
            row.end = ends[i];
            row.weights = (0..dim).map(|j| weights[j * count + i]).collect();
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests;
