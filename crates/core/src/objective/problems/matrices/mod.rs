//! Problems whose weights are matrices, without data sets. They are small enough to show every weight.

mod associative_memory;
mod deep_linear;
mod matrix_regression;
mod orthogonal;
mod shape;

pub use associative_memory::{AssociativeMemory, Embedding};
pub use deep_linear::DeepLinear;
pub use matrix_regression::MatrixRegression;
pub use shape::MatrixShape;

use crate::numeric::{
    matrix::{multiply, transpose},
    random::Random,
};

/// Returns A B for `a` (m, k) and `b` (k, n), row-major.
fn product(a: &[f64], b: &[f64], [k, n]: [usize; 2]) -> Vec<f64> {
    let m = a.len() / k;
    let mut out = vec![0.0; m * n];
    multiply(a, b, &mut out, [m, k, n]);
    out
}

/// Returns the transpose of a matrix of this shape, row-major.
fn transposed(a: &[f64], shape: [usize; 2]) -> Vec<f64> {
    let mut out = vec![0.0; a.len()];
    transpose(a, &mut out, shape);
    out
}

/// Returns the names of the weights of a matrix, row by row, such as `W[1,2]`.
fn weight_names(matrix: &str, [rows, columns]: [usize; 2]) -> impl Iterator<Item = String> {
    (1..=rows).flat_map(move |i| (1..=columns).map(move |j| format!("{matrix}[{i},{j}]")))
}

/// Returns a loss with three significant digits, or the loss itself if these digits are smaller.
fn rounded(loss: f64) -> f64 {
    let digits = format!("{loss:.2e}").parse().unwrap_or(loss);
    loss.max(digits)
}

/// Returns initial weights of a matrix: uniform between -r and r, where r = sqrt(6 / (rows + columns)).
///
/// Source: glorot2010understanding, equation 16.
fn first_weights(random: &mut Random, [rows, columns]: [usize; 2]) -> Vec<f64> {
    let most = (6.0 / (rows + columns) as f64).sqrt();
    uniform(random, rows * columns, most)
}

/// Returns numbers that are uniform between `-most` and `most`.
fn uniform(random: &mut Random, count: usize, most: f64) -> Vec<f64> {
    (0..count).map(|_| random.between([-most, most])).collect()
}
