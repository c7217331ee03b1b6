//! The forward and the backward pass, eight samples per block.
//!
//! Sums over samples are computed per lane, and the eight lanes are added at the end. The order does not depend on the
//! size of the registers, so the bits are always the same.

use super::{
    Mlp,
    backward::backward,
    batch::{BLOCKS, Batch, ChunkRow, Lane, ROW},
    forward::forward,
    head::losses,
};
use crate::{numeric::float::Lanes, objective::network::Network as _};

/// Number of units whose sums are computed at the same time. With eight lanes each, they fit into the registers.
pub(super) const TILE: usize = 4;

/// Results of the forward pass that the backward pass needs, one row per unit.
#[derive(Debug, Default)]
pub(super) struct PassScratch {
    /// The features and the activations, ordered by layer.
    pub(super) values: Vec<ChunkRow>,
    /// The slopes of the activations; in the backward pass, the derivatives with respect to the sums.
    pub(super) deltas: Vec<ChunkRow>,
    /// Weights of the units whose sums are being computed, for each input.
    pub(super) columns: Vec<[f64; TILE]>,
    /// The gradient (dim) per lane.
    pub(super) gradient: Vec<Lane>,
}

const ZERO: Lane = [0.0; 8];

/// Returns the mean loss on `batch`, and writes its gradient into `g` (dim) unless `g` is empty. Activations, which do not
/// depend on each other, are computed with the lanes of `many`.
#[inline(always)]
pub(super) fn run<L: Lanes, M: Lanes>(
    (l, many): (L, M),
    net: &Mlp,
    batch: &Batch,
    w: &[f64],
    g: &mut [f64],
    room: &mut PassScratch,
) -> f64 {
    let (features, outputs) = (net.layers[0].inputs, net.outputs());
    let units: usize = net.layers.iter().map(|layer| layer.units).sum();
    room.values.resize(features + units, ROW);
    room.deltas.resize(units, ROW);
    room.gradient.clear();
    room.gradient.resize(g.len(), ZERO);
    let mut sum = l.splat(0.0);
    let blocks = batch.samples.div_ceil(8);
    let chunks = batch.features.chunks_exact(features);
    for (c, (x, y)) in chunks.zip(batch.targets.chunks_exact(outputs)).enumerate() {
        let here = BLOCKS.min(blocks - c * BLOCKS);
        // Only the last block can contain copies, which are ignored.
        let left = batch.samples - c * BLOCKS * 8;
        room.values[..x.len()].copy_from_slice(x);
        forward((l, many), net, w, here, room);
        sum = sum + losses(l, net, y, here, left, room);
        if !g.is_empty() {
            backward(l, net, w, here, room);
        }
    }
    let share = net.share(batch.samples);
    let factor = net.head.factor() / share;
    for (g, lanes) in g.iter_mut().zip(&room.gradient) {
        *g = total(*lanes) * factor;
    }
    total(stored(l, sum)) / share
}

/// Returns the sum of eight lanes, always added in this order.
fn total(x: Lane) -> f64 {
    ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]))
}

#[inline(always)]
fn stored<L: Lanes>(l: L, x: L::F) -> Lane {
    let mut lane = ZERO;
    l.store(x, &mut lane);
    lane
}
