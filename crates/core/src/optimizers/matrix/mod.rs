//! Optimizers that treat the weights of a matrix together, not one by one.

use crate::objective::blocks::{Block, BlockKind};
use std::ops::Range;

pub mod auxiliary;
mod muon;
mod orthogonalization;

pub use auxiliary::AuxiliaryAdamW;
pub use muon::{Muon, MuonScaling};
pub use orthogonalization::Coefficients;

/// Returns the blocks that are matrices.
fn matrices(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Matrix)
}

/// Returns the ranges of the weights outside of matrices. Without blocks, these are all `dim` weights.
fn others(blocks: &[Block], dim: usize) -> impl Iterator<Item = Range<usize>> {
    let loose = blocks.is_empty().then_some(0..dim);
    let others = blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Matrix);
    loose
        .into_iter()
        .chain(others.map(|block| block.range.clone()))
}
