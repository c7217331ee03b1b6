//! What a unit makes of the weighted sum of its inputs.
#![allow(
    clippy::inline_always,
    reason = "what runs inside a SIMD region must be inlined into it, or it is compiled without its instructions"
)]

use crate::{
    catalog::choice,
    numeric::float::{Lanes, Scalar, exp, ln, sigmoid_lanes, softplus_lanes, tanh_lanes},
};

/// What a unit makes of its weighted sum z.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// 1 / (1 + exp(-z)): between 0 and 1, the probability of the class 1.
    Sigmoid,
    /// The hyperbolic tangent: between -1 and 1.
    Tanh,
    /// z above 0, else 0.
    Relu,
    /// ln(1 + exp(z)): a rounded relu.
    Softplus,
    /// z itself: linear regression.
    Linear,
}

impl Activation {
    /// The least and the greatest that it answers.
    pub fn range(self) -> [f64; 2] {
        match self {
            Self::Sigmoid => [0.0, 1.0],
            Self::Tanh => [-1.0, 1.0],
            Self::Relu | Self::Softplus => [0.0, f64::INFINITY],
            Self::Linear => [f64::NEG_INFINITY, f64::INFINITY],
        }
    }

    /// Whether it has a second derivative everywhere.
    pub fn is_smooth(self) -> bool {
        self != Self::Relu
    }

    /// The activation of each lane's sum `z`.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn value<L: Lanes>(self, l: L, z: L::F) -> L::F {
        match self {
            Self::Sigmoid => sigmoid_lanes(l, z),
            Self::Tanh => tanh_lanes(l, z),
            // A NaN stays one.
            Self::Relu => l.select_less(z, l.splat(0.0), l.splat(0.0), z),
            Self::Softplus => softplus_lanes(l, z),
            Self::Linear => z,
        }
    }

    /// The sum whose activation is `p`; not finite where there is none.
    pub(crate) fn inverse(self, p: f64) -> f64 {
        match self {
            Self::Sigmoid => ln(p / (1.0 - p)),
            Self::Tanh => ln((1.0 + p) / (1.0 - p)) / 2.0,
            Self::Softplus => ln(exp(p) - 1.0),
            Self::Relu | Self::Linear => p,
        }
    }

    /// First derivative by the sum `z`, where the activation is `p`.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
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

    /// Second derivative by the sum `z`, where the activation is `p`.
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
    fn the_inverse_leads_back() {
        for activation in Activation::ALL.iter().copied() {
            for z in [0.1, 0.5, 2.0] {
                let back = activation.inverse(activation.value(Scalar, z));
                assert!((back - z).abs() < 1e-14, "{activation:?} {z}");
            }
        }
    }
}
