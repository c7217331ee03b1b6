//! Blocks: the matrices and biases that the weights of an objective consist of.

use crate::error::Text;
use std::ops::Range;

/// A range of the weights that belong together: the matrix or the bias of a layer, or one number by itself.
///
/// Weights stay one slice; element-wise rules never look at its blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its name, such as `layer 1`.
    pub name: Text,
    /// What it is.
    pub kind: BlockKind,
    /// (rows, columns), as the weights are stored, row-major. A bias is one row, a scalar 1 x 1.
    pub shape: [usize; 2],
    /// Where its weights lie among all weights.
    pub range: Range<usize>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// What a layer multiplies its inputs with.
    Matrix,
    /// What a layer adds, one number per unit.
    Bias,
    /// A number that belongs to no matrix and no bias.
    Scalar,
}

impl Block {
    /// The matrix of (rows, columns) whose weights begin at `first`.
    pub(crate) fn matrix(name: impl Into<Text>, first: usize, [rows, columns]: [usize; 2]) -> Self {
        Self {
            name: name.into(),
            kind: BlockKind::Matrix,
            shape: [rows, columns],
            range: first..first + rows * columns,
        }
    }

    /// The bias of `units` units whose weights begin at `first`.
    pub(crate) fn bias(name: impl Into<Text>, first: usize, units: usize) -> Self {
        Self {
            name: name.into(),
            kind: BlockKind::Bias,
            shape: [1, units],
            range: first..first + units,
        }
    }

    /// The weight at `place`, by itself.
    pub(crate) const fn scalar(name: &'static str, place: usize) -> Self {
        Self {
            name: Text::Borrowed(name),
            kind: BlockKind::Scalar,
            shape: [1, 1],
            range: place..place + 1,
        }
    }
}
