//! How far an answer is from its target.
#![allow(
    clippy::inline_always,
    reason = "what runs inside a SIMD region must be inlined into it, or it is compiled without its instructions"
)]

use crate::{
    catalog::choice,
    numeric::float::{Lanes, Scalar, softplus_lanes},
    objective::network::activation::Activation,
};

/// The loss of one answer; a network's loss is the mean over all samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// (p - y)^2: mean squared error.
    Mse,
    /// |p - y|: mean absolute error.
    Mae,
    /// -y ln p - (1 - y) ln(1 - p), where p is the probability of the class 1.
    BinaryCrossEntropy,
    /// max(0, 1 - t p), where t is -1 or 1 for the classes 0 and 1.
    Hinge,
}

/// An output unit: what it answers, and how far that is from its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// What it makes of its weighted sum.
    pub activation: Activation,
    /// How far the answer is from the target.
    pub loss: Loss,
}

impl Loss {
    /// The activations that it makes sense with.
    pub fn suits(self) -> &'static [Activation] {
        match self {
            Self::Mse | Self::Mae => Activation::ALL,
            Self::BinaryCrossEntropy => &[Activation::Sigmoid],
            Self::Hinge => &[Activation::Linear, Activation::Tanh],
        }
    }

    /// Whether it tells two classes apart, 0 and 1, in place of predicting numbers.
    pub fn is_of_classes(self) -> bool {
        matches!(self, Self::BinaryCrossEntropy | Self::Hinge)
    }

    /// The answer half way between two targets.
    pub(crate) fn between(self, low: f64, high: f64) -> f64 {
        match self {
            // Its answers are for -1 and 1, whatever the classes are called.
            Self::Hinge => 0.0,
            Self::Mse | Self::Mae | Self::BinaryCrossEntropy => f64::midpoint(low, high),
        }
    }

    /// Half the loss of guessing: of answers half way between two classes.
    pub fn half_of_guessing(self) -> f64 {
        match self {
            Self::Mse => 0.125,
            Self::Mae => 0.25,
            Self::BinaryCrossEntropy => std::f64::consts::LN_2 / 2.0,
            Self::Hinge => 0.5,
        }
    }

    /// What [`Output::loss_and_delta`] leaves out of delta.
    pub(crate) fn factor(self) -> f64 {
        if self == Self::Mse { 2.0 } else { 1.0 }
    }
}

impl Output {
    /// Whether it has a second derivative everywhere.
    pub fn is_smooth(self) -> bool {
        match self.loss {
            Loss::Mse => self.activation.is_smooth(),
            Loss::BinaryCrossEntropy => true,
            Loss::Mae | Loss::Hinge => false,
        }
    }

    /// The weighted sum whose answer is half way between two targets.
    pub(crate) fn between(self, low: f64, high: f64) -> f64 {
        self.activation.inverse(self.loss.between(low, high))
    }

    /// The loss of each lane's weighted sum `z` where the target is `y`.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn loss<L: Lanes>(self, l: L, z: L::F, y: L::F) -> L::F {
        match self.loss {
            Loss::BinaryCrossEntropy => cross_entropy(l, z, y),
            _ => self.loss_of_answer(l, self.activation.value(l, z), y),
        }
    }

    /// The same, and its derivative by `z` divided by [`Loss::factor`].
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn loss_and_delta<L: Lanes>(self, l: L, z: L::F, y: L::F) -> (L::F, L::F) {
        // Each activation once, however many losses there are: all of this is compiled into one loop.
        let p = self.activation.value(l, z);
        if self.loss == Loss::BinaryCrossEntropy {
            return (cross_entropy(l, z, y), p - y);
        }
        let (zero, one) = (l.splat(0.0), l.splat(1.0));
        let (loss, error) = (self.loss_of_answer(l, p, y), p - y);
        let by_answer = match self.loss {
            Loss::Mse | Loss::BinaryCrossEntropy => error,
            Loss::Mae => l.select_less(error, zero, -one, l.select_less(zero, error, one, error)),
            // At the hinge and on its far side the ground is flat; a NaN stays one.
            Loss::Hinge => {
                let flat = l.select_less(loss, l.splat(f64::INFINITY), zero, loss);
                l.select_less(zero, loss, -sign(l, y), flat)
            }
        };
        (loss, by_answer * self.activation.slope(l, z, p))
    }

    /// The loss of each lane's answer `p`, where it is not that of a probability.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn loss_of_answer<L: Lanes>(self, l: L, p: L::F, y: L::F) -> L::F {
        let (zero, error) = (l.splat(0.0), p - y);
        match self.loss {
            Loss::Mse | Loss::BinaryCrossEntropy => error * error,
            Loss::Mae => l.select_less(error, zero, -error, error),
            Loss::Hinge => {
                let margin = l.splat(1.0) - sign(l, y) * p;
                l.select_less(margin, zero, zero, margin)
            }
        }
    }

    /// Second derivative of the loss by the sum `z` divided by [`Loss::factor`], where it is smooth.
    pub(crate) fn curvature(self, z: f64, y: f64) -> f64 {
        let p = self.activation.value(Scalar, z);
        let slope = self.activation.slope(Scalar, z, p);
        match self.loss {
            Loss::Mse => slope * slope + (p - y) * self.activation.curvature(z, p),
            Loss::BinaryCrossEntropy => slope,
            Loss::Mae | Loss::Hinge => 0.0,
        }
    }
}

/// -y ln p - (1 - y) ln(1 - p) where p is the sigmoid of `z`, without the logarithm of a probability that has vanished.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn cross_entropy<L: Lanes>(l: L, z: L::F, y: L::F) -> L::F {
    softplus_lanes(l, z) - y * z
}

/// -1 for the class 0, 1 for the class 1.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn sign<L: Lanes>(l: L, y: L::F) -> L::F {
    y + y - l.splat(1.0)
}

choice!(Loss {
    "mse": Mse,
    "mae": Mae,
    "binary-cross-entropy": BinaryCrossEntropy,
    "hinge": Hinge,
});
