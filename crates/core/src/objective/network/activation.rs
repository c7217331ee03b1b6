//! Activation functions.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use crate::{
    catalog::choice,
    numeric::float::{Lanes, Scalar, exp, ln, sigmoid_lanes, softplus_lanes, tanh_lanes},
};

/// The activation function of a unit, applied to its weighted sum z.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// 1 / (1 + exp(-z)): between 0 and 1; the probability of class 1.
    Sigmoid,
    /// The hyperbolic tangent: between -1 and 1.
    Tanh,
    /// max(0, z).
    Relu,
    /// ln(1 + exp(z)): a smooth approximation of relu.
    Softplus,
    /// z, as in linear regression.
    Linear,
}

impl Activation {
    /// Returns the smallest and the largest value.
    pub fn range(self) -> [f64; 2] {
        match self {
            Self::Sigmoid => [0.0, 1.0],
            Self::Tanh => [-1.0, 1.0],
            Self::Relu | Self::Softplus => [0.0, f64::INFINITY],
            Self::Linear => [f64::NEG_INFINITY, f64::INFINITY],
        }
    }

    /// Returns whether it has a second derivative everywhere.
    pub fn is_smooth(self) -> bool {
        self != Self::Relu
    }

    /// Returns the activation for the sum `z` of each lane.
    #[inline(always)]
    pub(crate) fn value<L: Lanes>(self, l: L, z: L::F) -> L::F {
        match self {
            Self::Sigmoid => sigmoid_lanes(l, z),
            Self::Tanh => tanh_lanes(l, z),
            // NaN is kept.
            Self::Relu => l.select_less(z, l.splat(0.0), l.splat(0.0), z),
            Self::Softplus => softplus_lanes(l, z),
            Self::Linear => z,
        }
    }

    /// Returns the sum whose activation is `p`. The result is not finite if there is none.
    pub(crate) fn inverse(self, p: f64) -> f64 {
        match self {
            Self::Sigmoid => ln(p / (1.0 - p)),
            Self::Tanh => ln((1.0 + p) / (1.0 - p)) / 2.0,
            Self::Softplus => ln(exp(p) - 1.0),
            Self::Relu | Self::Linear => p,
        }
    }

    /// Returns the derivative with respect to the sum `z`, where the activation is `p`.
    #[inline(always)]
    pub(crate) fn slope<L: Lanes>(self, l: L, z: L::F, p: L::F) -> L::F {
        let one = l.splat(1.0);
        match self {
            Self::Sigmoid => p * (one - p),
            Self::Tanh => one - p * p,
            Self::Relu => l.select_less(l.splat(0.0), z, one, l.splat(0.0)),
            Self::Softplus => sigmoid_lanes(l, z),
            Self::Linear => one,
        }
    }

    /// Returns the second derivative with respect to the sum `z`, where the activation is `p`.
    pub(crate) fn curvature(self, z: f64, p: f64) -> f64 {
        match self {
            Self::Sigmoid => self.slope(Scalar, z, p) * (1.0 - 2.0 * p),
            Self::Tanh => -2.0 * p * self.slope(Scalar, z, p),
            Self::Softplus => {
                let s = self.slope(Scalar, z, p);
                s * (1.0 - s)
            }
            Self::Relu | Self::Linear => 0.0,
        }
    }
}

choice!(Activation {
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "relu": Relu,
    "softplus": Softplus,
    "linear": Linear,
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_inverts_the_activation() {
        for activation in Activation::ALL.iter().copied() {
            for z in [0.1, 0.5, 2.0] {
                let back = activation.inverse(activation.value(Scalar, z));
                assert!((back - z).abs() < 1e-14, "{activation:?} {z}");
            }
        }
    }
}
