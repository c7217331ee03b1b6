//! What the matrix rules share: the blocks that they treat, and their square factors.

use crate::{
    numeric::{
        linalg::shift_diagonal,
        matrix::{multiply, multiply_symmetric, transpose},
    },
    objective::blocks::{Block, BlockKind},
    run::optimizer::StateShape,
};
use std::ops::Range;

/// Checks that a state holds a single run: matrix rules combine the weights of a run, so they cannot batch runs.
pub(super) fn check_single_run(size: StateShape) {
    assert_eq!(size.runs, 1, "matrix rules cannot batch runs");
}

/// Returns the ranges of the weights outside of matrices. Without blocks, these are all `dim` weights.
pub(super) fn others(blocks: &[Block], dim: usize) -> impl Iterator<Item = Range<usize>> {
    let loose = blocks.is_empty().then_some(0..dim);
    let others = blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Matrix);
    loose
        .into_iter()
        .chain(others.map(|block| block.range.clone()))
}

/// A block of the weights, and the places of its square factors among those of all blocks.
#[derive(Clone, Debug)]
pub(in crate::optimizers) struct FactoredBlock {
    /// (rows, columns).
    pub(in crate::optimizers) shape: [usize; 2],
    /// Whether it is a matrix.
    pub(super) is_matrix: bool,
    /// Positions of its weights.
    pub(in crate::optimizers) range: Range<usize>,
    /// Positions of its (rows, rows) factor.
    pub(super) left: Range<usize>,
    /// Positions of its (columns, columns) factor.
    pub(super) right: Range<usize>,
}

/// Returns the blocks of `dim` weights in their order. Without blocks, each weight is a scalar.
pub(in crate::optimizers) fn blocks_of(
    blocks: &[Block],
    dim: usize,
) -> impl Iterator<Item = FactoredBlock> {
    let loose = if blocks.is_empty() { dim } else { 0 };
    let declared = blocks
        .iter()
        .map(|block| (block.shape, block.kind == BlockKind::Matrix));
    let all = declared.chain(std::iter::repeat_n(([1, 1], false), loose));
    let (mut first, mut left, mut right) = (0, 0, 0);
    all.map(move |(shape, is_matrix)| {
        let [rows, columns] = shape;
        let block = FactoredBlock {
            shape,
            is_matrix,
            range: first..first + rows * columns,
            left: left..left + rows * rows,
            right: right..right + columns * columns,
        };
        (first, left, right) = (block.range.end, block.left.end, block.right.end);
        block
    })
}

/// Returns the number of elements of all left factors, and of all right factors.
pub(super) fn factor_sizes(blocks: &[Block], dim: usize) -> [usize; 2] {
    let last = blocks_of(blocks, dim).last();
    last.map_or([0, 0], |block| [block.left.end, block.right.end])
}

/// Returns the identity (n, n).
pub(super) fn identity(n: usize) -> Vec<f64> {
    let mut out = vec![0.0; n * n];
    shift_diagonal(&mut out, n, 1.0);
    out
}

/// Returns the product A B of `a` (m, k) and `b` (k, n).
pub(super) fn product(a: &[f64], b: &[f64], [m, k, n]: [usize; 3]) -> Vec<f64> {
    let mut out = vec![0.0; m * n];
    multiply(a, b, &mut out, [m, k, n]);
    out
}

/// Returns the transpose of `a` (rows, columns).
pub(super) fn transposed(a: &[f64], shape: [usize; 2]) -> Vec<f64> {
    let mut out = vec![0.0; a.len()];
    transpose(a, &mut out, shape);
    out
}

/// Returns A A^T and A^T A of `a` (m, n).
pub(super) fn gram_matrices(a: &[f64], [m, n]: [usize; 2]) -> [Vec<f64>; 2] {
    let turned = transposed(a, [m, n]);
    let (mut left, mut right) = (vec![0.0; m * m], vec![0.0; n * n]);
    multiply_symmetric(a, &turned, &mut left, [m, n]);
    multiply_symmetric(&turned, a, &mut right, [n, m]);
    [left, right]
}

/// Returns A G B of `g` (m, n), `a` (m, m), and `b` (n, n).
pub(super) fn sandwich(a: &[f64], g: &[f64], b: &[f64], [m, n]: [usize; 2]) -> Vec<f64> {
    product(&product(a, g, [m, m, n]), b, [m, n, n])
}
