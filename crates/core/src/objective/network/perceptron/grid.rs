//! The loss of a network with two weights on a grid: there the exponential function separates.
//!
//! exp(-(a x + b y)) = exp(-a x) exp(-b y), so a grid needs as many of them as it has columns and rows, not points.

use super::{Bias, Perceptron, SQUARED_SIGMOID};
use crate::numeric::float::{Lanes, Scalar, SimdLanes, UnrolledLanes, exp};
use fearless_simd::{Level, dispatch};

/// Beyond this a factor could vanish or overflow, and zero times infinity is no number.
const FARTHEST: f64 = 700.0;

/// Writes the losses at all `xs` and `ys`, (ys, xs) row-major; false if the network has another shape, or the grid
/// reaches too far.
pub(super) fn fill(network: &Perceptron, xs: &[f64], ys: &[f64], losses: &mut [f64]) -> bool {
    let data = &network.data;
    if network.output != SQUARED_SIGMOID || network.bias != Bias::None || data.dim() != 2 {
        return false;
    }
    let most = |v: &[f64]| v.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    let reach = [most(xs), most(ys)];
    let near = |(x, _): (&[f64], f64)| {
        x.iter()
            .zip(reach)
            .all(|(x, reach)| (x * reach).abs() <= FARTHEST)
    };
    if !data.rows().all(near) {
        return false;
    }
    // (samples, columns): the factors of the first weight.
    let across: Vec<f64> = data
        .rows()
        .flat_map(|(x, _)| xs.iter().map(move |w| exp(-(x[0] * w))))
        .collect();
    let mut rows = losses.chunks_exact_mut(xs.len());
    let level = Level::new();
    for (row, w) in rows.by_ref().zip(ys) {
        let samples: Vec<[f64; 2]> = data.rows().map(|(x, y)| [exp(-(x[1] * w)), y]).collect();
        dispatch!(level, simd => fill_row(SimdLanes(simd), &across, &samples, row));
    }
    true
}

/// Writes one row; `samples` holds each sample's factor of the second weight and its target.
#[inline(always)]
fn fill_row<L: Lanes>(l: L, across: &[f64], samples: &[[f64; 2]], row: &mut [f64]) {
    // Where bytes count, one register at a time must do.
    let i = if cfg!(target_arch = "wasm32") {
        0
    } else {
        fill_columns(UnrolledLanes::<L, 4>(l), across, samples, row, 0)
    };
    let i = fill_columns(l, across, samples, row, i);
    fill_columns(Scalar, across, samples, row, i);
}

/// Writes a row from column `start` on, a block of lanes at a time; returns the first column that is left.
#[inline(always)]
fn fill_columns<L: Lanes>(
    l: L,
    across: &[f64],
    samples: &[[f64; 2]],
    row: &mut [f64],
    start: usize,
) -> usize {
    let columns = row.len();
    let one = l.splat(1.0);
    let mut i = start;
    while i + L::COUNT <= columns {
        let mut sum = l.splat(0.0);
        for ([down, y], across) in samples.iter().zip(across.chunks_exact(columns)) {
            let power = l.load(&across[i..][..L::COUNT]) * l.splat(*down);
            let error = one / (one + power) - l.splat(*y);
            sum = sum + error * error;
        }
        l.store(
            sum / l.splat(samples.len() as f64),
            &mut row[i..][..L::COUNT],
        );
        i += L::COUNT;
    }
    i
}
