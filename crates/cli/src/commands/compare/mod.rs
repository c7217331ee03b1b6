//! `thalweg compare`: compares optimizers by one protocol.

mod compared;
mod comparison;
mod report;
mod result_tables;
mod trials_table;

use crate::{
    args::compare::CompareArgs,
    prelude::*,
    runs::{
        notes,
        tuning::{check_something_is_tuned, run_trials},
    },
};
pub use compared::{ComparedPart, ComparedParts};
use compared::{entrants, workloads};
pub(crate) use comparison::{Comparison, ComparisonRuns};
use std::sync::Arc;
use thalweg::tuning::TuningPlan;
pub(super) use trials_table::trials_table;

/// The formats of the outputs: the table of all trials, and pictures.
const FORMATS: &[Format] = &[
    Format::Csv,
    Format::Svg,
    Format::Png,
    Format::Pdf,
    Format::Html,
];

pub(crate) fn run(args: &CompareArgs, recipe: &Recipe) -> Result {
    let (plan, recipe) = plan(args, ComparedParts::of(args)?, recipe, false)?;
    let interrupt = Interrupt::listen();
    let outputs = OutputFile::prepare("-o", &args.output, FORMATS, &recipe)?;
    let comparison = compare(args, plan, &interrupt)?;
    comparison.write(outputs, &interrupt)?;
    terminal::print(comparison.report())
}

/// Returns the results of a comparison and the recipe of its figure, without writing files. `given` are the problems and the
/// optimizers, if they are not those of the arguments.
pub(crate) fn finished(
    args: &CompareArgs,
    given: Option<ComparedParts>,
    recipe: &Recipe,
) -> Result<(Comparison, Recipe)> {
    let parts = given.map_or_else(|| ComparedParts::of(args), Ok)?;
    let (plan, recipe) = plan(args, parts, recipe, false)?;
    let comparison = compare(args, plan, &Interrupt::listen())?;
    Ok((comparison, recipe))
}

/// Returns the comparison of finished runs and the recipe of its figure. Nothing of the given parts is evaluated. Returns `None` if
/// the runs are not those of such a comparison.
pub(crate) fn of_runs(
    args: &CompareArgs,
    given: Option<ComparedParts>,
    recipe: &Recipe,
    runs: ComparisonRuns,
) -> Result<Option<(Comparison, Recipe)>> {
    let parts = given.map_or_else(|| ComparedParts::of(args), Ok)?;
    let (plan, recipe) = plan(args, parts, recipe, true)?;
    let comparison = Comparison::new(plan, runs, args.pairs)?;
    Ok(comparison.map(|comparison| (comparison, recipe)))
}

/// Lists the trials. Also returns the recipe with the files of the problems and the optimizers. `has_run` states whether the
/// runs are finished, so that no given problem is evaluated.
fn plan(
    args: &CompareArgs,
    parts: ComparedParts,
    recipe: &Recipe,
    has_run: bool,
) -> Result<(Arc<TuningPlan>, Recipe)> {
    let (entrants, recipe) = entrants(args, parts.optimizers, recipe)?;
    let (workloads, recipe) = workloads(args, parts.problems, &recipe, has_run)?;
    let protocol = args.tuning.protocol(args.experiment.0.randomness.seed)?;
    let plan = TuningPlan::new(workloads, entrants, protocol)?;
    check_something_is_tuned(&plan)?;
    check_targets(&plan)?;
    for workload in plan.workloads() {
        notes::print_problem(&workload.contest);
    }
    Ok((Arc::new(plan), recipe))
}

/// Makes the trials and the paired runs.
fn compare(args: &CompareArgs, plan: Arc<TuningPlan>, interrupt: &Interrupt) -> Result<Comparison> {
    let threads = WorkerPool::new(args.threads)?;
    let trials = run_trials(&plan, &threads, interrupt)?;
    let runs = ComparisonRuns::after(trials, &plan, args.pairs, &threads, interrupt)?;
    let comparison = Comparison::new(plan, runs, args.pairs)?;
    Ok(comparison.expect("these are the runs of the plan"))
}

/// Refuses a problem without a target, because the time to it is the result.
fn check_targets(plan: &TuningPlan) -> Result {
    let mut workloads = plan.workloads().iter();
    let without = workloads.find(|workload| workload.contest.budget.target.is_none());
    if let Some(workload) = without {
        refuse!(
            "{} has no target loss, so there is no time to it", workload.name;
            "give one, such as --target 0.1"
        );
    }
    Ok(())
}
