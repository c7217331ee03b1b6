//! The runs of the article: five algorithms train a network with two weights.
//!
//! All texts and pictures are computed from these runs; no result is typed in.

use crate::prelude::*;
use crate::{
    map::label,
    subject::algorithms::{ALGORITHMS, LARGER_RATE},
};
use thalweg::{experiment::Experiment, pick::Pick, problems::Problem};

/// One algorithm of the article with its run.
pub struct Algorithm {
    /// Its name in the article.
    pub name: &'static str,
    /// Name of its trace file without extension.
    pub file: &'static str,
    /// The optimizer with its settings.
    pub pick: Pick,
    /// Its run.
    pub trace: Trace,
}

impl Algorithm {
    /// Returns "Name (N steps)".
    pub fn label(&self) -> String {
        label(self.name, &self.trace)
    }
}

/// All runs of the article.
pub struct ArticleRuns {
    /// The problem with its initial point and target.
    pub problem: Problem,
    /// The five algorithms in the article's order.
    pub algorithms: Vec<Algorithm>,
    /// Gradient descent with a larger learning rate.
    pub larger_rate: Algorithm,
}

impl ArticleRuns {
    /// Computes all runs.
    ///
    /// # Errors
    /// Does not fail in practice: the optimizers are constants.
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
        Ok(Self {
            larger_rate: algorithms.remove(ALGORITHMS.len()),
            algorithms,
            problem: contest.problem,
        })
    }

    /// Returns an experiment with some of the five algorithms, given by their indices, and their traces.
    pub(super) fn of(&self, runs: &[usize]) -> Result<(PreparedExperiment, Vec<Trace>), Error> {
        let contest = contest(runs.iter().map(|i| &ALGORITHMS[*i]))?;
        let traces = runs.iter().map(|i| self.algorithms[*i].trace.clone());
        Ok((contest, traces.collect()))
    }
}

/// Prepares the article's problem with these algorithms under the names of the article.
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
