//! The forward pass: weighted sums and activations, eight samples per block.

use super::{
    Layer, Mlp,
    batch::ChunkRow,
    pass::{PassScratch, TILE},
};
use crate::{numeric::float::Lanes, objective::network::activation::Activation};

/// Computes the activations and slopes of all layers except the last, and the weighted sums of the last layer.
#[inline(always)]
pub(super) fn forward<L: Lanes>(l: L, net: &Mlp, w: &[f64], blocks: usize, room: &mut PassScratch) {
    let (mut before, mut units) = (0, 0);
    let last = net.layers.len() - 1;
    for (k, layer) in net.layers.iter().enumerate() {
        let (inputs, values) = room.values[before..].split_at_mut(layer.inputs);
        let values = &mut values[..layer.units];
        sums(l, layer, w, blocks, inputs, values, &mut room.columns);
        let slopes = &mut room.deltas[units..units + layer.units];
        if k < last {
            activate(l, net.hidden, blocks, values, slopes);
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
        sums_of::<L, TILE>(l, blocks, inputs, columns, biases, sums);
        j += TILE;
    }
    for sums in left {
        columns.clear();
        let rows = weights.chunks_exact(layer.units);
        columns.extend(rows.map(|row| [row[j]; TILE]));
        let sums = std::array::from_mut(sums);
        sums_of::<L, 1>(l, blocks, inputs, columns, [biases[j]], sums);
        j += 1;
    }
}

/// Computes the weighted sums of `T` units with these `columns` of the weights.
#[inline(always)]
fn sums_of<L: Lanes, const T: usize>(
    l: L,
    blocks: usize,
    inputs: &[ChunkRow],
    columns: &[[f64; TILE]],
    biases: [f64; T],
    sums: &mut [ChunkRow; T],
) {
    for b in 0..blocks {
        let mut z = biases.map(|bias| l.splat(bias));
        for (x, column) in inputs.iter().zip(columns) {
            let x = l.load(&x[b]);
            for t in 0..T {
                z[t] = z[t] + x * l.splat(column[t]);
            }
        }
        for t in 0..T {
            l.store(z[t], &mut sums[t][b]);
        }
    }
}

/// Replaces weighted sums by activations, and writes their slopes.
#[inline(always)]
fn activate<L: Lanes>(
    l: L,
    activation: Activation,
    blocks: usize,
    values: &mut [ChunkRow],
    slopes: &mut [ChunkRow],
) {
    for (values, slopes) in values.iter_mut().zip(slopes) {
        for (value, slope) in values[..blocks].iter_mut().zip(slopes) {
            let z = l.load(value);
            let p = activation.value(l, z);
            l.store(p, value);
            l.store(activation.slope(l, z, p), slope);
        }
    }
}
