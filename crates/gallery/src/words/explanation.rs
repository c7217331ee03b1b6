//! The explanation of a step of an experiment.

use super::StepNarrative;
use thalweg::{experiment::PreparedExperiment, trace::Trace};

/// Explains the step of a run that led to `epoch`, one paragraph per statement. Epoch 0 is the initial point. The trace must
/// contain every step up to `epoch`.
pub fn explanation(
    contest: &PreparedExperiment,
    run: usize,
    trace: &Trace,
    epoch: usize,
) -> Vec<String> {
    let (problem, contender) = (&contest.problem, &contest.contenders[run]);
    let is_exact = contender.randomness().is_none();
    let names = &problem.weight_names;
    let narrative = StepNarrative::new(&*problem.objective, names, trace, epoch, is_exact);
    narrative.with_optimizer(contender).paragraphs()
}

/// Returns the sentence on the end of a finished run.
pub fn ending(trace: &Trace) -> String {
    format!("The run ends here: {}.", trace.stop)
}
