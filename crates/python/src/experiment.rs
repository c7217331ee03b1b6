//! Experiments of which some parts are written in Python.

use crate::{
    failure::Failure,
    optimizer::Optimizer,
    problem::Problem,
    work::{self, exception},
};
use pyo3::prelude::*;
use thalweg::{Error, experiment::PreparedExperiment, inspect::Channel};
use thalweg_cli::embed;

/// An optimizer of an experiment: a pick, or one that is written in Python.
#[derive(FromPyObject)]
pub(crate) enum Contender {
    Pick(String),
    Custom(Py<Optimizer>),
}

/// Prepares an experiment. The words are those of a command without the problem, if it is given, and without the optimizers.
/// `channels` are those of each optimizer if the runs are finished; then nothing of Python is called.
///
/// # Errors
/// The experiment is invalid, or a function raises an exception.
pub(crate) fn custom_contest(
    py: Python,
    words: &[String],
    problem: Option<Py<Problem>>,
    optimizers: &[Contender],
    failure: &Failure,
    channels: Option<&[Vec<Channel>]>,
) -> PyResult<PreparedExperiment> {
    let problem = problem.map(|problem| problem.get().build(py, failure));
    let picks = optimizers.iter().filter_map(|one| match one {
        Contender::Pick(text) => Some(text.clone()),
        Contender::Custom(_) => None,
    });
    let picks: Vec<String> = picks.collect();
    let prepare = || embed::custom_experiment(words, problem, &picks, channels.is_some());
    let (contest, picks) = work::run_here(py, &work::host_here(failure), failure, prepare)?;
    let mut picks = picks.iter();
    let contenders = optimizers.iter().enumerate().map(|(i, one)| match one {
        Contender::Custom(optimizer) => {
            let known = channels.map(|channels| channels[i].clone());
            let optimizer = optimizer.get().custom(py, failure, known);
            contest.enter_custom(&optimizer, &optimizer.id().parse()?)
        }
        Contender::Pick(_) => {
            let pick = picks.next().expect("each text is a pick");
            contest.enter(pick)
        }
    });
    let contenders = contenders.collect::<Result<Vec<_>, Error>>();
    let contenders = failure.or(contenders.map_err(|error| exception(error.into())))?;
    Ok(contest.with_contenders(contenders))
}
