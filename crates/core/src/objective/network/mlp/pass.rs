//! Forward and backward through all layers, eight samples a block.
//!
//! Sums over samples are taken lane by lane and the eight lanes added up at the end: in the same order, hence with the
//! same bits, whether a register holds eight numbers or one.

use super::{
    Mlp,
    backward::backward,
    batch::{BLOCKS, Batch, ChunkRow, Lane, ROW},
    forward::forward,
    head::losses,
};
use crate::{numeric::float::Lanes, objective::network::Network as _};

/// Units whose sums are under way at the same time: with eight lanes each they fit the registers.
pub(super) const TILE: usize = 4;

/// What a pass leaves behind for the way back, a row for each unit.
#[derive(Debug, Default)]
pub(super) struct PassScratch {
    /// The features and the activations, layer after layer.
    pub(super) values: Vec<ChunkRow>,
    /// The slopes of the activations, in the way back the derivatives by the sums.
    pub(super) deltas: Vec<ChunkRow>,
    /// Weights of the units whose sums are under way, for each input.
    pub(super) columns: Vec<[f64; TILE]>,
    /// The gradient (dim), lane by lane.
    pub(super) gradient: Vec<Lane>,
}

const ZERO: Lane = [0.0; 8];

/// The mean loss on `batch`, its gradient in `g` (dim) unless that is empty.
#[inline(always)]
pub(super) fn run<L: Lanes>(
    l: L,
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
        // Which lanes count is asked of the last block alone.
        let left = batch.samples - c * BLOCKS * 8;
        room.values[..x.len()].copy_from_slice(x);
        forward(l, net, w, here, room);
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

/// The sum of eight lanes, always in this order.
fn total(x: Lane) -> f64 {
    ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]))
}

#[inline(always)]
fn stored<L: Lanes>(l: L, x: L::F) -> Lane {
    let mut lane = ZERO;
    l.store(x, &mut lane);
    lane
}
