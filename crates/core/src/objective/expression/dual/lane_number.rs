//! Numbers without derivatives.

use super::{Number, Unary};
use crate::numeric::float::{self, Lanes, exp_lanes, sigmoid_lanes, tanh_lanes};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Numbers without derivatives, one per lane.
#[derive(Clone, Copy, Debug)]
pub struct LaneNumber<L: Lanes> {
    lanes: L,
    /// One number per lane.
    pub value: L::F,
}

impl<L: Lanes> LaneNumber<L> {
    /// Creates the numbers `value`.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn new(lanes: L, value: L::F) -> Self {
        Self { lanes, value }
    }
}

/// Implements an operator between two [`LaneNumber`]s, and between a [`LaneNumber`] and a constant.
macro_rules! plain_operator {
    ($($name:ident $method:ident),*) => {$(
        impl<L: Lanes> $name for LaneNumber<L> {
            type Output = Self;

            #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
            fn $method(self, other: Self) -> Self {
                Self::new(self.lanes, self.value.$method(other.value))
            }
        }

        impl<L: Lanes> $name<f64> for LaneNumber<L> {
            type Output = Self;

            #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
            fn $method(self, c: f64) -> Self {
                Self::new(self.lanes, self.value.$method(self.lanes.splat(c)))
            }
        }
    )*};
}
plain_operator!(Add add, Sub sub, Mul mul, Div div);

impl<L: Lanes> Neg for LaneNumber<L> {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn neg(self) -> Self {
        Self::new(self.lanes, -self.value)
    }
}

impl<L: Lanes> Number for LaneNumber<L> {
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn constant(self, c: f64) -> Self {
        Self::new(self.lanes, self.lanes.splat(c))
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn select_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        let lanes = a.lanes;
        let value = lanes.select_less(a.value, b.value, then.value, otherwise.value);
        Self::new(lanes, value)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn unary(self, f: Unary) -> Self {
        let (lanes, x) = (self.lanes, self.value);
        let value = match f {
            Unary::Minus => -x,
            Unary::Squared => x * x,
            Unary::Sqrt => lanes.sqrt(x),
            Unary::Exp => exp_lanes(lanes, x),
            Unary::Ln => lanes.map(x, float::ln),
            Unary::Tanh => tanh_lanes(lanes, x),
            Unary::Sin => lanes.map(x, float::sin),
            Unary::Cos => lanes.map(x, float::cos),
            Unary::Asin => lanes.map(x, float::asin),
            Unary::Acos => lanes.map(x, float::acos),
            Unary::Atan => lanes.map(x, float::atan),
            Unary::Sinh => lanes.map(x, float::sinh),
            Unary::Cosh => lanes.map(x, float::cosh),
            Unary::Sigmoid => sigmoid_lanes(lanes, x),
            Unary::Exp2 => lanes.map(x, float::exp2),
            Unary::Log2 => lanes.map(x, float::log2),
            Unary::Log10 => lanes.map(x, float::log10),
            Unary::Cbrt => lanes.map(x, float::cbrt),
            Unary::Floor => lanes.map(x, f64::floor),
        };
        Self::new(lanes, value)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn powf(self, exponent: f64) -> Self {
        let power = |x| float::powf(x, exponent);
        Self::new(self.lanes, self.lanes.map(self.value, power))
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn atan2(self, x: Self) -> Self {
        let angle = self.lanes.map_pairs(self.value, x.value, float::atan2);
        Self::new(self.lanes, angle)
    }
}
