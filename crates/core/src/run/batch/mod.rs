//! Batches of runs, with bitwise the same results as single runs.
//!
//! A gradient rule treats every weight independently, so its slices can hold the weights of many runs, (dim, runs)
//! row-major. All runs of a batch make their steps together.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use crate::{
    numeric::float::{Lanes, Scalar, SimdLanes},
    objective::Objective,
    run::{
        Budget, StopReason,
        optimizer::{GradientRule, StateShape, StepContext},
        oracle::EvaluationCounts,
        watch::Improvement,
    },
};
use fearless_simd::{Level, Simd, dispatch};
use std::ops::Range;

mod limits;
mod passes;
mod reserve;
mod rest;
mod run_end;
mod steps;

use reserve::{Prepared, Reserve};
pub use run_end::{RunEnd, run_sequentially};
use steps::{BatchedSteps, Steps};

/// Free lanes are removed when they are at least 1 / `REMOVAL_SHARE` of a batch. Fewer cost less than the removal.
const REMOVAL_SHARE: usize = 16;

/// Number of lanes of the widest register. A batch with a multiple of it has no lanes that are evaluated one by one.
const REGISTER_LANES: usize = 8;

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
    let mut waiting = 0..count;
    while !waiting.is_empty() {
        let results = Results {
            ends,
            weights: starts,
        };
        let mut batch = RunBatch::new(start, objective, results, waiting);
        dispatch!(level, simd => run_batch(simd, &mut batch, budget));
        waiting = batch.waiting;
    }
}

/// Where the results of the runs are written.
struct Results<'r> {
    ends: &'r mut [RunEnd],
    /// The initial weights, which the final weights replace: (dim, runs), row-major.
    weights: &'r mut [f64],
}

/// Returns the size of the state of some runs.
fn size(objective: &dyn Objective, runs: usize) -> StateShape<'_> {
    StateShape {
        dim: objective.dim(),
        runs,
        blocks: objective.blocks(),
    }
}

/// A batch of runs, which occupy one lane each. All buffers are (dim, lanes) row-major, or (lanes). The lanes of the runs that
/// have not ended come first; the others are ignored.
struct RunBatch<'p, 'r> {
    objective: &'p dyn Objective,
    /// Its number of runs is that of the lanes.
    size: StateShape<'p>,
    weights: Vec<f64>,
    displacement: Vec<f64>,
    losses: Vec<f64>,
    start: &'p StartBatch<'r>,
    steps: Box<dyn Steps + 'r>,
    results: Results<'p>,
    /// The runs that have neither begun nor been prepared.
    waiting: Range<usize>,
    /// Prepared runs, which begin as soon as there are free lanes.
    reserve: Reserve,
    /// The buffers of the state before this step, if the last step of a run was short; otherwise those of an earlier step.
    last_state: Option<Vec<Vec<f64>>>,
    /// The last improvement of each run, if there is a tolerance.
    improvements: Vec<Improvement>,
    /// The index of each run that has not ended.
    run_indices: Vec<usize>,
    /// The epoch of the batch in which each run began.
    first_epochs: Vec<u64>,
    /// No run began earlier.
    oldest: u64,
    /// The former and the new lane of each run that must move, because its new lane has become free.
    moved_lanes: Vec<[usize; 2]>,
    /// Which lanes may have ended, as bits.
    ended_lanes: Vec<u64>,
    /// Whether the last step of each run was so short that the next one may change nothing. The first step may, too.
    is_near: Vec<bool>,
    has_nonfinite_weight: bool,
}

/// The numbers of one lane in a buffer (dim, lanes).
#[derive(Clone, Copy)]
struct Column<'a> {
    buffer: &'a [f64],
    dim: usize,
    lanes: usize,
    lane: usize,
}

impl<'a> Column<'a> {
    fn iter(self) -> impl Iterator<Item = f64> + use<'a> {
        // `step_by` divides, which takes longer than reading two numbers.
        (0..self.dim).map(move |j| self.buffer[j * self.lanes + self.lane])
    }
}

impl<'p, 'r> RunBatch<'p, 'r> {
    /// Begins as many of the waiting runs as evaluations of the objective have points.
    fn new(
        start: &'p StartBatch<'r>,
        objective: &'p dyn Objective,
        results: Results<'p>,
        mut waiting: Range<usize>,
    ) -> Self {
        let Prepared {
            runs,
            weights,
            steps,
        } = Prepared::new(start, objective, &results, &mut waiting);
        let size = size(objective, runs.len());
        Self {
            objective,
            size,
            displacement: vec![0.0; size.weights()],
            losses: vec![0.0; size.runs],
            steps,
            start,
            results,
            waiting,
            reserve: Reserve::default(),
            last_state: None,
            improvements: Vec::new(),
            has_nonfinite_weight: weights.iter().any(|w| !w.is_finite()),
            weights,
            run_indices: runs.collect(),
            first_epochs: vec![0; size.runs],
            oldest: 0,
            moved_lanes: Vec::new(),
            ended_lanes: Vec::new(),
            is_near: vec![false; size.runs],
        }
    }

    /// Returns the numbers of lane `i` in a buffer (dim, lanes).
    fn column<'a>(&self, buffer: &'a [f64], lane: usize) -> Column<'a> {
        Column {
            buffer,
            dim: self.size.dim,
            lanes: self.size.runs,
            lane,
        }
    }

    /// Writes the result of the run in lane `i`, which ends after these numbers of epochs and gradient evaluations. The last
    /// run will take its lane, so runs must end in the order from the last lane to the first.
    // A call would pass the parts of the result through memory, which takes as long as an epoch.
    #[inline(always)]
    fn end(&mut self, i: usize, epochs: u64, gradient: u64, stop: StopReason) {
        let Results { ends, weights } = &mut self.results;
        let (run, count) = (self.run_indices[i], ends.len());
        ends[run] = RunEnd {
            epochs,
            loss: self.losses[i],
            calls: EvaluationCounts {
                gradient,
                ..EvaluationCounts::default()
            },
            stop,
        };
        for j in 0..self.size.dim {
            weights[j * count + run] = self.weights[j * self.size.runs + i];
        }
        self.run_indices.swap_remove(i);
        self.moved_lanes.push([self.run_indices.len(), i]);
        if !self.improvements.is_empty() {
            self.improvements.swap_remove(i);
        }
    }

    /// Moves the last runs to the lanes of the runs that have ended.
    fn fill_free_lanes(&mut self) {
        if self.moved_lanes.is_empty() {
            return;
        }
        let (lanes, moved) = (self.size.runs, &self.moved_lanes);
        let mut fill = |buffer: &mut Vec<f64>| {
            for row in buffer.chunks_exact_mut(lanes) {
                for [from, to] in moved {
                    row[*to] = row[*from];
                }
            }
        };
        fill(&mut self.weights);
        fill(&mut self.displacement);
        fill(&mut self.losses);
        self.steps.buffers(&mut fill);
        for [from, to] in moved {
            self.is_near[*to] = self.is_near[*from];
            self.first_epochs[*to] = self.first_epochs[*from];
        }
        self.moved_lanes.clear();
    }

    /// Adds the displacements to the weights, and replaces them by the rounded ones. Returns whether a weight of some run moved by
    /// so little that the run may be near its end.
    #[inline(always)]
    fn move_weights<L: Lanes>(&mut self, l: L) -> bool {
        let (runs, lanes) = (self.run_indices.len(), self.size.runs);
        let rows = self.weights.chunks_exact_mut(lanes);
        let mut has_short = false;
        self.has_nonfinite_weight = false;
        for (w, d) in rows.zip(self.displacement.chunks_exact_mut(lanes)) {
            let moved = passes::move_weights(l, &mut w[..runs], &mut d[..runs]);
            has_short |= moved.has_short;
            self.has_nonfinite_weight |= moved.has_nonfinite;
        }
        has_short
    }

    /// Removes the lanes without a run if they are numerous. A multiple of [`REGISTER_LANES`] is kept.
    fn remove_free_lanes(&mut self) {
        let (runs, lanes) = (self.run_indices.len(), self.size.runs);
        let kept = runs.next_multiple_of(REGISTER_LANES).min(lanes);
        if (lanes - kept) * REMOVAL_SHARE < lanes {
            return;
        }
        let mut remove = |buffer: &mut Vec<f64>| {
            let rows = buffer.len() / lanes;
            for row in 1..rows {
                buffer.copy_within(row * lanes..row * lanes + kept, row * kept);
            }
            buffer.truncate(rows * kept);
        };
        remove(&mut self.weights);
        self.steps.buffers(&mut remove);
        // Their numbers are about to be replaced.
        self.displacement.truncate(self.size.dim * kept);
        self.losses.truncate(kept);
        self.size.runs = kept;
    }
}

/// Makes steps until all runs of a batch have ended.
///
/// The function is compiled for each instruction set. It is therefore always inlined.
#[inline(always)]
fn run_batch<V: Simd>(token: V, batch: &mut RunBatch, budget: Budget) {
    // The loops of the page have no remaining lanes then, which reduces the size of the download.
    if cfg!(target_arch = "wasm32") {
        run_lanes(Scalar, batch, budget);
    } else {
        run_lanes(SimdLanes(token), batch, budget);
    }
}

/// Does this with the registers `l`.
#[inline(always)]
fn run_lanes<L: Lanes>(l: L, batch: &mut RunBatch, budget: Budget) {
    // A state without buffers is the same before and after each step.
    let (can_rest, has_state) = (batch.steps.is_autonomous(), batch.has_state());
    // Runs whose steps do not depend on their number can begin at any time. The page makes few runs at a time.
    let can_begin = !cfg!(target_arch = "wasm32")
        && batch.steps.ignore_step_number()
        && budget.tolerance.is_none();
    let objective = batch.objective;
    let mut has_near = false;
    for epoch in 0.. {
        if can_begin && batch.has_more() {
            batch.fill_from_reserve(epoch);
        } else if batch.run_indices.is_empty() {
            return;
        } else {
            batch.remove_free_lanes();
        }
        let (w, d) = (&mut batch.weights, &mut batch.displacement);
        objective.values_and_gradients(w, &mut batch.losses, d);
        batch.end_at_limits(l, epoch, budget);
        if batch.run_indices.is_empty() {
            continue;
        }
        let flat = batch.unmoved_runs(l);
        if can_rest && has_near && has_state {
            batch.copy_state();
        }
        let here = StepContext {
            weights: &batch.weights,
            losses: &batch.losses,
            epoch,
            blocks: objective.blocks(),
        };
        batch.steps.displace(&mut batch.displacement, here);
        for i in flat.into_iter().rev() {
            if batch.is_unmoved(i) {
                batch.end_at_rest(i, epoch);
            }
        }
        batch.fill_free_lanes();
        let has_short = batch.move_weights(l);
        if can_rest && (has_short || has_near) {
            let unchanged = batch.unchanged_runs(l, epoch, has_state);
            if !unchanged.is_empty() {
                batch.end_resting_runs(unchanged, epoch);
            }
        }
        has_near = has_short;
    }
}
