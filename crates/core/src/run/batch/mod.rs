//! Batches of runs, with bitwise the same results as single runs.
//!
//! A gradient rule treats every weight independently, so its slices can hold the weights of many runs, (dim, runs)
//! row-major. All runs of a batch make their steps together. Runs that have ended are removed from the batch.

use crate::{
    objective::Objective,
    run::{
        Budget, StopReason,
        convergence::{Convergence, largest, stationary_point},
        optimizer::{GradientRule, StateShape, StepContext},
        oracle::{EvaluationCounts, Oracle},
        watch::Improvement,
    },
};
use fearless_simd::{Level, Simd, dispatch};

mod run_end;
mod steps;

pub use run_end::{RunEnd, run_sequentially};
use steps::{BatchedSteps, Steps};

/// Ended runs are removed when they are at least 1 / `COMPACTION_SHARE` of a batch. Fewer cost less than the removal.
const COMPACTION_SHARE: usize = 8;

/// Makes runs of a rule from many initial points, one batch at a time.
///
/// `starts` is (dim, count) row-major; the final weights replace the initial ones.
pub fn run_batched<R: GradientRule>(
    rule: &R,
    objective: &dyn Objective,
    starts: &mut [f64],
    budget: Budget,
    ends: &mut [RunEnd],
) {
    let start = |weights: &[f64], size: StateShape| -> Box<dyn Steps + '_> {
        let state = rule.init(weights, size);
        Box::new(BatchedSteps { rule, state })
    };
    run_batches(&start, objective, starts, budget, ends);
}

/// Returns the steps of a batch from its weights (dim, runs).
type StartBatch<'r> = dyn Fn(&[f64], StateShape) -> Box<dyn Steps + 'r> + 'r;

/// Makes the runs, one batch at a time. `start` returns the steps of a batch from its weights (dim, runs).
fn run_batches(
    start: &StartBatch,
    objective: &dyn Objective,
    starts: &mut [f64],
    budget: Budget,
    ends: &mut [RunEnd],
) {
    let (dim, count) = (objective.dim(), ends.len());
    assert_eq!(starts.len(), dim * count, "starts must be (dim, count)");
    let level = Level::new();
    let most = objective.points_per_block();
    for first in (0..count).step_by(most) {
        let runs = most.min(count - first);
        let rows = (0..dim).map(|j| &starts[j * count + first..][..runs]);
        let weights = rows.collect::<Vec<_>>().concat();
        let size = StateShape {
            dim,
            runs,
            blocks: objective.blocks(),
        };
        let mut batch = RunBatch::new(start(&weights, size), objective, weights, size);
        let mut on_end = |i: usize, end: RunEnd, last: &mut dyn Iterator<Item = f64>| {
            ends[first + i] = end;
            for (j, w) in last.enumerate() {
                starts[j * count + first + i] = w;
            }
        };
        dispatch!(level, simd => run_batch(simd, &mut batch, budget, &mut on_end));
    }
}

/// A batch of runs. All buffers are (dim, runs) row-major, or (runs).
struct RunBatch<'p> {
    objective: &'p dyn Objective,
    size: StateShape<'p>,
    weights: Vec<f64>,
    displacement: Vec<f64>,
    losses: Vec<f64>,
    steps: Box<dyn Steps + 'p>,
    /// The buffers of the state before this step, if a run may come to rest in this step.
    last_state: Option<Vec<Vec<f64>>>,
    /// The last improvement of each run, if there is a tolerance.
    improvements: Vec<Improvement>,
    /// The initial index of each run in the batch, or `ENDED_RUN` if it has ended.
    run_indices: Vec<usize>,
    ended_count: usize,
}

/// Receives the index of a run in the batch, its result, and its final weights.
type OnRunEnd<'a> = dyn FnMut(usize, RunEnd, &mut dyn Iterator<Item = f64>) + 'a;

/// Marks a run that has ended.
const ENDED_RUN: usize = usize::MAX;

impl<'p> RunBatch<'p> {
    fn new(
        steps: Box<dyn Steps + 'p>,
        objective: &'p dyn Objective,
        weights: Vec<f64>,
        size: StateShape<'p>,
    ) -> Self {
        Self {
            objective,
            size,
            displacement: vec![0.0; size.weights()],
            losses: vec![0.0; size.runs],
            steps,
            last_state: None,
            improvements: Vec::new(),
            weights,
            run_indices: (0..size.runs).collect(),
            ended_count: 0,
        }
    }

    /// Returns for each run whether it is within the tolerance; `displacement` contains the gradients.
    fn runs_within(&mut self, tolerance: f64, epoch: u64) -> Vec<bool> {
        if epoch == 0 {
            let losses = self.losses.iter();
            self.improvements = losses.map(|loss| Improvement::new(*loss)).collect();
        }
        let runs = self.size.runs;
        let improvements = self.improvements.iter_mut().zip(&self.losses);
        let within = improvements.enumerate().map(|(i, (improvement, loss))| {
            let gradient: Vec<f64> = self.displacement[i..]
                .iter()
                .step_by(runs)
                .copied()
                .collect();
            improvement.has_ended(tolerance, epoch, *loss) || largest(&gradient) <= tolerance
        });
        within.collect()
    }

    /// Returns whether the state has buffers.
    fn has_state(&mut self) -> bool {
        let mut has_buffer = false;
        self.steps.buffers(&mut |_| has_buffer = true);
        has_buffer
    }

    /// Ends the runs that meet a stop criterion after `epoch` epochs; `displacement` contains the gradients.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "code in a SIMD region must be inlined to be compiled with its instructions"
    )]
    fn end_at_limits(&mut self, epoch: u64, budget: Budget, on_end: &mut OnRunEnd) {
        let target = budget.target.unwrap_or(f64::NEG_INFINITY);
        // Without an early exit, the compiler vectorizes these loops.
        let (mut ended, mut has_nonfinite) = (epoch >= budget.epochs, false);
        for loss in &self.losses {
            ended |= (*loss <= target) | !loss.is_finite();
        }
        for w in &self.weights {
            has_nonfinite |= !w.is_finite();
        }
        let within = budget
            .tolerance
            .map(|tolerance| self.runs_within(tolerance, epoch));
        let within = within.unwrap_or_default();
        if ended || has_nonfinite || within.contains(&true) {
            self.end_finished_runs(epoch, has_nonfinite, &within, budget, on_end);
        }
    }

    /// Ends the runs that meet a stop criterion; `has_nonfinite` states that some weight is not finite, and `within` contains the
    /// runs within the tolerance, if there is one.
    fn end_finished_runs(
        &mut self,
        epoch: u64,
        has_nonfinite: bool,
        within: &[bool],
        budget: Budget,
        on_end: &mut OnRunEnd,
    ) {
        let runs = self.size.runs;
        for i in 0..runs {
            let weights = self.weights[i..].iter().step_by(runs);
            let finite = !has_nonfinite || weights.clone().all(|w| w.is_finite());
            let (loss, within) = (self.losses[i], within.get(i) == Some(&true));
            let Some(stop) = budget.stop_reason(epoch, loss, finite, within) else {
                continue;
            };
            if self.run_indices[i] == ENDED_RUN {
                continue;
            }
            self.end(i, epoch, epoch, stop, on_end);
        }
    }

    /// Reports the end of run `i` after these numbers of epochs and gradient evaluations.
    fn end(
        &mut self,
        i: usize,
        epochs: u64,
        gradient: u64,
        stop: StopReason,
        on_end: &mut OnRunEnd,
    ) {
        let end = RunEnd {
            epochs,
            loss: self.losses[i],
            calls: EvaluationCounts {
                gradient,
                ..EvaluationCounts::default()
            },
            stop,
        };
        let weights = self.weights[i..].iter().step_by(self.size.runs);
        on_end(self.run_indices[i], end, &mut weights.copied());
        self.run_indices[i] = ENDED_RUN;
        self.ended_count += 1;
    }

    /// Returns whether run `i` has not ended and its numbers in `displacement` are all zero.
    fn is_unmoved(&self, i: usize) -> bool {
        let mut column = self.displacement[i..].iter().step_by(self.size.runs);
        self.run_indices[i] != ENDED_RUN && column.all(|d| *d == 0.0)
    }

    /// Returns the unmoved runs.
    fn unmoved_runs(&self) -> Vec<usize> {
        let runs = 0..self.size.runs;
        runs.filter(|i| self.is_unmoved(*i)).collect()
    }

    /// Ends run `i`, whose step changed nothing and is not counted.
    fn end_at_rest(&mut self, i: usize, epoch: u64, on_end: &mut OnRunEnd) {
        let weights = self.weights[i..].iter().step_by(self.size.runs);
        let weights: Vec<f64> = weights.copied().collect();
        let point = stationary_point(&Oracle::new(self.objective), &weights, self.losses[i]);
        let stop = StopReason::Converged(point.unwrap_or(Convergence::Stalled));
        self.end(i, epoch, epoch + 1, stop, on_end);
    }

    /// Remembers the state before a step.
    fn copy_state(&mut self) {
        let mut copies = self.last_state.take().unwrap_or_default().into_iter();
        let mut filled = Vec::new();
        self.steps.buffers(&mut |numbers| {
            let mut copy = copies.next().unwrap_or_default();
            copy.clone_from(numbers);
            filled.push(copy);
        });
        self.last_state = Some(filled);
    }

    /// Ends the runs whose step changed neither the weights nor the state; the displacement of an unchanged weight is zero.
    fn end_resting_runs(&mut self, epoch: u64, on_end: &mut OnRunEnd) {
        let Some(last) = self.last_state.take() else {
            return;
        };
        let runs = self.size.runs;
        let mut resting = self.unmoved_runs();
        let mut buffers = last.iter();
        self.steps.buffers(&mut |now| {
            let then = buffers.next().map_or(&[][..], |then| then);
            resting.retain(|i| {
                let columns = [&now[..], then].map(|all| all.iter().skip(*i).step_by(runs));
                let [now, then] = columns;
                now.eq(then)
            });
        });
        self.last_state = Some(last);
        for i in resting {
            self.end_at_rest(i, epoch, on_end);
        }
    }

    /// Removes the runs that have ended.
    fn compact(&mut self) {
        let runs = self.size.runs;
        let kept: Vec<usize> = (0..runs)
            .filter(|i| self.run_indices[*i] != ENDED_RUN)
            .collect();
        let count = kept.len();
        let mut remove_ended = |buffer: &mut Vec<f64>| {
            let rows = buffer.len() / runs;
            for row in 0..rows {
                // All numbers move towards the front, so none is overwritten before it is read.
                for (k, i) in kept.iter().enumerate() {
                    buffer[row * count + k] = buffer[row * runs + i];
                }
            }
            buffer.truncate(rows * count);
        };
        remove_ended(&mut self.weights);
        remove_ended(&mut self.displacement);
        remove_ended(&mut self.losses);
        let mut ended = self.run_indices.iter();
        self.improvements
            .retain(|_| ended.next().is_some_and(|index| *index != ENDED_RUN));
        self.steps.buffers(&mut remove_ended);
        self.run_indices.retain(|index| *index != ENDED_RUN);
        self.size.runs = count;
        self.ended_count = 0;
    }
}

/// Makes steps until all runs of a batch have ended.
///
/// The function is compiled for each instruction set. It therefore takes an unused token and is always inlined.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]
fn run_batch<V: Simd>(_: V, batch: &mut RunBatch, budget: Budget, on_end: &mut OnRunEnd) {
    // A state without buffers is the same before and after each step.
    let (can_rest, has_state) = (batch.steps.is_autonomous(), batch.has_state());
    let objective = batch.objective;
    let mut is_near = true;
    for epoch in 0.. {
        if batch.ended_count == batch.size.runs {
            return;
        }
        if batch.ended_count * COMPACTION_SHARE >= batch.size.runs {
            batch.compact();
        }
        let (w, d) = (&mut batch.weights, &mut batch.displacement);
        objective.values_and_gradients(w, &mut batch.losses, d);
        batch.end_at_limits(epoch, budget, on_end);
        let mut has_zero = false;
        for g in &batch.displacement {
            has_zero |= *g == 0.0;
        }
        let flat = if has_zero {
            batch.unmoved_runs()
        } else {
            Vec::new()
        };
        if can_rest && (is_near || !has_state) {
            batch.copy_state();
        } else {
            batch.last_state = None;
        }
        let (w, d) = (&mut batch.weights, &mut batch.displacement);
        let here = StepContext {
            weights: w,
            losses: &batch.losses,
            epoch,
            blocks: objective.blocks(),
        };
        batch.steps.displace(d, here);
        for i in flat {
            if batch.is_unmoved(i) {
                batch.end_at_rest(i, epoch, on_end);
            }
        }
        is_near = false;
        for (w, d) in batch.weights.iter_mut().zip(&mut batch.displacement) {
            let next = *w + *d;
            let is_unchanged = next == *w;
            *d = if is_unchanged { 0.0 } else { *d };
            is_near |= is_unchanged;
            *w = next;
        }
        if is_near && can_rest {
            batch.end_resting_runs(epoch, on_end);
        }
    }
}
