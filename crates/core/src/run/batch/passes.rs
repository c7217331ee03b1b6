//! The loops over the lanes of a batch, one register after the other.
//!
//! The compiler would combine conditions of lanes as bytes, which takes three instructions per comparison.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use crate::{
    numeric::float::{Lanes, Scalar},
    run::watch::SHORT_STEP,
};

/// What is known of some weights after a step.
#[derive(Clone, Copy, Default)]
pub(super) struct Moved {
    /// Whether a weight moved by so little that its run may be near its end.
    pub(super) has_short: bool,
    pub(super) has_nonfinite: bool,
}

/// Adds the displacements `d` to the weights `w`, and replaces them by the rounded ones.
#[inline(always)]
pub(super) fn move_weights<L: Lanes>(l: L, w: &mut [f64], d: &mut [f64]) -> Moved {
    let whole = w.len() / L::COUNT * L::COUNT;
    let ((w, last_w), (d, last_d)) = (w.split_at_mut(whole), d.split_at_mut(whole));
    let moved = move_registers(l, w, d);
    let last = move_registers(Scalar, last_w, last_d);
    Moved {
        has_short: moved.has_short || last.has_short,
        has_nonfinite: moved.has_nonfinite || last.has_nonfinite,
    }
}

#[inline(always)]
fn move_registers<L: Lanes>(l: L, w: &mut [f64], d: &mut [f64]) -> Moved {
    let [zero, one] = [0.0, 1.0].map(|x| l.splat(x));
    let (share, infinity) = (l.splat(SHORT_STEP), l.splat(f64::INFINITY));
    let (mut short, mut nonfinite) = (zero, zero);
    let rows = w.chunks_exact_mut(L::COUNT);
    for (w, d) in rows.zip(d.chunks_exact_mut(L::COUNT)) {
        let before = l.load(w);
        let next = before + l.load(d);
        let moved = next - before;
        l.store(moved, d);
        l.store(next, w);
        // Not as in `is_short`, NaN counts as short. Its run will end.
        short = l.select_less(share * l.abs(next), l.abs(moved), short, one);
        nonfinite = l.select_less(l.abs(next), infinity, nonfinite, one);
    }
    Moved {
        has_short: l.less_bits(zero, short) != 0,
        has_nonfinite: l.less_bits(zero, nonfinite) != 0,
    }
}

/// Returns whether a number is zero or NaN.
#[inline(always)]
pub(super) fn has_zero<L: Lanes>(l: L, numbers: &[f64]) -> bool {
    let zero = l.splat(0.0);
    let mut found = zero;
    let registers = numbers.chunks_exact(L::COUNT);
    let last = registers.remainder();
    for numbers in registers {
        found = l.select_less(zero, l.abs(l.load(numbers)), found, l.splat(1.0));
    }
    l.less_bits(zero, found) != 0 || last.iter().any(|x| x.is_nan() || *x == 0.0)
}

/// Number of lanes whose marks are in one integer, lane 0 in the lowest bit.
pub(super) const MARKS: usize = u64::BITS as usize;

/// Marks the lanes whose loss is at most the target, infinite, or NaN. The marks are evaluated after all comparisons, because a
/// branch per register would often be predicted wrongly.
#[inline(always)]
pub(super) fn mark_ended<L: Lanes>(l: L, losses: &[f64], target: f64, marks: &mut Vec<u64>) {
    marks.clear();
    for losses in losses.chunks(MARKS) {
        let (mut bits, mut lane) = (0, 0);
        let registers = losses.chunks_exact(L::COUNT);
        let last = registers.remainder();
        for losses in registers {
            bits |= ended_lanes(l, losses, target) << lane;
            lane += L::COUNT;
        }
        for loss in last {
            bits |= ended_lanes(Scalar, std::slice::from_ref(loss), target) << lane;
            lane += 1;
        }
        marks.push(bits);
    }
}

/// Also marks the lanes whose run began in the epoch `last` or before, and returns the first epoch in which another run began.
pub(super) fn mark_begun(first_epochs: &[u64], last: u64, marks: &mut [u64]) -> u64 {
    let mut oldest = u64::MAX;
    for (lane, first) in first_epochs.iter().enumerate() {
        if *first <= last {
            marks[lane / MARKS] |= 1 << (lane % MARKS);
        } else {
            oldest = oldest.min(*first);
        }
    }
    oldest
}

/// Marks this number of lanes.
pub(super) fn mark_all(lanes: usize, marks: &mut Vec<u64>) {
    marks.clear();
    marks.resize(lanes / MARKS, u64::MAX);
    if !lanes.is_multiple_of(MARKS) {
        marks.push((1 << (lanes % MARKS)) - 1);
    }
}

/// Returns an integer whose bit i is set if the loss in lane i is at most the target, infinite, or NaN.
#[inline(always)]
fn ended_lanes<L: Lanes>(l: L, losses: &[f64], target: f64) -> u64 {
    let losses = l.load(losses);
    let continues =
        l.less_bits(l.splat(target), losses) & l.less_bits(losses, l.splat(f64::INFINITY));
    continues ^ all_lanes::<L>()
}

/// Returns an integer whose bits of all lanes are set.
const fn all_lanes<L: Lanes>() -> u64 {
    u64::MAX >> (MARKS - L::COUNT)
}

/// Returns two integers for the lanes from `first` on of the weights and the steps (dim, lanes): bit i states whether all steps of
/// lane i were short, and whether all of them were zero. NaN counts as both.
#[inline(always)]
pub(super) fn short_and_zero_steps<L: Lanes>(
    l: L,
    [w, d]: [&[f64]; 2],
    lanes: usize,
    first: usize,
) -> [u64; 2] {
    let (mut long, mut moving) = (0, 0);
    for (w, d) in w.chunks_exact(lanes).zip(d.chunks_exact(lanes)) {
        let d = l.abs(l.load(&d[first..][..L::COUNT]));
        let w = l.abs(l.load(&w[first..][..L::COUNT]));
        long |= l.less_bits(l.splat(SHORT_STEP) * w, d);
        moving |= l.less_bits(l.splat(0.0), d);
    }
    [long, moving].map(|bits| bits ^ all_lanes::<L>())
}
