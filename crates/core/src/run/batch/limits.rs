//! The ends of the runs of a batch that meet a stop criterion.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use super::{RunBatch, passes};
use crate::{
    numeric::float::Lanes,
    run::{Budget, convergence::largest, watch::Improvement},
};

/// What ends the runs of a batch after an epoch.
struct Limits {
    budget: Budget,
    epoch: u64,
    /// For each run, whether it is within the tolerance; empty if there is none.
    within: Vec<bool>,
}

impl RunBatch<'_, '_> {
    /// Returns for each run whether it is within the tolerance; `displacement` contains the gradients.
    fn runs_within(&mut self, tolerance: f64, epoch: u64) -> Vec<bool> {
        let runs = self.run_indices.len();
        if epoch == 0 {
            let losses = self.losses[..runs].iter();
            self.improvements = losses.map(|loss| Improvement::new(*loss)).collect();
        }
        let mut improvements = std::mem::take(&mut self.improvements);
        let all = improvements.iter_mut().zip(&self.losses).enumerate();
        let within = all.map(|(i, (improvement, loss))| {
            let gradient: Vec<f64> = self.column(&self.displacement, i).iter().collect();
            improvement.has_ended(tolerance, epoch, *loss) || largest(&gradient) <= tolerance
        });
        let within = within.collect();
        self.improvements = improvements;
        within
    }

    /// Ends the runs that meet a stop criterion after `epoch` epochs; `displacement` contains the gradients.
    #[inline(always)]
    pub(super) fn end_at_limits<L: Lanes>(&mut self, l: L, epoch: u64, budget: Budget) {
        let within = budget
            .tolerance
            .map(|tolerance| self.runs_within(tolerance, epoch));
        let limits = Limits {
            budget,
            epoch,
            within: within.unwrap_or_default(),
        };
        let runs = self.run_indices.len();
        let mut ended = std::mem::take(&mut self.ended_lanes);
        if self.has_nonfinite_weight || limits.within.contains(&true) {
            passes::mark_all(runs, &mut ended);
        } else {
            let target = budget.target.unwrap_or(f64::NEG_INFINITY);
            passes::mark_ended(l, &self.losses[..runs], target, &mut ended);
            let last = epoch.checked_sub(budget.epochs);
            if let Some(last) = last.filter(|last| *last >= self.oldest) {
                self.oldest = passes::mark_begun(&self.first_epochs[..runs], last, &mut ended);
            }
        }
        // The last lanes are checked first, because `end` demands it.
        for (word, mut lanes) in ended.iter().copied().enumerate().rev() {
            while lanes != 0 {
                let lane = lanes.ilog2();
                lanes ^= 1 << lane;
                self.end_if_finished(word * passes::MARKS + lane as usize, &limits);
            }
        }
        self.ended_lanes = ended;
        self.fill_free_lanes();
    }

    /// Ends the run in lane `i` if it meets a stop criterion.
    #[inline(never)]
    fn end_if_finished(&mut self, i: usize, limits: &Limits) {
        let is_finite =
            !self.has_nonfinite_weight || self.column(&self.weights, i).iter().all(f64::is_finite);
        let is_within = limits.within.get(i) == Some(&true);
        let (epoch, budget) = (limits.epoch - self.first_epochs[i], limits.budget);
        if let Some(stop) = budget.stop_reason(epoch, self.losses[i], is_finite, is_within) {
            self.end(i, epoch, epoch, stop);
        }
    }
}
