//! The forward pass: weighted sums and activations, eight samples per block.

use super::{
    Layer, Mlp,
    batch::ChunkRow,
    pass::{PassScratch, TILE},
};
use crate::{numeric::float::Lanes, objective::network::activation::Activation};

/// Computes the activations and slopes of all layers except the last, and the weighted sums of the last layer.
#[inline(always)]
pub(super) fn forward<L: Lanes, M: Lanes>(
    (l, many): (L, M),
    net: &Mlp,
    w: &[f64],
    blocks: usize,
    room: &mut PassScratch,
) {
    let (mut before, mut units) = (0, 0);
    let last = net.layers.len() - 1;
    for (k, layer) in net.layers.iter().enumerate() {
        let (inputs, values) = room.values[before..].split_at_mut(layer.inputs);
        let values = &mut values[..layer.units];
        sums(l, layer, w, blocks, inputs, values, &mut room.columns);
        let slopes = &mut room.deltas[units..units + layer.units];
        if k < last {
            activate((l, many), net.hidden, blocks, values, slopes);
        }
        before += layer.inputs;
        units += layer.units;
    }
}

/// Computes the weighted sums of the units of one layer.
#[inline(always)]
fn sums<L: Lanes>(
    l: L,
    layer: &Layer,
    w: &[f64],
    blocks: usize,
    inputs: &[ChunkRow],
    sums: &mut [ChunkRow],
    columns: &mut Vec<[f64; TILE]>,
) {
    let (weights, biases) = layer.weights(w);
    let (tiles, left) = sums.as_chunks_mut::<TILE>();
    let mut j = 0;
    for sums in tiles {
        columns.clear();
        let rows = weights.chunks_exact(layer.units);
        columns.extend(rows.map(|row| std::array::from_fn(|t| row[j + t])));
        let biases = std::array::from_fn(|t| biases[j + t]);
        tile_sums(l, blocks, inputs, columns, biases, sums);
        j += TILE;
    }
    for sums in left {
        unit_sums(l, (layer, w, j), blocks, inputs, sums);
        j += 1;
    }
}

/// Computes the weighted sums of a tile of units with these `columns` of the weights.
#[inline(always)]
fn tile_sums<L: Lanes>(
    l: L,
    blocks: usize,
    inputs: &[ChunkRow],
    columns: &[[f64; TILE]],
    biases: [f64; TILE],
    sums: &mut [ChunkRow; TILE],
) {
    for b in 0..blocks {
        // As an array, the sums would be in memory on the page, whose compiler does not unroll loops.
        let (mut z0, mut z1) = (l.splat(biases[0]), l.splat(biases[1]));
        let (mut z2, mut z3) = (l.splat(biases[2]), l.splat(biases[3]));
        for (x, [w0, w1, w2, w3]) in inputs.iter().zip(columns) {
            let x = l.load(&x[b]);
            z0 = z0 + x * l.splat(*w0);
            z1 = z1 + x * l.splat(*w1);
            z2 = z2 + x * l.splat(*w2);
            z3 = z3 + x * l.splat(*w3);
        }
        l.store(z0, &mut sums[0][b]);
        l.store(z1, &mut sums[1][b]);
        l.store(z2, &mut sums[2][b]);
        l.store(z3, &mut sums[3][b]);
    }
}

/// Computes the weighted sum of unit `j`.
#[inline(always)]
fn unit_sums<L: Lanes>(
    l: L,
    (layer, w, j): (&Layer, &[f64], usize),
    blocks: usize,
    inputs: &[ChunkRow],
    sums: &mut ChunkRow,
) {
    let (weights, biases) = layer.weights(w);
    for b in 0..blocks {
        let mut z = l.splat(biases[j]);
        for (x, row) in inputs.iter().zip(weights.chunks_exact(layer.units)) {
            z = z + l.load(&x[b]) * l.splat(row[j]);
        }
        l.store(z, &mut sums[b]);
    }
}

/// Replaces weighted sums by activations, and writes their slopes: as many as fit into `many` at a time, and the rest in blocks.
#[inline(always)]
fn activate<L: Lanes, M: Lanes>(
    (l, many): (L, M),
    activation: Activation,
    blocks: usize,
    values: &mut [ChunkRow],
    slopes: &mut [ChunkRow],
) {
    let first = 8 * blocks / M::COUNT * M::COUNT;
    for (values, slopes) in values.iter_mut().zip(slopes) {
        let (values, slopes) = (values.as_flattened_mut(), slopes.as_flattened_mut());
        let (values, left) = values[..8 * blocks].split_at_mut(first);
        let (slopes, left_slopes) = slopes[..8 * blocks].split_at_mut(first);
        activate_all(many, activation, values, slopes);
        if 8 % M::COUNT != 0 {
            activate_all(l, activation, left, left_slopes);
        }
    }
}

/// Does the same for whole vectors of lanes.
#[inline(always)]
fn activate_all<L: Lanes>(l: L, activation: Activation, values: &mut [f64], slopes: &mut [f64]) {
    let vectors = values.chunks_exact_mut(L::COUNT);
    for (value, slope) in vectors.zip(slopes.chunks_exact_mut(L::COUNT)) {
        let z = l.load(value);
        let p = activation.value(l, z);
        l.store(p, value);
        l.store(activation.slope(l, z, p), slope);
    }
}
