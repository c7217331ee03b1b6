//! Checks whether the parts of an experiment are compatible.

use crate::{
    Error,
    catalog::{EntryMetadata, Family},
    error::finite,
    need::Need,
    numeric::number::join,
    objective::{Objective, problems::Problem},
    optimizers,
    run::randomness::Randomness,
};

/// Returns a tolerance that is finite and not negative.
pub(super) fn checked_tolerance(tolerance: f64) -> Result<f64, Error> {
    let given = finite("the tolerance", tolerance)?;
    if given < 0.0 {
        return Err(Error::Settings(format!(
            "the tolerance cannot be {given}: it must be at least 0, such as 1e-12"
        )));
    }
    Ok(given)
}

/// Checks that the objective has the capabilities that the optimizer needs.
pub(super) fn check_needs(about: &EntryMetadata, objective: &dyn Objective) -> Result<(), Error> {
    let can = |needs: &[Need]| needs.iter().all(|need| objective.meets(*need));
    let Some(need) = about.needs.iter().find(|need| !objective.meets(**need)) else {
        return Ok(());
    };
    let others = optimizers::REGISTRY.abouts();
    Err(Error::Lacks {
        optimizer: about.id.clone(),
        need: *need,
        instead: others
            .filter(|o| can(&o.needs) && o.family != Some(Family::Recorded))
            .map(|o| o.id.clone())
            .collect(),
    })
}

/// Checks that the optimizer can use mini-batches, which only have a loss and a gradient.
pub(super) fn check_batch(about: &EntryMetadata, randomness: &Randomness) -> Result<(), Error> {
    match (randomness.batch, about.needs.first()) {
        (Some(_), Some(need)) => Err(Error::Settings(format!(
            "`{}` needs {need}, which a mini-batch does not have: remove `batch`, add `batch=0` to use all samples, or choose an optimizer that only uses gradients",
            about.id
        ))),
        _ => Ok(()),
    }
}

/// Checks that the initial point has one finite number per weight.
pub(super) fn check_start(problem: &Problem, start: &[f64]) -> Result<(), Error> {
    let expected = problem.objective.dim();
    if start.len() != expected {
        return Err(Error::Start {
            given: start.to_vec(),
            expected,
        });
    }
    for w in start {
        finite("each weight of the initial point", *w)?;
    }
    Ok(())
}

/// Checks the initial point of the problem: if the loss is not finite there, every run would end at once.
pub(super) fn check_own_start(problem: &Problem) -> Result<(), Error> {
    if problem.objective.value(&problem.start).is_finite() {
        return Ok(());
    }
    Err(Error::Settings(format!(
        "the loss is not finite at the initial point {} of the problem: give a `start` with a finite loss",
        join(&problem.start)
    )))
}
