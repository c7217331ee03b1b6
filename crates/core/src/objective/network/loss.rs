//! Loss functions of networks.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use crate::{
    catalog::choice,
    numeric::float::{Lanes, Scalar, softplus_lanes},
    objective::network::activation::Activation,
};

/// The loss of one prediction p with the target y. The loss of a network is the mean over all samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// (p - y)^2: mean squared error.
    Mse,
    /// |p - y|: mean absolute error.
    Mae,
    /// -y ln p - (1 - y) ln(1 - p), where p is the probability of class 1.
    BinaryCrossEntropy,
    /// max(0, 1 - t p), where t is -1 or 1 for the classes 0 and 1.
    Hinge,
}

/// An output unit: its activation and its loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// Activation function.
    pub activation: Activation,
    /// Loss function.
    pub loss: Loss,
}

impl Loss {
    /// Returns the compatible activations.
    pub fn suits(self) -> &'static [Activation] {
        match self {
            Self::Mse | Self::Mae => Activation::ALL,
            Self::BinaryCrossEntropy => &[Activation::Sigmoid],
            Self::Hinge => &[Activation::Linear, Activation::Tanh],
        }
    }

    /// Returns whether its targets are the classes 0 and 1 instead of numbers.
    pub fn is_of_classes(self) -> bool {
        matches!(self, Self::BinaryCrossEntropy | Self::Hinge)
    }

    /// Returns the prediction halfway between two targets.
    pub(crate) fn between(self, low: f64, high: f64) -> f64 {
        match self {
            // The hinge loss maps the two classes to -1 and 1.
            Self::Hinge => 0.0,
            Self::Mse | Self::Mae | Self::BinaryCrossEntropy => f64::midpoint(low, high),
        }
    }

    /// Returns half the loss of predictions halfway between two classes.
    pub fn half_of_guessing(self) -> f64 {
        match self {
            Self::Mse => 0.125,
            Self::Mae => 0.25,
            Self::BinaryCrossEntropy => std::f64::consts::LN_2 / 2.0,
            Self::Hinge => 0.5,
        }
    }

    /// Returns the constant factor that [`Output::loss_and_delta`] omits from delta.
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

    /// Returns the weighted sum whose prediction is halfway between two targets.
    pub(crate) fn between(self, low: f64, high: f64) -> f64 {
        self.activation.inverse(self.loss.between(low, high))
    }

    /// Returns the loss for the weighted sum `z` and the target `y` of each lane.
    #[inline(always)]
    pub(crate) fn loss<L: Lanes>(self, l: L, z: L::F, y: L::F) -> L::F {
        match self.loss {
            Loss::BinaryCrossEntropy => cross_entropy(l, z, y),
            _ => self.loss_of_answer(l, self.activation.value(l, z), y),
        }
    }

    /// Returns the loss and its derivative with respect to `z`, divided by [`Loss::factor`].
    #[inline(always)]
    pub(crate) fn loss_and_delta<L: Lanes>(self, l: L, z: L::F, y: L::F) -> (L::F, L::F) {
        // The activation is computed once for all losses, because all of this is compiled into one loop.
        let p = self.activation.value(l, z);
        if self.loss == Loss::BinaryCrossEntropy {
            return (cross_entropy(l, z, y), p - y);
        }
        let (zero, one) = (l.splat(0.0), l.splat(1.0));
        let (loss, error) = (self.loss_of_answer(l, p, y), p - y);
        let by_answer = match self.loss {
            Loss::Mse | Loss::BinaryCrossEntropy => error,
            Loss::Mae => l.select_less(error, zero, -one, l.select_less(zero, error, one, error)),
            // The derivative is 0 where the loss is 0; NaN is kept.
            Loss::Hinge => {
                let flat = l.select_less(loss, l.splat(f64::INFINITY), zero, loss);
                l.select_less(zero, loss, -sign(l, y), flat)
            }
        };
        (loss, by_answer * self.activation.slope(l, z, p))
    }

    /// Returns the loss of the prediction `p` of each lane, for losses other than the cross-entropy.
    #[inline(always)]
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

    /// Returns the second derivative of the loss with respect to `z`, divided by [`Loss::factor`].
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

/// Computes -y ln p - (1 - y) ln(1 - p), where p is the sigmoid of `z`, without the logarithm of a probability that rounds to 0.
#[inline(always)]
fn cross_entropy<L: Lanes>(l: L, z: L::F, y: L::F) -> L::F {
    softplus_lanes(l, z) - y * z
}

/// Returns -1 for class 0 and 1 for class 1.
#[inline(always)]
fn sign<L: Lanes>(l: L, y: L::F) -> L::F {
    y + y - l.splat(1.0)
}

choice!(Loss {
    "mse": Mse,
    "mae": Mae,
    "binary-cross-entropy": BinaryCrossEntropy,
    "hinge": Hinge,
});
