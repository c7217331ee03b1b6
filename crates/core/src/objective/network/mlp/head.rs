//! Losses of the sums of the last layer, and their derivatives, with which the backward pass begins.

use super::{
    Head, Mlp,
    batch::{ChunkRow, Lane},
    pass::PassScratch,
};
use crate::{
    numeric::float::{Lanes, exp_lanes, ln},
    objective::network::{Network as _, loss::Output},
};

/// Returns the sum of the losses per lane, and writes the derivatives with respect to the sums of the last layer.
#[inline(always)]
pub(super) fn losses<L: Lanes>(
    l: L,
    net: &Mlp,
    targets: &[ChunkRow],
    blocks: usize,
    left: usize,
    room: &mut PassScratch,
) -> L::F {
    let (values, deltas) = (room.values.len(), room.deltas.len());
    let outputs = net.outputs();
    let sums = &room.values[values - outputs..];
    let deltas = &mut room.deltas[deltas - outputs..];
    let mut sum = l.splat(0.0);
    for b in 0..blocks {
        let loss = match net.head {
            Head::Units(output) => units(l, output, targets, b, sums, deltas),
            Head::Softmax => softmax(l, targets, b, sums, deltas),
        };
        let count = left - 8 * b;
        if count >= 8 {
            sum = sum + loss;
        } else {
            // The copies of the last sample that pad the block are ignored.
            let zero = l.splat(0.0);
            let number: Lane = std::array::from_fn(|i| i as f64);
            let (number, count) = (l.load(&number), l.splat(count as f64));
            sum = sum + l.select_less(number, count, loss, zero);
            for delta in deltas.iter_mut() {
                let kept = l.select_less(number, count, l.load(&delta[b]), zero);
                l.store(kept, &mut delta[b]);
            }
        }
    }
    sum
}

/// Computes the losses of the block `b` for independent outputs.
#[inline(always)]
fn units<L: Lanes>(
    l: L,
    output: Output,
    targets: &[ChunkRow],
    b: usize,
    sums: &[ChunkRow],
    deltas: &mut [ChunkRow],
) -> L::F {
    let mut sum = l.splat(0.0);
    for (i, y) in targets.iter().enumerate() {
        let (z, y) = (l.load(&sums[i][b]), l.load(&y[b]));
        let (loss, delta) = output.loss_and_delta(l, z, y);
        l.store(delta, &mut deltas[i][b]);
        sum = sum + loss;
    }
    sum
}

/// Computes the categorical cross-entropies of the block `b`: ln(sum(exp(z))) - z of the true class. The largest z is
/// subtracted first, which avoids overflow.
#[inline(always)]
fn softmax<L: Lanes>(
    l: L,
    targets: &[ChunkRow],
    b: usize,
    sums: &[ChunkRow],
    deltas: &mut [ChunkRow],
) -> L::F {
    let mut most = l.splat(f64::NEG_INFINITY);
    for z in sums {
        let z = l.load(&z[b]);
        most = l.select_less(most, z, z, most);
    }
    let (mut whole, mut own) = (l.splat(0.0), l.splat(0.0));
    for (i, y) in targets.iter().enumerate() {
        let from_most = l.load(&sums[i][b]) - most;
        let power = exp_lanes(l, from_most);
        l.store(power, &mut deltas[i][b]);
        whole = whole + power;
        own = l.select_less(l.splat(0.5), l.load(&y[b]), from_most, own);
    }
    for (delta, y) in deltas.iter_mut().zip(targets) {
        let probability = l.load(&delta[b]) / whole;
        l.store(probability - l.load(&y[b]), &mut delta[b]);
    }
    l.map(whole, ln) - own
}

impl Head {
    /// Returns the constant factor that the deltas of [`losses`] omit.
    pub(super) fn factor(self) -> f64 {
        match self {
            Self::Units(output) => output.loss.factor(),
            Self::Softmax => 1.0,
        }
    }
}
