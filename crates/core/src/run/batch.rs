//! Many runs at once, each with the same end to the bit that it has by itself.
//!
//! A gradient rule treats every weight by itself, so the weights of many runs can lie side by side in its slices,
//! (dim, runs) row-major. The runs march in step, and those that have ended are taken out.

use crate::{
    catalog::inspect::Inspect,
    objective::Objective,
    run::{
        Budget, Run, StopReason,
        optimizer::{GradientRule, StateShape, StepContext},
        oracle::EvaluationCounts,
    },
};
use fearless_simd::{Level, Simd, dispatch};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunEnd {
    /// Number of steps made.
    pub epochs: u64,
    /// The last loss.
    pub loss: f64,
    /// What the optimizer asked.
    pub calls: EvaluationCounts,
    /// Why it ended.
    pub stop: StopReason,
}

impl RunEnd {
    /// The end of a run that has not begun; for filling slices.
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
}

/// Runs that march side by side: enough that the stragglers at a block's end cost little, few enough for the cache.
const RUNS_PER_BATCH: usize = 512;
/// Ended runs are taken out as soon as they are this share of a block: before, they cost less than the taking out.
const COMPACTION_SHARE: usize = 8;

/// Drives the `run` from each of many starts to its end, one after the other.
///
/// `starts` is (dim, count) row-major; the last weights take their place.
pub fn one_by_one<'p>(run: &dyn Fn(&[f64]) -> Run<'p>, starts: &mut [f64], ends: &mut [RunEnd]) {
    let count = ends.len();
    let mut w = vec![0.0; starts.len() / count.max(1)];
    for (i, end) in ends.iter_mut().enumerate() {
        for (j, w) in w.iter_mut().enumerate() {
            *w = starts[j * count + i];
        }
        let mut run = run(&w);
        while run.advance() {}
        *end = RunEnd {
            epochs: run.epoch(),
            loss: run.loss(),
            calls: run.calls(),
            stop: run.stop().unwrap_or(StopReason::EpochLimit),
        };
        for (j, w) in run.weights().iter().enumerate() {
            starts[j * count + i] = *w;
        }
    }
}

/// Drives runs of a rule from many starts to their ends, a block of them at a time.
///
/// `starts` is (dim, count) row-major; the last weights take their place.
pub fn side_by_side<R: GradientRule>(
    rule: &R,
    objective: &dyn Objective,
    starts: &mut [f64],
    budget: Budget,
    ends: &mut [RunEnd],
) {
    let (dim, count) = (objective.dim(), ends.len());
    assert_eq!(starts.len(), dim * count, "starts must be (dim, count)");
    let level = Level::new();
    for first in (0..count).step_by(RUNS_PER_BATCH) {
        let runs = RUNS_PER_BATCH.min(count - first);
        let rows = (0..dim).map(|j| &starts[j * count + first..][..runs]);
        let weights = rows.collect::<Vec<_>>().concat();
        let mut block = RunBatch::new(rule, weights, StateShape { dim, runs });
        let mut arrive = |i: usize, end: RunEnd, last: &mut dyn Iterator<Item = f64>| {
            ends[first + i] = end;
            for (j, w) in last.enumerate() {
                starts[j * count + first + i] = w;
            }
        };
        dispatch!(level, simd => march(simd, rule, objective, &mut block, budget, &mut arrive));
    }
}

/// Runs side by side. All rooms are (dim, runs) row-major, or (runs).
struct RunBatch<S> {
    size: StateShape,
    weights: Vec<f64>,
    displacement: Vec<f64>,
    losses: Vec<f64>,
    state: S,
    /// Which run of the block's beginning each one is; `ENDED_RUN` once it has ended.
    which: Vec<usize>,
    spent: usize,
}

/// Takes a run's number within the block, its end, and its last weights.
type OnRunEnd<'a> = dyn FnMut(usize, RunEnd, &mut dyn Iterator<Item = f64>) + 'a;

const ENDED_RUN: usize = usize::MAX;

impl<S: Inspect> RunBatch<S> {
    fn new<R: GradientRule<State = S>>(rule: &R, weights: Vec<f64>, size: StateShape) -> Self {
        Self {
            size,
            displacement: vec![0.0; size.weights()],
            losses: vec![0.0; size.runs],
            state: rule.init(&weights, size),
            weights,
            which: (0..size.runs).collect(),
            spent: 0,
        }
    }

    /// Tells the runs that end here; `broken` says that some weight is not finite.
    fn settle(&mut self, epoch: u64, broken: bool, budget: Budget, arrive: &mut OnRunEnd) {
        let runs = self.size.runs;
        for i in 0..runs {
            let weights = self.weights[i..].iter().step_by(runs);
            let finite = !broken || weights.clone().all(|w| w.is_finite());
            let loss = self.losses[i];
            let Some(stop) = budget.verdict(epoch, loss, finite) else {
                continue;
            };
            if self.which[i] == ENDED_RUN {
                continue;
            }
            self.end(i, epoch, epoch, stop, arrive);
        }
    }

    /// Tells the end of run `i` after so many epochs and gradients.
    fn end(
        &mut self,
        i: usize,
        epochs: u64,
        gradient: u64,
        stop: StopReason,
        arrive: &mut OnRunEnd,
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
        arrive(self.which[i], end, &mut weights.copied());
        self.which[i] = ENDED_RUN;
        self.spent += 1;
    }

    /// Whether run `i` goes on and its numbers in `displacement` are all zero.
    fn is_still(&self, i: usize) -> bool {
        let mut column = self.displacement[i..].iter().step_by(self.size.runs);
        self.which[i] != ENDED_RUN && column.all(|d| *d == 0.0)
    }

    /// The runs that are still.
    fn still(&self) -> Vec<usize> {
        let runs = 0..self.size.runs;
        runs.filter(|i| self.is_still(*i)).collect()
    }

    /// Takes out the runs that have ended.
    fn compact(&mut self) {
        let runs = self.size.runs;
        let kept: Vec<usize> = (0..runs).filter(|i| self.which[*i] != ENDED_RUN).collect();
        let left = kept.len();
        let mut take_out = |room: &mut Vec<f64>| {
            let rows = room.len() / runs;
            for row in 0..rows {
                // Everything moves towards the beginning, so nothing is overwritten that is still needed.
                for (k, i) in kept.iter().enumerate() {
                    room[row * left + k] = room[row * runs + i];
                }
            }
            room.truncate(rows * left);
        };
        take_out(&mut self.weights);
        take_out(&mut self.displacement);
        take_out(&mut self.losses);
        self.state.rooms(&mut take_out);
        self.which.retain(|which| *which != ENDED_RUN);
        self.size.runs = left;
        self.spent = 0;
    }
}

/// Drives a block to the end of all its runs.
///
/// It is made for each instruction set anew, the rule's loops in it: hence the token that it does not use, and the
/// inlining.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]
fn march<V: Simd, R: GradientRule>(
    _: V,
    rule: &R,
    objective: &dyn Objective,
    block: &mut RunBatch<R::State>,
    budget: Budget,
    arrive: &mut OnRunEnd,
) {
    let target = budget.target.unwrap_or(f64::NEG_INFINITY);
    for epoch in 0.. {
        if block.spent == block.size.runs {
            return;
        }
        if block.spent * COMPACTION_SHARE >= block.size.runs {
            block.compact();
        }
        let (w, d) = (&mut block.weights, &mut block.displacement);
        objective.values_and_gradients(w, &mut block.losses, d);
        // Without a way out in the middle, these loops run over whole registers.
        let (mut ended, mut broken) = (epoch >= budget.epochs, false);
        for loss in &block.losses {
            ended |= (*loss <= target) | !loss.is_finite();
        }
        for w in w.iter() {
            broken |= !w.is_finite();
        }
        if ended || broken {
            block.settle(epoch, broken, budget, arrive);
        }
        let mut flat = false;
        for g in &block.displacement {
            flat |= *g == 0.0;
        }
        let flat = if flat { block.still() } else { Vec::new() };
        let (w, d) = (&mut block.weights, &mut block.displacement);
        let here = StepContext {
            weights: w,
            losses: &block.losses,
            epoch,
            blocks: objective.blocks(),
        };
        rule.displace(d, here, &mut block.state);
        for (w, d) in w.iter_mut().zip(&*d) {
            *w += *d;
        }
        for i in flat {
            if block.is_still(i) {
                block.end(i, epoch, epoch + 1, StopReason::Converged, arrive);
            }
        }
    }
}
