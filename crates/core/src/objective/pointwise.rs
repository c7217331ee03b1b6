//! Evaluates a function at many points, as many at a time as the registers hold.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use crate::numeric::float::{Lanes, Scalar, SimdLanes, UnrolledLanes};
use fearless_simd::{Level, dispatch};

/// A function of the weights that is written once over [`Lanes`]. Mark its methods `#[inline(always)]`.
pub(crate) trait LaneObjective {
    /// Number of vectors of points that are evaluated at a time: 1, 3, or 4. Several hide latencies and the cost of reading
    /// operations.
    const VECTORS: usize = 1;

    /// Whether the page evaluates several points at a time, too. For most functions, it evaluates one after the other, with the
    /// same results, to reduce the size of the download.
    const IS_VECTORIZED_ON_PAGE: bool = false;

    /// Returns the number of weights.
    fn weights(&self) -> usize;

    /// Returns the loss at the weights `w` (dim) of each lane.
    fn loss<L: Lanes>(&self, l: L, w: &[L::F]) -> L::F;

    /// Returns the loss and writes its gradient into `g` (dim).
    fn loss_and_gradient<L: Lanes>(&self, l: L, w: &[L::F], g: &mut [L::F]) -> L::F;
}

/// [`Objective::values`](crate::objective::Objective::values) with the instructions of `level`.
pub(crate) fn values(f: &impl LaneObjective, level: Level, points: &[f64], losses: &mut [f64]) {
    fill_at(f, level, points, losses, &mut []);
}

/// [`Objective::values_and_gradients`](crate::objective::Objective::values_and_gradients) with the instructions of
/// `level`.
pub(crate) fn values_and_gradients(
    f: &impl LaneObjective,
    level: Level,
    points: &[f64],
    losses: &mut [f64],
    gradients: &mut [f64],
) {
    assert_eq!(
        gradients.len(),
        points.len(),
        "gradients must be (dim, count)"
    );
    fill_at(f, level, points, losses, gradients);
}

fn fill_at(
    f: &impl LaneObjective,
    level: Level,
    points: &[f64],
    losses: &mut [f64],
    gradients: &mut [f64],
) {
    assert_eq!(
        points.len(),
        f.weights() * losses.len(),
        "points must be (dim, count)"
    );
    let done = if is_vectorized(f) {
        dispatch!(level, simd => sweep(f, SimdLanes(simd), points, losses, gradients))
    } else {
        0
    };
    blocks(f, Scalar, points, losses, gradients, done);
}

/// Returns whether several points are evaluated at a time.
const fn is_vectorized<P: LaneObjective>(_: &P) -> bool {
    !cfg!(target_arch = "wasm32") || P::IS_VECTORIZED_ON_PAGE
}

/// Computes losses and gradients of the first points, as many as fill whole registers of `l`, and returns their number.
/// Gradients are omitted if `gradients` is empty.
#[inline(always)]
fn sweep<P: LaneObjective, L: Lanes>(
    f: &P,
    l: L,
    points: &[f64],
    losses: &mut [f64],
    gradients: &mut [f64],
) -> usize {
    let done = match P::VECTORS {
        // The compiler of the page optimizes for size and does not unroll.
        _ if cfg!(target_arch = "wasm32") => 0,
        4 => blocks(f, UnrolledLanes::<L, 4>(l), points, losses, gradients, 0),
        3 => blocks(f, UnrolledLanes::<L, 3>(l), points, losses, gradients, 0),
        _ => 0,
    };
    // The remaining points are evaluated one register at a time.
    blocks(f, l, points, losses, gradients, done)
}

/// Computes the losses from point `start` on, one block of lanes at a time. Returns the first remaining point.
#[inline(always)]
fn blocks<L: Lanes>(
    f: &impl LaneObjective,
    l: L,
    points: &[f64],
    losses: &mut [f64],
    gradients: &mut [f64],
    start: usize,
) -> usize {
    let zero = l.splat(0.0);
    if f.weights() == 2 && is_vectorized(f) {
        // Maps have two weights. With a constant number of weights, the compiler keeps them in registers.
        let room = [&mut [zero; 2][..], &mut [zero; 2]];
        return blocks_in(f, l, room, points, [losses, gradients], start);
    }
    let (w, g) = (&mut vec![zero; f.weights()], &mut vec![zero; f.weights()]);
    blocks_in(f, l, [w, g], points, [losses, gradients], start)
}

/// [`blocks`] with buffers for the weights and the gradient of each lane.
#[inline(always)]
fn blocks_in<L: Lanes>(
    f: &impl LaneObjective,
    l: L,
    [w, g]: [&mut [L::F]; 2],
    points: &[f64],
    [losses, gradients]: [&mut [f64]; 2],
    start: usize,
) -> usize {
    let count = losses.len();
    let mut i = start;
    while i + L::COUNT <= count {
        for (j, w) in w.iter_mut().enumerate() {
            *w = l.load(&points[j * count + i..][..L::COUNT]);
        }
        let loss = if gradients.is_empty() {
            f.loss(l, w)
        } else {
            let loss = f.loss_and_gradient(l, w, g);
            for (j, g) in g.iter().enumerate() {
                l.store(*g, &mut gradients[j * count + i..][..L::COUNT]);
            }
            loss
        };
        l.store(loss, &mut losses[i..][..L::COUNT]);
        i += L::COUNT;
    }
    i
}
