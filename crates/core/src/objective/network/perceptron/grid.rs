//! The loss of a network with two weights on a grid, where the exponential function is separable.
//!
//! exp(-(a x + b y)) = exp(-a x) exp(-b y), so one exponential per column and row is enough, instead of one per point.

use super::{Bias, Perceptron, SQUARED_SIGMOID};
use crate::numeric::float::{Lanes, Scalar, SimdLanes, UnrolledLanes, exp};
use fearless_simd::{Level, dispatch};

/// Limit of exponents. Below it, the product of [`GROUP`] denominators is finite.
const MAX_EXPONENT: f64 = 230.0;

/// Number of samples that share one division, which takes as long as many products.
const GROUP: usize = 3;

/// A sample of a row: the factor of the second weight, and the target.
type RowSample = [f64; 2];

/// Completes the last group. Its power is 0 and its error is 0.
const NO_SAMPLE: RowSample = [0.0, 1.0];

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
        let exponents = x.iter().zip(reach).map(|(x, reach)| (x * reach).abs());
        exponents.sum::<f64>() <= MAX_EXPONENT
    };
    if !data.rows().all(near) {
        return false;
    }
    // (samples, columns): the factors of the first weight.
    let mut across: Vec<f64> = data
        .rows()
        .flat_map(|(x, _)| xs.iter().map(move |w| exp(-(x[0] * w))))
        .collect();
    let padded = data.samples().next_multiple_of(GROUP);
    across.resize(padded * xs.len(), 0.0);
    let mut rows = losses.chunks_exact_mut(xs.len());
    let level = Level::new();
    for (row, w) in rows.by_ref().zip(ys) {
        let mut samples: Vec<RowSample> = data.rows().map(|(x, y)| [exp(-(x[1] * w)), y]).collect();
        samples.resize(padded, NO_SAMPLE);
        dispatch!(level, simd => fill_row(SimdLanes(simd), data.samples(), &across, &samples, row));
    }
    true
}

/// Writes one row. `count` is the number of `samples` before they were completed to whole groups.
#[inline(always)]
fn fill_row<L: Lanes>(l: L, count: usize, across: &[f64], samples: &[RowSample], row: &mut [f64]) {
    // The page only uses one register at a time, to reduce the size of the download.
    let i = if cfg!(target_arch = "wasm32") {
        0
    } else {
        fill_columns(UnrolledLanes::<L, 2>(l), count, across, samples, row, 0)
    };
    let i = fill_columns(l, count, across, samples, row, i);
    fill_columns(Scalar, count, across, samples, row, i);
}

/// Writes a row from column `start` on, one block of lanes at a time. Returns the first remaining column.
#[inline(always)]
fn fill_columns<L: Lanes>(
    l: L,
    count: usize,
    across: &[f64],
    samples: &[RowSample],
    row: &mut [f64],
    start: usize,
) -> usize {
    let columns = row.len();
    let (groups, _) = samples.as_chunks::<GROUP>();
    let mut i = start;
    while i + L::COUNT <= columns {
        let mut sum = l.splat(0.0);
        for (group, across) in groups.iter().zip(across.chunks_exact(GROUP * columns)) {
            let mut sums = [l.splat(1.0); GROUP];
            for k in 0..GROUP {
                let across = l.load(&across[k * columns + i..][..L::COUNT]);
                sums[k] = sums[k] + across * l.splat(group[k][0]);
            }
            let answers = inverses(l, sums);
            for k in 0..GROUP {
                let error = answers[k] - l.splat(group[k][1]);
                sum = sum + error * error;
            }
        }
        let mean = sum / l.splat(count as f64);
        l.store(mean, &mut row[i..][..L::COUNT]);
        i += L::COUNT;
    }
    i
}

/// Returns the inverses of three numbers with one division.
#[inline(always)]
fn inverses<L: Lanes>(l: L, [a, b, c]: [L::F; GROUP]) -> [L::F; GROUP] {
    let ab = a * b;
    let inverse = l.splat(1.0) / (ab * c);
    let inverse_of_ab = inverse * c;
    [inverse_of_ab * b, inverse_of_ab * a, inverse * ab]
}
