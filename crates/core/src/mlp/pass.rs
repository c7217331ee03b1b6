//! Forward and backward through all layers, eight samples a block.
//!
//! Sums over samples are taken lane by lane and the eight lanes added up at the end: in the same order, hence with the
//! same bits, whether a register holds eight numbers or one.

use super::{
    Layer, Mlp,
    batch::{BLOCKS, Batch, Lane},
    head::losses,
};
use crate::{
    activation::Activation,
    float::{Lanes, Several},
    network::Network as _,
};

/// Units whose sums are under way at the same time: with eight lanes each they fit the registers.
const TILE: usize = 4;

/// What a pass leaves behind for the way back. Each row is one unit's numbers in a chunk: (BLOCKS).
#[derive(Debug, Default)]
pub(super) struct Room {
    /// The features and the activations, layer after layer.
    pub(super) values: Vec<Lane>,
    /// The slopes of the activations, in the way back the derivatives by the sums.
    pub(super) deltas: Vec<Lane>,
    /// The gradient (dim), lane by lane.
    gradient: Vec<Lane>,
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
    room: &mut Room,
) -> f64 {
    let (features, outputs) = (net.layers[0].inputs, net.outputs());
    let units: usize = net.layers.iter().map(|layer| layer.units).sum();
    room.values.resize((features + units) * BLOCKS, ZERO);
    room.deltas.resize(units * BLOCKS, ZERO);
    room.gradient.clear();
    room.gradient.resize(g.len(), ZERO);
    let mut sum = l.splat(0.0);
    let blocks = batch.samples.div_ceil(8);
    let chunks = batch.features.chunks_exact(features * BLOCKS);
    for (c, (x, y)) in chunks
        .zip(batch.targets.chunks_exact(outputs * BLOCKS))
        .enumerate()
    {
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

/// Values and slopes of all layers but the last one, of which the weighted sums.
#[inline(always)]
fn forward<L: Lanes>(l: L, net: &Mlp, w: &[f64], blocks: usize, room: &mut Room) {
    let (mut before, mut units) = (0, 0);
    let last = net.layers.len() - 1;
    for (k, layer) in net.layers.iter().enumerate() {
        let (inputs, values) = room.values[before..].split_at_mut(layer.inputs * BLOCKS);
        let values = &mut values[..layer.units * BLOCKS];
        sums(l, layer, w, blocks, inputs, values);
        let slopes = &mut room.deltas[units..units + values.len()];
        if k < last {
            activate(l, net.hidden, blocks, values, slopes);
        }
        before += layer.inputs * BLOCKS;
        units += layer.units * BLOCKS;
    }
}

/// The weighted sums of one layer's units.
#[inline(always)]
fn sums<L: Lanes>(
    l: L,
    layer: &Layer,
    w: &[f64],
    blocks: usize,
    inputs: &[Lane],
    sums: &mut [Lane],
) {
    let mut j = 0;
    while j + TILE <= layer.units {
        sums_of::<L, TILE>(l, layer, w, blocks, inputs, sums, j);
        j += TILE;
    }
    while j < layer.units {
        sums_of::<L, 1>(l, layer, w, blocks, inputs, sums, j);
        j += 1;
    }
}

/// The weighted sums of `T` units, from the unit `j` on.
#[inline(always)]
fn sums_of<L: Lanes, const T: usize>(
    l: L,
    layer: &Layer,
    w: &[f64],
    blocks: usize,
    inputs: &[Lane],
    sums: &mut [Lane],
    j: usize,
) {
    let (weights, biases) = layer.weights(w);
    for b in 0..blocks {
        let mut z: [L::F; T] = std::array::from_fn(|t| l.splat(biases[j + t]));
        // By a running index: to cut rows of an unknown length takes a division, here once a block.
        let mut first = j;
        for x in inputs.chunks_exact(BLOCKS) {
            let (x, row) = (l.load(&x[b]), &weights[first..first + T]);
            for t in 0..T {
                z[t] = z[t] + x * l.splat(row[t]);
            }
            first += layer.units;
        }
        for t in 0..T {
            l.store(z[t], &mut sums[(j + t) * BLOCKS + b]);
        }
    }
}

/// Makes activations of weighted sums, and writes their slopes.
#[inline(always)]
fn activate<L: Lanes>(
    l: L,
    activation: Activation,
    blocks: usize,
    values: &mut [Lane],
    slopes: &mut [Lane],
) {
    let rows = values
        .chunks_exact_mut(BLOCKS)
        .zip(slopes.chunks_exact_mut(BLOCKS));
    for (values, slopes) in rows {
        let (values, slopes) = (
            values[..blocks].as_flattened_mut(),
            slopes[..blocks].as_flattened_mut(),
        );
        // Two blocks in flight hide the latency of exp and of the division; one may be left over.
        let done = activate_row(Several::<L, 2>(l), activation, values, slopes);
        activate_row(l, activation, &mut values[done..], &mut slopes[done..]);
    }
}

/// The same for one unit's numbers, as many as fill whole lanes of `l`; returns how many these are.
#[inline(always)]
fn activate_row<L: Lanes>(
    l: L,
    activation: Activation,
    values: &mut [f64],
    slopes: &mut [f64],
) -> usize {
    let whole = values.len() / L::COUNT * L::COUNT;
    let rows = values[..whole].chunks_exact_mut(L::COUNT);
    for (value, slope) in rows.zip(slopes.chunks_exact_mut(L::COUNT)) {
        let z = l.load(value);
        let p = activation.value(l, z);
        l.store(p, value);
        l.store(activation.slope(l, z, p), slope);
    }
    whole
}

/// Adds a chunk's gradient to the gradient, from the last layer to the first.
#[inline(always)]
fn backward<L: Lanes>(l: L, net: &Mlp, w: &[f64], blocks: usize, room: &mut Room) {
    let mut units = room.deltas.len();
    let mut values = room.values.len();
    for (k, layer) in net.layers.iter().enumerate().rev() {
        units -= layer.units * BLOCKS;
        values -= layer.units * BLOCKS;
        let inputs = &room.values[values - layer.inputs * BLOCKS..values];
        let (earlier, deltas) = room.deltas.split_at_mut(units);
        let deltas = &deltas[..layer.units * BLOCKS];
        let gradient = &mut room.gradient[layer.first..layer.end()];
        add_products(l, layer, blocks, inputs, deltas, gradient);
        if k > 0 {
            let slopes = &mut earlier[units - layer.inputs * BLOCKS..];
            pull_back(l, layer, w, blocks, deltas, slopes);
        }
    }
}

/// Adds what the weights and biases of one layer get: inputs times deltas, and deltas.
#[inline(always)]
fn add_products<L: Lanes>(
    l: L,
    layer: &Layer,
    blocks: usize,
    inputs: &[Lane],
    deltas: &[Lane],
    gradient: &mut [Lane],
) {
    let mut j = 0;
    while j + TILE <= layer.units {
        add_products_of::<L, TILE>(l, layer, blocks, inputs, deltas, gradient, j);
        j += TILE;
    }
    while j < layer.units {
        add_products_of::<L, 1>(l, layer, blocks, inputs, deltas, gradient, j);
        j += 1;
    }
}

/// The same for `T` units, from the unit `j` on.
#[inline(always)]
fn add_products_of<L: Lanes, const T: usize>(
    l: L,
    layer: &Layer,
    blocks: usize,
    inputs: &[Lane],
    deltas: &[Lane],
    gradient: &mut [Lane],
    j: usize,
) {
    let deltas: [&[Lane]; T] = std::array::from_fn(|t| &deltas[(j + t) * BLOCKS..][..blocks]);
    let mut rows = gradient.chunks_exact_mut(layer.units);
    for (x, gradient) in inputs.chunks_exact(BLOCKS).zip(rows.by_ref()) {
        let (x, gradient) = (&x[..blocks], &mut gradient[j..j + T]);
        let mut sums: [L::F; T] = std::array::from_fn(|t| l.load(&gradient[t]));
        for b in 0..blocks {
            let x = l.load(&x[b]);
            for t in 0..T {
                sums[t] = sums[t] + x * l.load(&deltas[t][b]);
            }
        }
        for t in 0..T {
            l.store(sums[t], &mut gradient[t]);
        }
    }
    // What is left is the row of the biases.
    for gradient in rows {
        for t in 0..T {
            let mut sum = l.load(&gradient[j + t]);
            for delta in deltas[t] {
                sum = sum + l.load(delta);
            }
            l.store(sum, &mut gradient[j + t]);
        }
    }
}

/// Makes derivatives by the sums of slopes of the layer before: each times the weighted sum of the deltas behind it.
#[inline(always)]
fn pull_back<L: Lanes>(
    l: L,
    layer: &Layer,
    w: &[f64],
    blocks: usize,
    deltas: &[Lane],
    slopes: &mut [Lane],
) {
    let mut i = 0;
    while i + TILE <= layer.inputs {
        pull_back_to::<L, TILE>(l, layer, w, blocks, deltas, slopes, i);
        i += TILE;
    }
    while i < layer.inputs {
        pull_back_to::<L, 1>(l, layer, w, blocks, deltas, slopes, i);
        i += 1;
    }
}

/// The same for `T` inputs, from the input `i` on.
#[inline(always)]
fn pull_back_to<L: Lanes, const T: usize>(
    l: L,
    layer: &Layer,
    w: &[f64],
    blocks: usize,
    deltas: &[Lane],
    slopes: &mut [Lane],
    i: usize,
) {
    let (weights, _) = layer.weights(w);
    let rows: [&[f64]; T] =
        std::array::from_fn(|t| &weights[(i + t) * layer.units..][..layer.units]);
    for b in 0..blocks {
        let mut sums = [l.splat(0.0); T];
        for (j, delta) in deltas.chunks_exact(BLOCKS).enumerate() {
            let delta = l.load(&delta[b]);
            for t in 0..T {
                sums[t] = sums[t] + delta * l.splat(rows[t][j]);
            }
        }
        for t in 0..T {
            let slope = &mut slopes[(i + t) * BLOCKS + b];
            let product = sums[t] * l.load(slope);
            l.store(product, slope);
        }
    }
}
