//! The ends of the runs of a batch that come to rest.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use super::{OnRunEnd, RunBatch};
use crate::run::{
    StopReason,
    convergence::{Convergence, stationary_point},
    oracle::Oracle,
    watch::is_short,
};

impl RunBatch<'_> {
    /// Returns whether the state has buffers.
    pub(super) fn has_state(&mut self) -> bool {
        let mut has_buffer = false;
        self.steps.buffers(&mut |_| has_buffer = true);
        has_buffer
    }

    /// Returns the lanes of the runs whose numbers in `displacement` are all zero.
    #[inline(always)]
    pub(super) fn unmoved_runs(&self) -> Vec<usize> {
        let runs = self.run_indices.len();
        let mut has_zero = false;
        for row in self.displacement.chunks_exact(self.size.runs) {
            for d in &row[..runs] {
                has_zero |= *d == 0.0;
            }
        }
        let is_unmoved = |i: &usize| has_zero && self.is_unmoved(*i);
        // Almost always, no number is zero.
        (0..if has_zero { runs } else { 0 })
            .filter(is_unmoved)
            .collect()
    }

    /// Returns whether the numbers of lane `i` in `displacement` are all zero.
    pub(super) fn is_unmoved(&self, i: usize) -> bool {
        self.column(&self.displacement, i).all(|d| d == 0.0)
    }

    /// Ends the run in lane `i`, whose step changed nothing and is not counted.
    pub(super) fn end_at_rest(&mut self, i: usize, epoch: u64, on_end: &mut OnRunEnd) {
        let weights: Vec<f64> = self.column(&self.weights, i).collect();
        let point = stationary_point(&Oracle::new(self.objective), &weights, self.losses[i]);
        let stop = StopReason::Converged(point.unwrap_or(Convergence::Stalled));
        self.end(i, epoch, epoch + 1, stop, on_end);
    }

    /// Remembers the state before a step.
    pub(super) fn copy_state(&mut self) {
        let mut copies = self.last_state.take().unwrap_or_default().into_iter();
        let mut filled = Vec::new();
        self.steps.buffers(&mut |numbers| {
            let mut copy = copies.next().unwrap_or_default();
            copy.clone_from(numbers);
            filled.push(copy);
        });
        self.last_state = Some(filled);
    }

    /// Determines which runs are near their end. Returns the lanes whose weights did not change and whose state was copied, if
    /// there is one.
    pub(super) fn unchanged_runs(&mut self, has_state: bool) -> Vec<usize> {
        let mut unchanged = Vec::new();
        for i in 0..self.run_indices.len() {
            let steps = self.column(&self.displacement, i);
            let mut pairs = self.column(&self.weights, i).zip(steps.clone());
            let is_near = pairs.all(|(w, d)| is_short(w, d));
            let was_near = std::mem::replace(&mut self.is_near[i], is_near);
            if (was_near || !has_state) && steps.clone().all(|d| d == 0.0) {
                unchanged.push(i);
            }
        }
        unchanged
    }

    /// Ends those of the runs in these lanes whose step did not change the state either.
    pub(super) fn end_resting_runs(
        &mut self,
        mut lanes: Vec<usize>,
        epoch: u64,
        on_end: &mut OnRunEnd,
    ) {
        let last = self.last_state.take().unwrap_or_default();
        let count = self.size.runs;
        let mut buffers = last.iter();
        self.steps.buffers(&mut |now| {
            let then = buffers.next().map_or(&[][..], |then| then);
            lanes.retain(|i| {
                let columns = [&now[..], then].map(|all| all.iter().skip(*i).step_by(count));
                let [now, then] = columns;
                now.eq(then)
            });
        });
        self.last_state = Some(last);
        for i in lanes.into_iter().rev() {
            self.end_at_rest(i, epoch, on_end);
        }
        self.fill_free_lanes();
    }
}
