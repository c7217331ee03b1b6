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
    let (weights, biases) = gradient.split_at_mut(layer.inputs * layer.units);
    let (tiles, left) = deltas.as_chunks::<TILE>();
    for (x, gradient) in inputs.iter().zip(weights.chunks_exact_mut(layer.units)) {
        let x = &x[..blocks];
        let (tiles_of_gradient, gradient) = gradient.as_chunks_mut::<TILE>();
        for (deltas, gradient) in tiles.iter().zip(tiles_of_gradient) {
            add_tile(l, x, deltas, gradient);
        }
        for (delta, gradient) in left.iter().zip(gradient) {
            let mut sum = l.load(gradient);
            for (x, delta) in x.iter().zip(delta) {
                sum = sum + l.load(x) * l.load(delta);
            }
            l.store(sum, gradient);
        }
    }
    for (bias, deltas) in biases.iter_mut().zip(deltas) {
        let mut sum = l.load(bias);
        for delta in &deltas[..blocks] {
            sum = sum + l.load(delta);
        }
        l.store(sum, bias);
    }
}

/// Adds the products of an input with the deltas of a tile of units. As an array, the sums would be in memory on the page, whose
/// compiler does not unroll loops.
#[inline(always)]
fn add_tile<L: Lanes>(l: L, x: &[Lane], deltas: &[ChunkRow; TILE], gradient: &mut [Lane; TILE]) {
    let [g0, g1, g2, g3] = gradient;
    let (mut s0, mut s1) = (l.load(g0), l.load(g1));
    let (mut s2, mut s3) = (l.load(g2), l.load(g3));
    for (b, x) in x.iter().enumerate() {
        let x = l.load(x);
        s0 = s0 + x * l.load(&deltas[0][b]);
        s1 = s1 + x * l.load(&deltas[1][b]);
        s2 = s2 + x * l.load(&deltas[2][b]);
        s3 = s3 + x * l.load(&deltas[3][b]);
    }
    l.store(s0, g0);
    l.store(s1, g1);
    l.store(s2, g2);
    l.store(s3, g3);
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
    let (tiles, left) = slopes.as_chunks_mut::<TILE>();
    let (rows, rows_left) = weights.split_at(tiles.len() * TILE * layer.units);
    for (slopes, rows) in tiles.iter_mut().zip(rows.chunks_exact(TILE * layer.units)) {
        pull_back_to_tile(l, blocks, rows, deltas, slopes);
    }
    for (slopes, row) in left.iter_mut().zip(rows_left.chunks_exact(layer.units)) {
        for b in 0..blocks {
            let mut sum = l.splat(0.0);
            for (delta, w) in deltas.iter().zip(row) {
                sum = sum + l.load(&delta[b]) * l.splat(*w);
            }
            scale(l, &mut slopes[b], sum);
        }
    }
}

/// Does the same for a tile of inputs with these `rows` of the weights. Its sums are separate variables, as in [`add_tile`].
#[inline(always)]
fn pull_back_to_tile<L: Lanes>(
    l: L,
    blocks: usize,
    rows: &[f64],
    deltas: &[ChunkRow],
    slopes: &mut [ChunkRow; TILE],
) {
    let units = deltas.len();
    let (row0, rows) = rows.split_at(units);
    let (row1, rows) = rows.split_at(units);
    let (row2, row3) = rows.split_at(units);
    let row3 = &row3[..units];
    for b in 0..blocks {
        let (mut s0, mut s1) = (l.splat(0.0), l.splat(0.0));
        let (mut s2, mut s3) = (l.splat(0.0), l.splat(0.0));
        for (j, delta) in deltas.iter().enumerate() {
            let delta = l.load(&delta[b]);
            s0 = s0 + delta * l.splat(row0[j]);
            s1 = s1 + delta * l.splat(row1[j]);
            s2 = s2 + delta * l.splat(row2[j]);
            s3 = s3 + delta * l.splat(row3[j]);
        }
        scale(l, &mut slopes[0][b], s0);
        scale(l, &mut slopes[1][b], s1);
        scale(l, &mut slopes[2][b], s2);
        scale(l, &mut slopes[3][b], s3);
    }
}

/// Multiplies a slope by a sum.
#[inline(always)]
fn scale<L: Lanes>(l: L, slope: &mut Lane, sum: L::F) {
    let product = sum * l.load(slope);
    l.store(product, slope);
}
