//! Trust ratios: the size of the weights of a layer, divided by the size of its update.

use crate::{
    objective::blocks::{BlockKind, Layer},
    optimizers::prelude::*,
};

/// The treatment of weights that are not in matrices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BiasTreatment {
    /// They have a trust ratio, like matrices.
    Adapted,
    /// Their trust ratio is 1, and they do not decay.
    Plain,
}

choice!(BiasTreatment {
    "adapted": Adapted,
    "plain": Plain,
});

impl BiasTreatment {
    /// Returns whether the trust ratio of a layer is computed.
    pub(super) fn adapts(self, layer: &Layer) -> bool {
        self == Self::Adapted || layer.kind == BlockKind::Matrix
    }
}

/// Adds the weight decay to the update `d` of a layer with the weights `w`.
pub(super) fn add_decay(d: &mut [f64], w: &[f64], weight_decay: f64) {
    if weight_decay != 0.0 {
        add_scaled(d, weight_decay, w);
    }
}

/// Returns the Euclidean norm of `x`, which is the Frobenius norm of a matrix.
pub(super) fn norm(x: &[f64]) -> f64 {
    dot(x, x).sqrt()
}

/// Returns the trust ratio `numerator / denominator`, or 1 if a norm is zero: weights of size 0 could never move.
pub(super) fn trust_ratio(numerator: f64, denominator: f64) -> f64 {
    if numerator > 0.0 && denominator > 0.0 {
        numerator / denominator
    } else {
        1.0
    }
}
