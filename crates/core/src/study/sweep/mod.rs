//! A sweep: problems x optimizers x settings x initial points x seeds. Every combination is a numbered run.
//!
//! The runs are not stored: each is made from its number alone. A sweep of millions of runs therefore needs no memory,
//! and parts of it can be run anywhere and in any order.

use crate::{
    Error,
    catalog::{DefaultValue, over::SettingValues, pick::Pick},
    numeric::number::ShortestFloat,
    optimizers,
    run::{batch::RunEnd, randomness::Randomness},
    study::experiment::{Experiment, PreparedExperiment, Target},
};
use std::{ops::Range, sync::Arc};

mod starts;
mod variants;

pub use starts::{Seeds, Starts};
use variants::Variants;

/// Limit of the number of runs; a larger number is most likely a typing error.
pub const MAX_SWEEP_RUNS: u64 = 100_000_000;

/// A sweep as plain data. The picks are not resolved yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// The problems.
    pub on: Vec<Pick>,
    /// The optimizers.
    pub with: Vec<Pick>,
    /// Settings with lists of values. They apply to the optimizers that have these settings.
    pub over: Vec<SettingValues>,
    /// The initial points.
    pub starts: Starts,
    /// The seeds.
    pub seeds: Seeds,
    /// The target loss.
    pub target: Target,
    /// The epoch limit of a run.
    pub epochs: u64,
    /// The tolerance at which a run has converged.
    pub tolerance: Option<f64>,
    /// Randomness of a run. Its seed is ignored, because each run has one of `seeds`.
    pub randomness: Randomness,
}

/// The invalid part of a sweep, by its position in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepPart {
    /// A problem.
    On(usize),
    /// An optimizer.
    With(usize),
    /// A setting with a list of values.
    Over(usize),
    /// The initial points.
    Starts,
    /// The seeds.
    Seeds,
    /// The field with this key.
    Field(&'static str),
    /// The sweep as a whole.
    Whole,
}

/// An error in a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepError {
    /// The invalid part.
    pub place: SweepPart,
    /// The error.
    pub error: Box<Error>,
}

impl SweepPart {
    /// Returns the error of this part of the sweep.
    fn sweep_error(self, error: Error) -> SweepError {
        SweepError {
            place: self,
            error: Box::new(error),
        }
    }
}

/// A sweep that is ready to run.
pub struct Plan {
    /// One per problem, without optimizers.
    contests: Vec<PreparedExperiment>,
    problems: Vec<Pick>,
    variants: Variants,
    starts: Starts,
    seeds: Seeds,
    /// Number of initial points per problem and seed.
    starts_each: u64,
    runs: u64,
}

/// Numbered runs, each of which is made from its number alone, so that they can be made anywhere and in any order.
pub trait NumberedRuns: Send + Sync {
    /// Returns the number of runs, at least one.
    fn runs(&self) -> u64;

    /// Makes the first of these runs, together with the following runs that can be batched with it.
    ///
    /// # Errors
    /// The settings of an optimizer are invalid.
    fn drive(&self, runs: Range<u64>) -> Result<Vec<SweepRow<'_>>, Error>;
}

impl NumberedRuns for Plan {
    fn runs(&self) -> u64 {
        self.runs
    }

    fn drive(&self, runs: Range<u64>) -> Result<Vec<SweepRow<'_>>, Error> {
        Self::drive(self, runs).map_err(|sweep_error| *sweep_error.error)
    }
}

/// One run of a sweep and its result.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepRow<'p> {
    /// Number of the run, counted from 0.
    pub number: u64,
    /// The problem.
    pub on: &'p Pick,
    /// The optimizer with the settings of the sweep.
    pub with: Arc<Pick>,
    /// The seed.
    pub seed: u64,
    /// The initial point (dim).
    pub start: Vec<f64>,
    /// End of the run.
    pub end: RunEnd,
    /// The final weights (dim).
    pub weights: Vec<f64>,
}

impl Sweep {
    /// Resolves the picks, checks that all parts are compatible, and counts the runs.
    ///
    /// Combinations of settings are checked by [`Plan::check`], which takes time if there are many.
    ///
    /// # Errors
    /// A pick has an unknown id or an invalid setting, or occurs twice. No optimizer has a setting. An initial point does
    /// not fit a problem. There are no runs, or more than [`MAX_SWEEP_RUNS`].
    pub fn plan(&self) -> Result<Plan, SweepError> {
        check_duplicates(self.on.iter().map(Pick::text), SweepPart::On)?;
        check_duplicates(self.with.iter().map(Pick::text), SweepPart::With)?;
        let on = self.on.iter().enumerate();
        let contests = on.map(|(i, on)| self.contest(i, on));
        let contests: Vec<PreparedExperiment> = contests.collect::<Result<_, _>>()?;
        check_duplicates(self.over.iter().map(|over| &*over.key), SweepPart::Over)?;
        self.starts
            .check()
            .map_err(|e| SweepPart::Starts.sweep_error(e))?;
        self.seeds
            .check()
            .map_err(|e| SweepPart::Seeds.sweep_error(e))?;
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
        let runs = runs.filter(|runs| (1..=MAX_SWEEP_RUNS).contains(runs)).ok_or_else(|| {
            let [problems, variants, starts, seeds] = counts;
            let message = format!(
                "{problems} (problems) x {variants} (optimizers with their settings) x {starts} (starts) x {seeds} (seeds): \
                 a sweep must have 1 to {MAX_SWEEP_RUNS} runs; change one of the factors"
            );
            SweepPart::Whole.sweep_error(Error::Settings(message))
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

    /// Prepares the experiment on one problem, without optimizers.
    fn contest(&self, i: usize, on: &Pick) -> Result<PreparedExperiment, SweepError> {
        let experiment = Experiment {
            target: self.target,
            epochs: self.epochs,
            tolerance: self.tolerance,
            ..Experiment::new(on.clone(), Vec::new())
        };
        let mut contest = experiment.prepare().map_err(|error| match error {
            Error::NotFinite { .. } => SweepPart::Field("target").sweep_error(error),
            _ if self.tolerance.is_some_and(|v| v < 0.0) => {
                SweepPart::Field("tolerance").sweep_error(error)
            }
            _ => SweepPart::On(i).sweep_error(error),
        })?;
        let objective = &*contest.problem.objective;
        let noise = Randomness {
            batch: None,
            ..self.randomness.clone()
        };
        for (key, randomness) in [("gradient-noise", &noise), ("batch", &self.randomness)] {
            let checked = randomness.check(objective, &contest.on.id);
            checked.map_err(|error| SweepPart::Field(key).sweep_error(error))?;
        }
        contest.randomness = self.randomness.clone();
        if let Starts::Given(starts) = &self.starts {
            for start in starts {
                let checked = contest.check_start(start);
                checked.map_err(|error| SweepPart::Starts.sweep_error(error))?;
            }
        }
        Ok(contest)
    }

    /// Returns whether the sweep is random, so that seeds have an effect.
    pub fn is_random(&self) -> bool {
        let mut settings = self.with.iter().flat_map(|pick| &pick.settings);
        let has_batch = settings.any(|s| s.key == "batch" && !["0", "none"].contains(&&*s.value))
            || self.over.iter().any(|over| over.key == "batch");
        // An optimizer whose seed is optional draws random numbers by the seed of the run.
        let is_seeded = |pick: &Pick| {
            let entry = optimizers::REGISTRY.find(&pick.id);
            let seed = entry.and_then(|entry| entry.about.setting("seed"));
            let is_given = pick.settings.iter().any(|s| s.key == "seed");
            seed.is_some_and(|param| param.preset == DefaultValue::None) && !is_given
        };
        matches!(self.starts, Starts::Random(_))
            || !self.randomness.is_none()
            || has_batch
            || self.with.iter().any(is_seeded)
    }
}

/// Checks that no pick occurs twice in a list.
fn check_duplicates<'t>(
    texts: impl Iterator<Item = &'t str>,
    place: fn(usize) -> SweepPart,
) -> Result<(), SweepError> {
    let texts: Vec<&str> = texts.collect();
    for (i, text) in texts.iter().enumerate() {
        if texts[..i].contains(text) {
            let message = format!("`{text}` is given twice; remove one");
            return Err(place(i).sweep_error(Error::Settings(message)));
        }
    }
    Ok(())
}

impl Plan {
    /// Returns the number of runs, at least one.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// Returns the number of optimizers, counting each combination of settings.
    pub fn variants(&self) -> u64 {
        self.variants.len()
    }

    /// Returns the problems: their picks and the prepared experiments.
    pub fn problems(&self) -> impl Iterator<Item = (&Pick, &PreparedExperiment)> {
        self.problems.iter().zip(&self.contests)
    }

    /// Returns a sentence on each learning rate that is not given but follows from the curvature of a problem.
    pub fn rate_notes(&self) -> Vec<String> {
        let notes = self.problems().flat_map(|(on, contest)| {
            let titled = self.variants.titled().filter_map(|(title, pick)| {
                let rate = contest.enter(&pick).ok()?.derived_rate()?;
                Some((title, rate))
            });
            let mut notes: Vec<(f64, Vec<String>)> = Vec::new();
            for (title, rate) in titled {
                match notes.iter_mut().find(|(known, _)| *known == rate) {
                    Some((_, titles)) if titles.contains(&title) => {}
                    Some((_, titles)) => titles.push(title),
                    None => notes.push((rate, vec![title])),
                }
            }
            let source = contest.problem.learning_rate_source;
            notes.into_iter().map(move |(rate, titles)| {
                let (rate, titles) = (ShortestFloat(rate), titles.join(", "));
                format!("{on}: learning_rate={rate} for {titles}, {source}")
            })
        });
        notes.collect()
    }

    /// Checks the settings of one optimizer of [`variants`](Self::variants) on every problem.
    ///
    /// # Errors
    /// A value is not allowed, or values contradict each other.
    pub fn check(&self, variant: u64) -> Result<(), SweepError> {
        let pick = self.variants.pick(variant)?;
        for contest in &self.contests {
            let entered = contest.enter(&pick);
            entered.map_err(|error| self.variants.sweep_error(variant, error))?;
        }
        Ok(())
    }

    /// Runs the first of these runs, together with the following runs that can be batched with it.
    ///
    /// # Errors
    /// [`check`](Self::check) finds an error in the settings of the optimizer.
    pub fn drive(&self, runs: Range<u64>) -> Result<Vec<SweepRow<'_>>, SweepError> {
        assert!(
            runs.start < runs.end && runs.end <= self.runs,
            "the range must not be empty or exceed the sweep"
        );
        // Runs of one cell differ only in initial point and seed.
        let each = self.starts_each * self.seeds.count();
        let (cell, first) = (runs.start / each, runs.start % each);
        let (problem, variant) = (cell / self.variants.len(), cell % self.variants.len());
        let problem = problem as usize;
        let (contest, on) = (&self.contests[problem], &self.problems[problem]);
        let with = Arc::new(self.variants.pick(variant)?);
        let contender = contest.enter(&with);
        let contender = contender.map_err(|error| self.variants.sweep_error(variant, error))?;
        let count = if contest.is_batched(&contender) {
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
        // Only runs without randomness are batched, so the seed has no effect.
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
