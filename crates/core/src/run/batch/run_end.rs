//! The results of runs from many initial points, made one after the other.

use crate::run::{Run, StopReason, oracle::EvaluationCounts};

/// The result of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunEnd {
    /// Number of steps.
    pub epochs: u64,
    /// The last loss.
    pub loss: f64,
    /// The evaluations of the optimizer.
    pub calls: EvaluationCounts,
    /// Why the run ended.
    pub stop: StopReason,
}

impl RunEnd {
    /// A placeholder for the result of a run that has not started.
    pub const NONE: Self = Self {
        epochs: 0,
        loss: f64::NAN,
        calls: EvaluationCounts {
            value: 0,
            gradient: 0,
            hessian: 0,
        },
        stop: StopReason::EpochLimit,
    };

    /// Returns the result of a run. A run that has not ended counts as one at its epoch limit.
    pub fn of(run: &Run) -> Self {
        Self {
            epochs: run.epoch(),
            loss: run.loss(),
            calls: run.calls(),
            stop: run.stop().unwrap_or(StopReason::EpochLimit),
        }
    }
}

/// Makes a run from each of many initial points, one after the other.
///
/// `starts` is (dim, count) row-major; the final weights replace the initial ones.
pub fn run_sequentially<'p>(
    run: &dyn Fn(&[f64]) -> Run<'p>,
    starts: &mut [f64],
    ends: &mut [RunEnd],
) {
    let count = ends.len();
    let mut w = vec![0.0; starts.len() / count.max(1)];
    for (i, end) in ends.iter_mut().enumerate() {
        for (j, w) in w.iter_mut().enumerate() {
            *w = starts[j * count + i];
        }
        let mut run = run(&w);
        while run.advance() {}
        *end = RunEnd::of(&run);
        for (j, w) in run.weights().iter().enumerate() {
            starts[j * count + i] = *w;
        }
    }
}
