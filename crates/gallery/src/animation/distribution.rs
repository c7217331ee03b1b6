//! Distributes the steps of runs over the time of an animation or a player.

use crate::prelude::*;
use thalweg::float::{exp, ln_1p};
use thalweg_plot::scene::Rect;

/// Distribution of the epochs over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochSpacing {
    /// Every epoch takes the same time.
    Even,
    /// The time of an epoch is proportional to the total path length of all runs in it.
    ArcLength,
    /// Every tenfold increase of the epoch takes the same time, so the first epochs are slow.
    Log,
}

/// What a position counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Epochs.
    Epochs,
    /// Evaluations of the loss, the gradient, and the Hessian.
    Evaluations,
}

impl TimeUnit {
    /// Returns the position of a row of a trace.
    fn of(self, trace: &Trace, row: usize) -> u64 {
        match self {
            Self::Epochs => trace.epoch_of(row),
            Self::Evaluations => trace.calls[row].evaluations(),
        }
    }
}

/// The positions of all runs over a time.
pub struct TimeDistribution {
    last: f64,
    /// The position up to which something moves visibly.
    moving: u64,
    spacing: EpochSpacing,
    /// The total path length of all runs after each position at which one of them has moved; empty if it is not needed.
    arc_lengths: ArcLengths,
}

impl TimeDistribution {
    /// Distributes the steps of traces of two weights. Movements outside the window are not visible.
    pub fn new(traces: &[Trace], window: Window, spacing: EpochSpacing, unit: TimeUnit) -> Self {
        let last = traces.iter().map(|trace| unit.of(trace, trace.last_row()));
        let last = last.max().unwrap_or(0);
        Self {
            last: last as f64,
            moving: moving(traces, last, window, unit),
            spacing,
            arc_lengths: match spacing {
                EpochSpacing::ArcLength => ArcLengths::new(traces, window, unit),
                EpochSpacing::Even | EpochSpacing::Log => ArcLengths::default(),
            },
        }
    }

    /// Distributes the steps of traces that are not on a plane. Path lengths are not known, so all steps count the same.
    pub fn without_paths(traces: &[Trace], spacing: EpochSpacing, unit: TimeUnit) -> Self {
        let last = traces.iter().map(|trace| unit.of(trace, trace.last_row()));
        let last = last.max().unwrap_or(0);
        Self {
            last: last as f64,
            moving: last,
            spacing,
            arc_lengths: ArcLengths::default(),
        }
    }

    /// Returns the position up to which something moves visibly.
    pub(super) fn moving(&self) -> u64 {
        self.moving
    }

    /// Returns the position at time `i` of `end`, including the fraction of the current step.
    pub fn at(&self, i: usize, end: usize) -> f64 {
        if i >= end {
            return self.last;
        }
        let (i, end, moving) = (i as f64, end as f64, self.moving as f64);
        let position = match self.spacing {
            EpochSpacing::Even => i * moving / end,
            EpochSpacing::Log => exp(ln_1p(moving) * i / end) - 1.0,
            EpochSpacing::ArcLength => {
                let after = self.arc_lengths.position(i / end);
                after.unwrap_or(i / end * self.last)
            }
        };
        // A value that misses an integer only by rounding is rounded.
        let whole = position.round();
        let position = if (position - whole).abs() < 1e-9 * (1.0 + whole) {
            whole
        } else {
            position
        };
        position.min(self.last)
    }
}

/// A movement of at most this, relative to the sides of the window, is not visible.
const VISIBLE: f64 = 1e-3;

/// Returns the position up to which something moves visibly, if this is less than half of the `last` one; otherwise, the
/// rest is too short to matter, and the last position is returned.
fn moving(traces: &[Trace], last: u64, window: Window, unit: TimeUnit) -> u64 {
    let sides = [window.w1, window.w2].map(|[low, high]| high - low);
    let is_visible = |a: &[f64], b: &[f64]| {
        let mut pairs = a.iter().zip(b).zip(sides);
        // A weight that is not finite is a visible end.
        pairs.any(|((a, b), side)| (a - b).is_nan() || (a - b).abs() > VISIBLE * side)
    };
    let moves = traces.iter().map(|trace| {
        let end = trace.last();
        let rows = 0..trace.last_row();
        let moved = rows.rev().find(|row| is_visible(trace.at(*row), end));
        moved.map_or(0, |row| unit.of(trace, row + 1))
    });
    let moving = moves.max().unwrap_or(0);
    if 2 * moving < last {
        moving.max(1)
    } else {
        last
    }
}

/// Total path length of all runs inside a window, whose sides have the length 1.
#[derive(Default)]
struct ArcLengths {
    /// Positions, ascending from 0.
    positions: Vec<f64>,
    /// The total path length after each position.
    lengths: Vec<f64>,
}

impl ArcLengths {
    fn new(traces: &[Trace], window: Window, unit: TimeUnit) -> Self {
        let steps = traces.iter().flat_map(|trace| {
            let rows = 0..trace.last_row();
            rows.map(move |row| (unit.of(trace, row + 1), visible_length(trace, row, window)))
        });
        let mut steps: Vec<(u64, f64)> = steps.collect();
        // The order of the runs stays the same, and with it the sum.
        steps.sort_by_key(|(position, _)| *position);
        let (mut positions, mut lengths) = (vec![0.0], vec![0.0]);
        let mut total = 0.0;
        for same in steps.chunk_by(|a, b| a.0 == b.0) {
            total += same.iter().map(|(_, length)| length).sum::<f64>();
            positions.push(same[0].0 as f64);
            lengths.push(total);
        }
        Self { positions, lengths }
    }

    /// Returns the position at which the runs have covered this share of their total path length; `None` if none has moved.
    fn position(&self, share: f64) -> Option<f64> {
        let all = *self.lengths.last()?;
        if all == 0.0 {
            return None;
        }
        let length = share * all;
        let after = self.lengths.partition_point(|before| *before <= length);
        let after = after.clamp(1, self.lengths.len() - 1);
        let at = |values: &[f64]| [values[after - 1], values[after]];
        let ([first, last], [from, to]) = (at(&self.positions), at(&self.lengths));
        Some(first + (last - first) * ((length - from) / (to - from)).clamp(0.0, 1.0))
    }
}

/// Returns the length of the part of a step inside a window, whose sides have the length 1.
fn visible_length(trace: &Trace, row: usize, window: Window) -> f64 {
    let unit = Rect {
        left: 0.0,
        top: 0.0,
        width: 1.0,
        height: 1.0,
    };
    let place = |w: &[f64]| {
        let share = |v: f64, [low, high]: [f64; 2]| (v - low) / (high - low);
        [share(w[0], window.w1), share(w[1], window.w2)]
    };
    let [a, b] = [place(trace.at(row)), place(trace.at(row + 1))];
    let seen = unit.part_of(a, b).map_or(0.0, |[s, t]| t - s);
    let [x, y] = [b[0] - a[0], b[1] - a[1]];
    let length = seen * (x * x + y * y).sqrt();
    // An infinite step has no length.
    if length.is_finite() { length } else { 0.0 }
}
