//! Blocks: the matrices and biases that the weights of an objective consist of.

use crate::error::Text;
use std::ops::Range;

/// A range of weights that belong together: the matrix or the bias of a layer, or a scalar.
///
/// The weights remain one slice; element-wise update rules do not use the blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Name, such as `layer 1`.
    pub name: Text,
    /// Kind.
    pub kind: BlockKind,
    /// (rows, columns) of the row-major weights. A bias has one row; a scalar is 1 x 1.
    pub shape: [usize; 2],
    /// Positions of its weights among all weights.
    pub range: Range<usize>,
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The matrix by which a layer multiplies its inputs.
    Matrix,
    /// The bias that a layer adds, one number per unit.
    Bias,
    /// A number outside of matrices and biases.
    Scalar,
}

/// Returns the blocks that are matrices.
pub(crate) fn matrices(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Matrix)
}

/// Returns the (rows, columns) of all blocks of `dim` weights. Without blocks, each weight is a scalar.
pub fn shapes(blocks: &[Block], dim: usize) -> impl Iterator<Item = [usize; 2]> {
    let loose = if blocks.is_empty() { dim } else { 0 };
    let declared = blocks.iter().map(|block| block.shape);
    declared.chain(std::iter::repeat_n([1, 1], loose))
}

impl Block {
    /// Creates the block of a (rows, columns) matrix whose weights begin at `first`.
    pub(crate) fn matrix(name: impl Into<Text>, first: usize, [rows, columns]: [usize; 2]) -> Self {
        Self {
            name: name.into(),
            kind: BlockKind::Matrix,
            shape: [rows, columns],
            range: first..first + rows * columns,
        }
    }

    /// Creates the block of a bias of `units` units whose weights begin at `first`.
    pub(crate) fn bias(name: impl Into<Text>, first: usize, units: usize) -> Self {
        Self {
            name: name.into(),
            kind: BlockKind::Bias,
            shape: [1, units],
            range: first..first + units,
        }
    }

    /// Creates the block of the scalar weight at `place`.
    pub(crate) const fn scalar(name: &'static str, place: usize) -> Self {
        Self {
            name: Text::Borrowed(name),
            kind: BlockKind::Scalar,
            shape: [1, 1],
            range: place..place + 1,
        }
    }
}

/// Weights that a layer-wise rule treats together: a matrix, a bias, or all neighboring scalars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Kind of its blocks.
    pub kind: BlockKind,
    /// (rows, columns) of its row-major weights. A bias and neighboring scalars have one row.
    pub shape: [usize; 2],
    /// Positions of its weights among all weights.
    pub range: Range<usize>,
}

impl Layer {
    /// Returns whether it has at least two rows and two columns.
    pub fn is_matrix(&self) -> bool {
        self.shape.iter().all(|side| *side >= 2)
    }
}

/// Returns the layers of `dim` weights, in order. Neighboring scalars are one layer, a vector. Without blocks, all weights
/// are one vector.
pub fn layers(blocks: &[Block], dim: usize) -> Vec<Layer> {
    let mut layers: Vec<Layer> = Vec::new();
    for Block {
        kind, shape, range, ..
    } in blocks
    {
        match layers.last_mut() {
            Some(last) if last.kind == BlockKind::Scalar && *kind == BlockKind::Scalar => {
                last.shape[1] += 1;
                last.range.end = range.end;
            }
            _ => layers.push(Layer {
                kind: *kind,
                shape: *shape,
                range: range.clone(),
            }),
        }
    }
    if blocks.is_empty() {
        layers.push(Layer {
            kind: BlockKind::Scalar,
            shape: [1, dim],
            range: 0..dim,
        });
    }
    layers
}
