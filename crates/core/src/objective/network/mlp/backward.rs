//! The backward pass: the gradient, eight samples per block.

use super::{
    Layer, Mlp,
    batch::{ChunkRow, Lane},
    pass::{PassScratch, TILE},
};
use crate::numeric::float::Lanes;

/// Adds the gradient of a chunk to the gradient, from the last layer to the first.
#[inline(always)]
pub(super) fn backward<L: Lanes>(
    l: L,
    net: &Mlp,
    w: &[f64],
    blocks: usize,
    room: &mut PassScratch,
) {
    let mut units = room.deltas.len();
    let mut values = room.values.len();
    for (k, layer) in net.layers.iter().enumerate().rev() {
        units -= layer.units;
        values -= layer.units;
        let inputs = &room.values[values - layer.inputs..values];
        let (earlier, deltas) = room.deltas.split_at_mut(units);
        let deltas = &deltas[..layer.units];
        let gradient = &mut room.gradient[layer.first..layer.end()];
        add_products(l, layer, blocks, inputs, deltas, gradient);
        if k > 0 {
            let slopes = &mut earlier[units - layer.inputs..];
            pull_back(l, layer, w, blocks, deltas, slopes);
        }
    }
}

/// Adds the gradient of one layer: inputs times deltas for the weights, and deltas for the biases.
#[inline(always)]
fn add_products<L: Lanes>(
    l: L,
    layer: &Layer,
    blocks: usize,
    inputs: &[ChunkRow],
    deltas: &[ChunkRow],
    gradient: &mut [Lane],
) {
    let (tiles, left) = deltas.as_chunks::<TILE>();
    let mut j = 0;
    for deltas in tiles {
        add_products_of(l, layer, blocks, inputs, deltas, &mut gradient[j..]);
        j += TILE;
    }
    for delta in left {
        let deltas = std::array::from_ref(delta);
        add_products_of(l, layer, blocks, inputs, deltas, &mut gradient[j..]);
        j += 1;
    }
}

/// Does the same for `T` units. The gradient begins at the first of them.
#[inline(always)]
fn add_products_of<L: Lanes, const T: usize>(
    l: L,
    layer: &Layer,
    blocks: usize,
    inputs: &[ChunkRow],
    deltas: &[ChunkRow; T],
    gradient: &mut [Lane],
) {
    let mut first = 0;
    for x in inputs {
        let gradient = &mut gradient[first..first + T];
        let mut sums = [l.splat(0.0); T];
        for t in 0..T {
            sums[t] = l.load(&gradient[t]);
        }
        for b in 0..blocks {
            let x = l.load(&x[b]);
            for t in 0..T {
                sums[t] = sums[t] + x * l.load(&deltas[t][b]);
            }
        }
        for t in 0..T {
            l.store(sums[t], &mut gradient[t]);
        }
        first += layer.units;
    }
    // The rest is the row of the biases.
    let biases = &mut gradient[first..first + T];
    for (bias, deltas) in biases.iter_mut().zip(deltas) {
        let mut sum = l.load(bias);
        for delta in &deltas[..blocks] {
            sum = sum + l.load(delta);
        }
        l.store(sum, bias);
    }
}

/// Computes the deltas of the previous layer: multiplies its slopes by the weighted sums of the deltas of this layer.
#[inline(always)]
fn pull_back<L: Lanes>(
    l: L,
    layer: &Layer,
    w: &[f64],
    blocks: usize,
    deltas: &[ChunkRow],
    slopes: &mut [ChunkRow],
) {
    let (weights, _) = layer.weights(w);
    let row = |i: usize| &weights[i * layer.units..][..layer.units];
    let (tiles, left) = slopes.as_chunks_mut::<TILE>();
    let mut i = 0;
    for slopes in tiles {
        let rows = std::array::from_fn(|t| row(i + t));
        pull_back_to::<L, TILE>(l, blocks, rows, deltas, slopes);
        i += TILE;
    }
    for slopes in left {
        pull_back_to(l, blocks, [row(i)], deltas, std::array::from_mut(slopes));
        i += 1;
    }
}

/// Does the same for `T` inputs with these `rows` of the weights.
#[inline(always)]
fn pull_back_to<L: Lanes, const T: usize>(
    l: L,
    blocks: usize,
    rows: [&[f64]; T],
    deltas: &[ChunkRow],
    slopes: &mut [ChunkRow; T],
) {
    let rows = rows.map(|row| &row[..deltas.len()]);
    for b in 0..blocks {
        let mut sums = [l.splat(0.0); T];
        for (j, delta) in deltas.iter().enumerate() {
            let delta = l.load(&delta[b]);
            for t in 0..T {
                sums[t] = sums[t] + delta * l.splat(rows[t][j]);
            }
        }
        for t in 0..T {
            let slope = &mut slopes[t][b];
            let product = sums[t] * l.load(slope);
            l.store(product, slope);
        }
    }
}
