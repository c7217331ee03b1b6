//! `thalweg compare`: compares optimizers by one protocol.

mod comparison;
mod report;
mod result_tables;
mod trials_table;

use crate::{
    args::compare::CompareArgs,
    prelude::*,
    runs::{
        notes,
        same_optimizer::check_distinct,
        tuning::{check_something_is_tuned, run_trials},
    },
};
pub(crate) use comparison::Comparison;
use std::sync::Arc;
use thalweg::{
    experiment::Experiment,
    spec::ExperimentSpec,
    tuning::{TuningPlan, Workload},
};
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
    let (plan, recipe) = plan(args, recipe)?;
    let interrupt = Interrupt::listen();
    let outputs = OutputFile::prepare("-o", &args.output, FORMATS, &recipe)?;
    let comparison = compare(args, plan, &interrupt)?;
    comparison.write(outputs, &interrupt)?;
    terminal::print(comparison.report())
}

/// Returns the results of a comparison and the recipe of its figure, without writing files.
pub(crate) fn finished(args: &CompareArgs, recipe: &Recipe) -> Result<(Comparison, Recipe)> {
    let (plan, recipe) = plan(args, recipe)?;
    let comparison = compare(args, plan, &Interrupt::listen())?;
    Ok((comparison, recipe))
}

/// Lists the trials. Also returns the recipe with the data files of the problems.
fn plan(args: &CompareArgs, recipe: &Recipe) -> Result<(Arc<TuningPlan>, Recipe)> {
    let spec = &args.experiment.0;
    input::need_optimizer("compare", spec)?;
    let with = spec.with.iter().map(|text| input::optimizer(text));
    let with = with.collect::<Result<Vec<Pick>>>()?;
    input::check_needs(spec, &with)?;
    check_distinct(&with)?;
    let (workloads, recipe) = workloads(args, spec, recipe)?;
    let protocol = args.tuning.protocol(spec.randomness.seed)?;
    let plan = TuningPlan::new(workloads, &with, protocol)?;
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
    let trials = run_trials(&plan, Some(&threads), interrupt)?;
    Comparison::new(plan, trials, args.pairs, &threads, interrupt)
}

/// Prepares the problems of the arguments.
fn workloads(
    args: &CompareArgs,
    spec: &ExperimentSpec,
    recipe: &Recipe,
) -> Result<(Vec<Workload>, Recipe)> {
    let (mut workloads, mut recipe) = (Vec::new(), recipe.clone());
    for (i, text) in args.on.iter().enumerate() {
        if args.on[..i].contains(text) {
            refuse!("--on {text} is given twice"; "remove one");
        }
        let experiment = spec.experiment(input::problem(text)?, Vec::new());
        recipe = recipe.with_files(&experiment);
        workloads.push(workload(text.clone(), &experiment, args.tuning.budget)?);
    }
    Ok((workloads, recipe))
}

/// Prepares one problem.
pub(super) fn workload(
    name: String,
    experiment: &Experiment,
    evaluations: u64,
) -> Result<Workload> {
    Ok(Workload {
        name,
        contest: experiment.prepare()?,
        evaluations,
    })
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
