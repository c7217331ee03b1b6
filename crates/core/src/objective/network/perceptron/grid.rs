//! The loss of a network with two weights on a grid, where the exponential function is separable.
//!
//! exp(-(a x + b y)) = exp(-a x) exp(-b y), so one exponential per column and row is enough, instead of one per point.

use super::{Bias, Perceptron, SQUARED_SIGMOID};
use crate::numeric::float::{Lanes, Scalar, SimdLanes, UnrolledLanes, exp};
use fearless_simd::{Level, dispatch};

/// Limit of exponents. Beyond it, one factor could be 0 and the other infinite, and their product would be NaN.
const MAX_EXPONENT: f64 = 700.0;

/// Writes the losses at all `xs` and `ys`: (ys, xs), row-major. Returns false if the network has another form or the
/// exponents are too large.
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
            .all(|(x, reach)| (x * reach).abs() <= MAX_EXPONENT)
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

/// Writes one row. `samples` contains the factor of the second weight and the target of each sample.
#[inline(always)]
fn fill_row<L: Lanes>(l: L, across: &[f64], samples: &[[f64; 2]], row: &mut [f64]) {
    // The page only uses one register at a time, to reduce the size of the download.
    let i = if cfg!(target_arch = "wasm32") {
        0
    } else {
        fill_columns(UnrolledLanes::<L, 4>(l), across, samples, row, 0)
    };
    let i = fill_columns(l, across, samples, row, i);
    fill_columns(Scalar, across, samples, row, i);
}

/// Writes a row from column `start` on, one block of lanes at a time. Returns the first remaining column.
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
