//! The identity of a benchmark, by which `--resume` and `--merge` recognize its rows.

use super::super::sweep::IdentityHasher;
use thalweg::tuning::{TuningPlan, TuningProtocol};

/// Returns the hash of everything that determines the rows.
pub(super) fn identity(plan: &TuningPlan) -> String {
    let mut hash = IdentityHasher::new("thalweg benchmark 1");
    hash.list(plan.workloads(), |hash, workload| {
        hash.problem(&workload.contest.on, &workload.contest);
        hash.randomness(&workload.contest.randomness);
        hash.floats(workload.contest.budget.tolerance.as_slice());
        hash.number(workload.evaluations);
    });
    hash.list(plan.optimizers(), IdentityHasher::pick);
    for workload in 0..plan.workloads().len() {
        for optimizer in 0..plan.optimizers().len() {
            hash.text(&plan.cell(workload, optimizer).space.to_string());
        }
    }
    let TuningProtocol {
        search,
        studies,
        trials,
        seed,
        // No benchmark tunes given settings.
        tunes_given: _,
    } = plan.protocol();
    hash.text(search.word());
    for number in [studies, trials, seed] {
        hash.number(number);
    }
    hash.finish()
}
