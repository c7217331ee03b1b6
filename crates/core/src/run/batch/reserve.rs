//! The runs of a batch that wait for free lanes.

use super::{RunBatch, Steps};
use crate::run::optimizer::StateShape;
use std::ops::Range;

/// Runs begin in free lanes when these are at least 1 / `FILL_SHARE` of a batch.
const FILL_SHARE: usize = 32;

/// Runs with their initial weights and state, which begin in this order.
#[derive(Default)]
pub(super) struct Reserve {
    /// The indices of the runs that have not begun.
    runs: Range<usize>,
    /// Number of runs that were prepared.
    prepared: usize,
    /// The weights and the buffers of the state, (rows, prepared) row-major.
    buffers: Vec<Vec<f64>>,
}

/// Runs of a reserve that begin now.
pub(super) struct Beginning<'r> {
    /// Their indices.
    pub(super) runs: Range<usize>,
    reserve: &'r Reserve,
}

impl Reserve {
    /// Prepares runs with these weights and the state of these steps.
    pub(super) fn new(runs: Range<usize>, weights: Vec<f64>, steps: &mut dyn Steps) -> Self {
        let mut buffers = vec![weights];
        steps.buffers(&mut |buffer| buffers.push(std::mem::take(buffer)));
        Self {
            prepared: runs.len(),
            runs,
            buffers,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Takes at most this number of runs.
    pub(super) fn begin(&mut self, most: usize) -> Beginning<'_> {
        Beginning {
            runs: take(&mut self.runs, most),
            reserve: self,
        }
    }
}

impl Beginning<'_> {
    /// Returns a function that writes the numbers of the runs into lanes from `first` on. It must be called with the weights and the
    /// buffers of the state, (rows, lanes) row-major.
    pub(super) fn writer(&self, first: usize, lanes: usize) -> impl FnMut(&mut Vec<f64>) {
        let (count, prepared) = (self.runs.len(), self.reserve.prepared);
        // Those before them have begun earlier, and those after them are left.
        let from = prepared - self.reserve.runs.len() - count;
        let mut buffers = self.reserve.buffers.iter();
        move |buffer| {
            let rows = buffers.next().map_or(&[][..], |buffer| buffer);
            for (row, numbers) in buffer
                .chunks_exact_mut(lanes)
                .zip(rows.chunks_exact(prepared))
            {
                row[first..][..count].copy_from_slice(&numbers[from..][..count]);
            }
        }
    }
}

/// Takes at most this number of runs from the first ones.
pub(super) fn take(runs: &mut Range<usize>, most: usize) -> Range<usize> {
    let begin = runs.start;
    runs.start = runs.end.min(begin + most);
    begin..runs.start
}

impl RunBatch<'_, '_> {
    /// Begins prepared runs in the lanes without a run, if these are numerous.
    pub(super) fn fill_from_reserve(&mut self, epoch: u64) {
        let (runs, lanes) = (self.run_indices.len(), self.size.runs);
        if (lanes - runs) * FILL_SHARE < lanes {
            return;
        }
        if self.reserve.is_empty() {
            let runs = take(&mut self.waiting, self.objective.points_per_block());
            let weights = self.results.initial_weights(&runs);
            let size = StateShape {
                runs: runs.len(),
                ..self.size
            };
            let mut steps = (self.start)(&weights, size);
            self.reserve = Reserve::new(runs, weights, &mut *steps);
        }
        let beginning = self.reserve.begin(lanes - runs);
        let mut write = beginning.writer(runs, lanes);
        write(&mut self.weights);
        self.steps.buffers(&mut write);
        self.run_indices.extend(beginning.runs.clone());
        let end = self.run_indices.len();
        let mut rows = self.weights.chunks_exact(lanes);
        self.has_nonfinite_weight |= rows.any(|row| row[runs..end].iter().any(|w| !w.is_finite()));
        self.is_near[runs..end].fill(false);
        self.first_epochs[runs..end].fill(epoch);
        self.oldest = self.oldest.min(epoch);
    }

    /// Returns whether there are runs that have not begun.
    pub(super) fn has_more(&self) -> bool {
        !(self.reserve.is_empty() && self.waiting.is_empty())
    }
}
