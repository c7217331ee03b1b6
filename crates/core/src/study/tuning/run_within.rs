//! Runs that end at a number of evaluations, so that optimizers with expensive steps have no advantage.

use crate::{
    run::{Budget, Run, batch::RunEnd, randomness::Randomness},
    study::{contender::ComparedOptimizer, experiment::PreparedExperiment},
};

/// Runs one optimizer from many initial points until each run ends or has made this number of evaluations of the loss, the
/// gradient, or the Hessian. The last step of a run may exceed the number. The results are the same bits as those of single
/// runs.
///
/// `starts` is (dim, count) row-major; the final weights replace the initial ones.
pub fn run_within(
    evaluations: u64,
    contest: &PreparedExperiment,
    seed: u64,
    contender: &ComparedOptimizer,
    starts: &mut [f64],
    ends: &mut [RunEnd],
) {
    // Every step of an optimizer makes at least one evaluation, and a batched step exactly one.
    let budget = Budget {
        epochs: contest.budget.epochs.min(evaluations),
        ..contest.budget
    };
    if contest.is_batched(contender) {
        let mut limited = contest.clone();
        limited.budget = budget;
        limited.run_many_from_seed(seed, contender, starts, ends);
        return;
    }
    let randomness = Randomness {
        seed,
        ..contender.randomness.clone()
    };
    let count = ends.len();
    for (i, end) in ends.iter_mut().enumerate() {
        let start: Vec<f64> = starts[i..].iter().step_by(count).copied().collect();
        let (objective, optimizer) = (&*contest.problem.objective, &*contender.recipe);
        let mut run = Run::stochastic(objective, optimizer, &start, budget, &randomness);
        while run.calls().evaluations() < evaluations && run.advance() {}
        *end = RunEnd::of(&run);
        for (j, w) in run.weights().iter().enumerate() {
            starts[j * count + i] = *w;
        }
    }
}
