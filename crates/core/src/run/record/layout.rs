//! The weights of a problem, for the columns, arrays, and orders of a recorded run.

use crate::{
    catalog::choice,
    objective::blocks::{Block, BlockKind},
};

/// The weights of the problem that a recorded run belongs to.
#[derive(Clone, Copy, Debug, Default)]
pub struct WeightLayout<'a> {
    /// Names of the weights (dim); empty if the problem is unknown.
    pub names: &'a [String],
    /// The matrices and biases that the weights consist of.
    pub blocks: &'a [Block],
}

/// The order of the weights within the matrix of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightOrder {
    /// One row per input: that of this program.
    Thalweg,
    /// One row per output: that of `PyTorch`.
    Torch,
}

choice!(WeightOrder { "thalweg": Thalweg, "torch": Torch });

impl WeightOrder {
    /// Returns the other order.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Thalweg => Self::Torch,
            Self::Torch => Self::Thalweg,
        }
    }

    /// Changes weights (dim) in this order into the order of the program.
    pub(super) fn arrange(self, w: &mut [f64], blocks: &[Block]) {
        for block in blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Matrix)
        {
            let [inputs, units] = block.shape;
            if self == Self::Torch {
                transpose(&mut w[block.range.clone()], [units, inputs]);
            }
        }
    }

    /// Changes weights (dim) in the order of the program into this order.
    pub(super) fn restore(self, w: &mut [f64], blocks: &[Block]) {
        for block in blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Matrix)
        {
            if self == Self::Torch {
                transpose(&mut w[block.range.clone()], block.shape);
            }
        }
    }
}

/// Transposes a row-major (rows, columns) matrix.
pub(super) fn transpose(matrix: &mut [f64], [rows, columns]: [usize; 2]) {
    let before = matrix.to_vec();
    for (i, row) in before.chunks_exact(columns).enumerate() {
        for (j, v) in row.iter().enumerate() {
            matrix[j * rows + i] = *v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn torch_has_one_row_per_output() {
        let blocks = [
            Block::matrix("layer 1", 0, [2, 3]),
            Block::bias("layer 1: bias", 6, 3),
        ];
        // Output 1 has the inputs 1 and 2, and so on.
        let torch = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        let mut w = torch;
        WeightOrder::Torch.arrange(&mut w, &blocks);
        assert_eq!(w, [1.0, 3.0, 5.0, 2.0, 4.0, 6.0, 7.0, 8.0, 9.0]);
        WeightOrder::Torch.restore(&mut w, &blocks);
        assert_eq!(w, torch);
        WeightOrder::Thalweg.arrange(&mut w, &blocks);
        assert_eq!(w, torch);
    }
}
