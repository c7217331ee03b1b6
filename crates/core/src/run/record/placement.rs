//! The places of named arrays in the weights of a problem.

use super::{
    layout::{WeightLayout, WeightOrder},
    npz::NamedArray,
};
use crate::objective::blocks::{Block, BlockKind};

/// The numbers of one array.
pub(super) struct Part<'a> {
    name: &'a str,
    /// The shape in one step.
    shape: &'a [usize],
    /// Number of weights in one step.
    pub(super) size: usize,
    /// Numbers: (steps, size).
    pub(super) numbers: &'a [f64],
}

/// The place of an array in the weights of the problem.
pub(super) struct Place<'a> {
    pub(super) begin: usize,
    /// The block with the same size, if all arrays are blocks.
    pub(super) block: Option<&'a Block>,
}

impl<'a> Part<'a> {
    pub(super) fn of(NamedArray { name, array }: &'a NamedArray, steps: Option<usize>) -> Self {
        let axes = usize::from(steps.is_some());
        Self {
            name,
            shape: &array.shape[axes..],
            size: array.numbers.len() / steps.unwrap_or(1),
            numbers: &array.numbers,
        }
    }

    /// Returns whether the array has the shape of this block: two axes for a matrix, and one for biases.
    fn is_shaped_like(&self, block: &Block) -> bool {
        let axes = if block.kind == BlockKind::Matrix {
            2
        } else {
            1
        };
        self.shape.len() == axes && self.fits(block)
    }

    /// Returns the first number in the name, such as 2 in `layers.2.weight`.
    fn number(&self) -> Option<u64> {
        let begin = self.name.find(|c: char| c.is_ascii_digit())?;
        let rest = &self.name[begin..];
        let end = rest.find(|c: char| !c.is_ascii_digit());
        rest[..end.unwrap_or(rest.len())].parse().ok()
    }

    /// Returns whether the array can be this block: a matrix in one of both orders, or as many numbers.
    fn fits(&self, block: &Block) -> bool {
        let [rows, columns] = block.shape;
        self.size == block.range.len()
            && match (block.kind, self.shape) {
                (BlockKind::Matrix, &[a, b]) => {
                    [a, b] == [rows, columns] || [b, a] == [rows, columns]
                }
                (BlockKind::Bias, &[a, b]) => a == 1 || b == 1,
                _ => true,
            }
    }

    /// Returns whether a matrix has one row per output. The shape of a square matrix leaves it open. Then the `order` given
    /// decides, or else the name: that of `PyTorch` is `weight`. `None` is returned for biases.
    pub(super) fn is_transposed(&self, block: &Block, order: Option<WeightOrder>) -> Option<bool> {
        if block.kind != BlockKind::Matrix {
            return None;
        }
        let [inputs, units] = block.shape;
        let is_open = inputs == units || self.shape.len() != 2;
        let named = self.name.ends_with("weight") && self.shape.len() == 2;
        Some(match order {
            _ if !is_open => self.shape[0] == units,
            Some(order) => order == WeightOrder::Torch,
            None => named,
        })
    }
}

/// Returns the place of each array: that of the scalar weight with its name, or else of the first free block of its shape,
/// or else of the first free block that it fits. If an array fits no block, all arrays follow each other.
///
/// Arrays of equal shape have the order of the numbers in their names, if all names have one, or else their order in the
/// file.
pub(super) fn places<'a>(parts: &[Part], layout: WeightLayout<'a>) -> Vec<Place<'a>> {
    let mut free: Vec<&Block> = layout.blocks.iter().collect();
    let mut take = |part: &Part| {
        let is_name = |block: &&Block| {
            block.range.len() == 1
                && layout
                    .names
                    .get(block.range.start)
                    .is_some_and(|n| n == part.name)
        };
        let is_alike = |block: &&Block| part.is_shaped_like(block);
        let fits = |block: &&Block| part.fits(block);
        let named = free.iter().position(is_name);
        let alike = named.or_else(|| free.iter().position(is_alike));
        let found = alike.or_else(|| free.iter().position(fits))?;
        let block = free.remove(found);
        Some(Place {
            begin: block.range.start,
            block: Some(block),
        })
    };
    // Arrays with the names of weights come first, so that no other array takes their places.
    let mut places: Vec<Option<Place>> = parts.iter().map(|_| None).collect();
    let is_named = |part: &Part| layout.names.iter().any(|name| name == part.name);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    if parts.iter().all(|part| part.number().is_some()) {
        order.sort_by_key(|i| parts[*i].number());
    }
    order.sort_by_key(|i| !is_named(&parts[*i]));
    for i in order {
        places[i] = take(&parts[i]);
    }
    if let Some(places) = places.into_iter().collect() {
        return places;
    }
    let mut begin = 0;
    let follow = |part: &Part| {
        begin += part.size;
        Place {
            begin: begin - part.size,
            block: None,
        }
    };
    parts.iter().map(follow).collect()
}
