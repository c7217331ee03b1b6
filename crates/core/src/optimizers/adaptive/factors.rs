//! Mean squares of a matrix, factorized into one number per row and one per column.
//!
//! Both numbers are stored once per weight, so that they are channels like all others: all weights of a row have the same
//! number of the row.

use crate::optimizers::prelude::*;

/// Updates the moving averages of the means of `square` in each row and in each column.
///
/// The averages are (rows, columns), row-major, and so is the index of `square`. The old average is multiplied by the first
/// of the `factors`, and the new mean by the second one.
pub(super) fn update_factors(
    [row_means, column_means]: [&mut [f64]; 2],
    [rows, columns]: [usize; 2],
    [keep, add]: [f64; 2],
    square: impl Fn(usize) -> f64,
) {
    for (i, row) in row_means.chunks_exact_mut(columns).enumerate() {
        let sum: f64 = (0..columns).map(|j| square(i * columns + j)).sum();
        row.fill(keep * row[0] + add * (sum / columns as f64));
    }
    for j in 0..columns {
        let sum: f64 = (0..rows).map(|i| square(i * columns + j)).sum();
        let mean = keep * column_means[j] + add * (sum / rows as f64);
        for column in column_means[j..].iter_mut().step_by(columns) {
            *column = mean;
        }
    }
}

/// Writes the mean squares that follow from the averages of rows and columns into `out`: their product, divided by the mean
/// over the rows, or by `floor` if that is larger.
pub(super) fn estimate(
    [row_means, column_means]: [&[f64]; 2],
    [rows, columns]: [usize; 2],
    floor: f64,
    out: &mut [f64],
) {
    let sum: f64 = row_means.iter().step_by(columns).sum();
    let mean = (sum / rows as f64).max(floor);
    for ((out, row), column) in out.iter_mut().zip(row_means).zip(column_means) {
        *out = row * column / mean;
    }
}

/// Returns the root mean square of `x`.
pub(super) fn rms(x: &[f64]) -> f64 {
    (dot(x, x) / x.len() as f64).sqrt()
}
