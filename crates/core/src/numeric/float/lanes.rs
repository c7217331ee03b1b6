//! Arithmetic for a single number or a SIMD register of numbers.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// Arithmetic with which a formula is written once and evaluated for one number or for a vector of numbers.
///
/// Every operation rounds as defined by IEEE 754 and acts on each lane independently. The bits of a lane therefore do
/// not depend on the width. There is no fused multiply-add, because WASM does not have one.
pub trait Lanes: Copy {
    /// One number per lane.
    type F: Copy
        + Add<Output = Self::F>
        + Sub<Output = Self::F>
        + Mul<Output = Self::F>
        + Div<Output = Self::F>
        + Neg<Output = Self::F>;

    /// Number of lanes.
    const COUNT: usize;

    /// Returns `x` in every lane.
    fn splat(self, x: f64) -> Self::F;

    /// Loads the numbers of a slice of length [`COUNT`](Self::COUNT).
    fn load(self, from: &[f64]) -> Self::F;

    /// Writes the lanes into a slice of length [`COUNT`](Self::COUNT).
    fn store(self, x: Self::F, into: &mut [f64]);

    /// Computes `if a < b { then } else { otherwise }` per lane. A comparison with NaN is false.
    fn select_less(self, a: Self::F, b: Self::F, then: Self::F, otherwise: Self::F) -> Self::F;

    /// Returns an integer whose bit i is set if `a < b` in lane i. A comparison with NaN is false.
    fn less_bits(self, a: Self::F, b: Self::F) -> u64;

    /// Returns the absolute value of each lane.
    fn abs(self, x: Self::F) -> Self::F;

    /// Returns the larger of `bound` and `x` per lane. `bound` must be neither zero nor NaN; NaN in `x` is kept.
    #[inline(always)]
    fn at_least(self, bound: Self::F, x: Self::F) -> Self::F {
        self.select_less(x, bound, bound, x)
    }

    /// Returns the smaller of `bound` and `x` per lane, with the conditions of [`at_least`](Self::at_least).
    #[inline(always)]
    fn at_most(self, bound: Self::F, x: Self::F) -> Self::F {
        self.select_less(bound, x, bound, x)
    }

    /// Returns the float whose exponent field is the integer in the lowest 11 bits of `x` (bit 12 must be 0) and whose
    /// fraction is 0.
    fn float_with_exponent(self, x: Self::F) -> Self::F;

    /// Returns the square root of each lane, rounded as defined by IEEE 754.
    fn sqrt(self, x: Self::F) -> Self::F;

    /// Applies the scalar function `f` to each lane.
    fn map(self, x: Self::F, f: impl Fn(f64) -> f64) -> Self::F;

    /// Applies the scalar function `f` to the lanes of `a` and `b`.
    fn map_pairs(self, a: Self::F, b: Self::F, f: impl Fn(f64, f64) -> f64) -> Self::F;
}

/// One lane: plain `f64`.
#[derive(Clone, Copy, Debug)]
pub struct Scalar;

impl Lanes for Scalar {
    type F = f64;
    const COUNT: usize = 1;

    #[inline(always)]
    fn splat(self, x: f64) -> f64 {
        x
    }

    #[inline(always)]
    fn load(self, from: &[f64]) -> f64 {
        from[0]
    }

    #[inline(always)]
    fn store(self, x: f64, into: &mut [f64]) {
        into[0] = x;
    }

    #[inline(always)]
    fn select_less(self, a: f64, b: f64, then: f64, otherwise: f64) -> f64 {
        if a < b { then } else { otherwise }
    }

    #[inline(always)]
    fn less_bits(self, a: f64, b: f64) -> u64 {
        u64::from(a < b)
    }

    #[inline(always)]
    fn abs(self, x: f64) -> f64 {
        x.abs()
    }

    #[inline(always)]
    fn float_with_exponent(self, x: f64) -> f64 {
        f64::from_bits(x.to_bits() << 52)
    }

    #[inline(always)]
    fn sqrt(self, x: f64) -> f64 {
        x.sqrt()
    }

    #[inline(always)]
    fn map(self, x: f64, f: impl Fn(f64) -> f64) -> f64 {
        f(x)
    }

    #[inline(always)]
    fn map_pairs(self, a: f64, b: f64, f: impl Fn(f64, f64) -> f64) -> f64 {
        f(a, b)
    }
}
