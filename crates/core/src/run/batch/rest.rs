//! The ends of the runs of a batch that come to rest.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use super::{RunBatch, passes};
use crate::{
    numeric::float::{Lanes, Scalar},
    run::{
        StopReason,
        convergence::{Convergence, stationary_point},
        optimizer::StateShape,
        oracle::Oracle,
    },
};

impl RunBatch<'_, '_> {
    /// Returns whether the state has buffers.
    pub(super) fn has_state(&mut self) -> bool {
        let mut has_buffer = false;
        self.steps.buffers(&mut |_| has_buffer = true);
        has_buffer
    }

    /// Returns the lanes of the runs whose numbers in `displacement` are all zero.
    #[inline(always)]
    pub(super) fn unmoved_runs<L: Lanes>(&self, l: L) -> Vec<usize> {
        let runs = self.run_indices.len();
        let mut rows = self.displacement.chunks_exact(self.size.runs);
        // Almost always, no number is zero.
        if !rows.any(|row| passes::has_zero(l, &row[..runs])) {
            return Vec::new();
        }
        (0..runs).filter(|i| self.is_unmoved(*i)).collect()
    }

    /// Returns whether the numbers of lane `i` in `displacement` are all zero.
    pub(super) fn is_unmoved(&self, i: usize) -> bool {
        self.column(&self.displacement, i).iter().all(|d| d == 0.0)
    }

    /// Ends the run in lane `i`, whose step changed nothing and is not counted.
    pub(super) fn end_at_rest(&mut self, i: usize, epoch: u64) {
        let weights: Vec<f64> = self.column(&self.weights, i).iter().collect();
        let point = stationary_point(&Oracle::new(self.objective), &weights, self.losses[i]);
        let stop = StopReason::Converged(point.unwrap_or(Convergence::Stalled));
        let epochs = epoch - self.first_epochs[i];
        self.end(i, epochs, epochs + 1, stop);
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

    /// Determines which runs are near their end. Returns the lanes whose weights did not change and whose state before the step is
    /// known, if there is one: it was copied, or this was the first step.
    #[inline(always)]
    pub(super) fn unchanged_runs<L: Lanes>(
        &mut self,
        l: L,
        epoch: u64,
        has_state: bool,
    ) -> Vec<usize> {
        let runs = self.run_indices.len();
        let mut unchanged = Vec::new();
        let whole = runs / L::COUNT * L::COUNT;
        for first in (0..whole).step_by(L::COUNT) {
            self.find_unchanged(l, first, epoch, has_state, &mut unchanged);
        }
        for lane in whole..runs {
            self.find_unchanged(Scalar, lane, epoch, has_state, &mut unchanged);
        }
        unchanged
    }

    /// Does this for the lanes of a register.
    #[inline(always)]
    fn find_unchanged<L: Lanes>(
        &mut self,
        l: L,
        first: usize,
        epoch: u64,
        has_state: bool,
        unchanged: &mut Vec<usize>,
    ) {
        let (numbers, lanes) = ([&*self.weights, &*self.displacement], self.size.runs);
        let [short, zero] = passes::short_and_zero_steps(l, numbers, lanes, first);
        let is_set = |bits: u64, lane: usize| bits >> lane & 1 == 1;
        for (lane, is_near) in self.is_near[first..][..L::COUNT].iter_mut().enumerate() {
            let was_near = std::mem::replace(is_near, is_set(short, lane));
            let is_known = was_near || !has_state || self.first_epochs[first + lane] == epoch;
            if is_known && is_set(zero, lane) {
                unchanged.push(first + lane);
            }
        }
    }

    /// Ends those of the runs in these lanes whose step did not change the state either.
    pub(super) fn end_resting_runs(&mut self, lanes: Vec<usize>, epoch: u64) {
        let is_first = |lane: &usize| self.first_epochs[*lane] == epoch;
        let (first, mut lanes): (Vec<usize>, Vec<usize>) = lanes.into_iter().partition(is_first);
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
        lanes.extend(first.into_iter().filter(|i| self.has_initial_state(*i)));
        lanes.sort_unstable();
        for i in lanes.into_iter().rev() {
            self.end_at_rest(i, epoch);
        }
        self.fill_free_lanes();
    }

    /// Returns whether the run in lane `i`, whose weights are the initial ones, has its initial state.
    fn has_initial_state(&mut self, i: usize) -> bool {
        let weights: Vec<f64> = self.column(&self.weights, i).iter().collect();
        let size = StateShape {
            runs: 1,
            ..self.size
        };
        let first = (self.start)(&weights, size).take_buffers();
        let mut buffers = first.iter();
        let mut is_same = true;
        self.steps.buffers(&mut |now| {
            let numbers = now.iter().skip(i).step_by(self.size.runs);
            is_same &= buffers.next().is_some_and(|first| numbers.eq(first));
        });
        is_same
    }
}
