//! The runs of the article: five algorithms train a network of two weights.
//!
//! Everything that is written or drawn is taken from the runs made here; nothing is typed in.

use super::facts::Facts;
use crate::prelude::*;
use crate::{
    map::label,
    subject::algorithms::{ALGORITHMS, LARGER_RATE},
};
use thalweg::{experiment::Experiment, pick::Pick, problems::Problem};

/// One algorithm of the article and what it did.
pub struct Algorithm {
    /// Its name in the article.
    pub name: &'static str,
    /// Name of its trace's file, without ending.
    pub file: &'static str,
    /// Its pick.
    pub pick: Pick,
    /// What it did.
    pub trace: Trace,
}

impl Algorithm {
    /// "Name (N steps)".
    pub fn label(&self) -> String {
        label(self.name, &self.trace)
    }
}

/// All runs of the article.
pub struct ArticleRuns {
    /// The problem with its start and target.
    pub problem: Problem,
    /// The five algorithms in the article's order.
    pub algorithms: Vec<Algorithm>,
    /// Gradient descent with a larger learning rate.
    pub larger_rate: Algorithm,
    /// The facts of all runs.
    pub(crate) facts: Facts,
}

impl ArticleRuns {
    /// Makes all runs.
    ///
    /// # Errors
    /// None that a user could cause: the picks are constants.
    pub fn new() -> Result<Self, Error> {
        let rows = || ALGORITHMS.iter().chain([&LARGER_RATE]);
        let contest = contest(rows())?;
        let runs = rows().zip(contest.contenders.iter().zip(contest.runs()));
        let runs = runs.map(|([name, file, _], (contender, run))| Algorithm {
            name,
            file,
            pick: contender.pick.clone(),
            trace: Trace::record(run),
        });
        let mut algorithms: Vec<Algorithm> = runs.collect();
        let mut study = Self {
            larger_rate: algorithms.remove(ALGORITHMS.len()),
            algorithms,
            problem: contest.problem,
            facts: Facts::default(),
        };
        study.facts = Facts::new(&study);
        Ok(study)
    }

    /// Some of the five algorithms by their numbers, as a contest of their own, and what they did.
    pub(super) fn of(&self, runs: &[usize]) -> Result<(PreparedExperiment, Vec<Trace>), Error> {
        let contest = contest(runs.iter().map(|i| &ALGORITHMS[*i]))?;
        let traces = runs.iter().map(|i| self.algorithms[*i].trace.clone());
        Ok((contest, traces.collect()))
    }
}

/// The article's problem with these algorithms, under the names that it gives them.
fn contest(
    rows: impl Iterator<Item = &'static [&'static str; 3]> + Clone,
) -> Result<PreparedExperiment, Error> {
    let with = rows.clone().map(|[_, _, pick]| pick.parse());
    let with = with.collect::<Result<_, _>>()?;
    let mut contest = Experiment::new("article".parse()?, with).prepare()?;
    for (contender, [name, ..]) in contest.contenders.iter_mut().zip(rows) {
        (*name).clone_into(&mut contender.label);
    }
    Ok(contest)
}
