//! The runs of a batch that wait for free lanes.

use super::{Results, RunBatch, StartBatch, Steps, size};
use crate::objective::Objective;
use std::ops::Range;

/// Runs begin in free lanes when these are at least 1 / `FILL_SHARE` of a batch.
const FILL_SHARE: usize = 32;

/// Runs with their initial weights and state.
pub(super) struct Prepared<'r> {
    /// Their indices.
    pub(super) runs: Range<usize>,
    /// (dim, runs), row-major.
    pub(super) weights: Vec<f64>,
    pub(super) steps: Box<dyn Steps + 'r>,
}

impl<'r> Prepared<'r> {
    /// Takes as many of the waiting runs as evaluations of the objective have points.
    pub(super) fn new(
        start: &StartBatch<'r>,
        objective: &dyn Objective,
        results: &Results,
        waiting: &mut Range<usize>,
    ) -> Self {
        let runs = take(waiting, objective.points_per_block());
        let rows = results.weights.chunks_exact(results.ends.len());
        let rows = rows.map(|row| &row[runs.clone()]);
        let weights = rows.collect::<Vec<_>>().concat();
        Self {
            steps: start(&weights, size(objective, runs.len())),
            runs,
            weights,
        }
    }
}

/// Prepared runs, which begin in this order.
#[derive(Default)]
pub(super) struct Reserve {
    /// The indices of the runs that have not begun.
    runs: Range<usize>,
    /// Number of runs that were prepared.
    prepared: usize,
    /// The weights and the buffers of the state, (rows, prepared) row-major.
    buffers: Vec<Vec<f64>>,
}

impl Reserve {
    fn new(mut prepared: Prepared) -> Self {
        let mut buffers = vec![prepared.weights];
        buffers.extend(prepared.steps.take_buffers());
        Self {
            prepared: prepared.runs.len(),
            runs: prepared.runs,
            buffers,
        }
    }
}

/// Takes at most this number of runs from the first ones.
fn take(runs: &mut Range<usize>, most: usize) -> Range<usize> {
    let begin = runs.start;
    runs.start = runs.end.min(begin + most);
    begin..runs.start
}

impl RunBatch<'_, '_> {
    /// Returns whether there are runs that have not begun.
    pub(super) fn has_more(&self) -> bool {
        !(self.reserve.runs.is_empty() && self.waiting.is_empty())
    }

    /// Begins waiting runs in the lanes without a run, if these are numerous.
    pub(super) fn fill_from_reserve(&mut self, epoch: u64) {
        let (first, lanes) = (self.run_indices.len(), self.size.runs);
        if (lanes - first) * FILL_SHARE < lanes {
            return;
        }
        if self.reserve.runs.is_empty() {
            let (objective, waiting) = (self.objective, &mut self.waiting);
            let prepared = Prepared::new(self.start, objective, &self.results, waiting);
            self.reserve = Reserve::new(prepared);
        }
        let Reserve {
            runs,
            prepared,
            buffers,
        } = &mut self.reserve;
        let from = *prepared - runs.len();
        let runs = take(runs, lanes - first);
        let mut initial = buffers.iter();
        let mut begin = |buffer: &mut Vec<f64>| {
            let initial = initial.next().map_or(&[][..], |initial| initial);
            let rows = buffer.chunks_exact_mut(lanes);
            for (row, initial) in rows.zip(initial.chunks_exact(*prepared)) {
                row[first..][..runs.len()].copy_from_slice(&initial[from..][..runs.len()]);
            }
        };
        begin(&mut self.weights);
        self.steps.buffers(&mut begin);
        let end = first + runs.len();
        let mut rows = self.weights.chunks_exact(lanes);
        self.has_nonfinite_weight |= rows.any(|row| row[first..end].iter().any(|w| !w.is_finite()));
        self.is_near[first..end].fill(false);
        self.first_epochs[first..end].fill(epoch);
        self.oldest = self.oldest.min(epoch);
        self.run_indices.extend(runs);
    }
}
