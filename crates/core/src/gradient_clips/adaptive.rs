//! A limit on the gradient relative to the weights.

use crate::{
    objective::blocks::Block,
    run::{gradient_clip::GradientClip, optimizer::StepContext},
};
use std::iter::StepBy;
use std::ops::Range;
use thalweg_macros::Describe;

/// Limits the norm of the gradient of each unit to a multiple of the norm of its weights.
///
/// ```text
/// m = limit max(|w|, min_norm)          g <- g m / |g|          if |g| > m
/// |w|, |g| over the weights of one unit
/// ```
///
/// A unit is a column of a matrix, whose rows belong to the inputs; a bias or a matrix with one row or one column is one
/// unit. This is `adaptive_grad_clip` of optax, with blocks instead of arrays. The paper excludes the last layer.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "adaptive",
    title = "Adaptive",
    cite = "brock2021high",
    optax = "optax.adaptive_grad_clip"
)]
pub struct AdaptiveClip {
    /// Maximum norm of the gradient of a unit, relative to the norm of its weights.
    #[param(default = 0.01, valid = positive, slider = 1e-3..=10.0, log, optax = "clipping")]
    pub limit: f64,
    /// Minimum of the norm of the weights, so that weights near zero can move.
    #[param(default = 0.001, valid = positive, slider = 1e-6..=1.0, log, optax = "eps")]
    pub min_norm: f64,
}

/// Returns the positions of the weights of each unit of a block.
fn units(block: &Block) -> Vec<StepBy<Range<usize>>> {
    let Range { start, end } = block.range;
    match block.shape {
        [rows, columns] if rows > 1 && columns > 1 => {
            let column = |j| (start + j..end).step_by(columns);
            (0..columns).map(column).collect()
        }
        _ => vec![(start..end).step_by(1)],
    }
}

/// Returns the norm of these numbers. Dividing by the largest one prevents that squares overflow or underflow.
fn norm(numbers: impl Iterator<Item = f64> + Clone) -> f64 {
    let largest = numbers.clone().fold(0.0_f64, |most, v| most.max(v.abs()));
    if largest == 0.0 {
        return 0.0;
    }
    let squares = numbers.map(|v| (v / largest) * (v / largest));
    largest * squares.sum::<f64>().sqrt()
}

impl GradientClip for AdaptiveClip {
    fn clip(&self, g: &mut [f64], here: StepContext) {
        let runs = here.losses.len();
        let mut units: Vec<_> = here.blocks.iter().flat_map(units).collect();
        if units.is_empty() {
            let weights = here.block_ranges().into_iter();
            units.extend(weights.map(|weight| weight.step_by(1)));
        }
        for unit in units {
            for run in 0..runs {
                let places = unit.clone().map(|i| i * runs + run);
                let size = norm(places.clone().map(|i| here.weights[i]));
                let length = norm(places.clone().map(|i| g[i]));
                let limit = self.limit * size.max(self.min_norm);
                if length > limit && length.is_finite() {
                    for i in places {
                        g[i] = g[i] / length * limit;
                    }
                }
            }
        }
    }
}
