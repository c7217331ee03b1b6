//! The arithmetic that is the same for one number and for a SIMD register of them.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// The arithmetic that a formula is written in once, to be run on one number or on a vector of them.
///
/// Every operation rounds as IEEE 754 says and acts on each lane alone, so that a lane has the same bits whatever the
/// width. There is no fused multiply-add, because WASM has none.
pub trait Lanes: Copy {
    /// One number a lane.
    type F: Copy
        + Add<Output = Self::F>
        + Sub<Output = Self::F>
        + Mul<Output = Self::F>
        + Div<Output = Self::F>
        + Neg<Output = Self::F>;

    /// Number of lanes.
    const COUNT: usize;

    /// `x` in every lane.
    fn splat(self, x: f64) -> Self::F;

    /// The numbers of a slice of [`COUNT`](Self::COUNT).
    fn load(self, from: &[f64]) -> Self::F;

    /// Writes the lanes into a slice of [`COUNT`](Self::COUNT).
    fn store(self, x: Self::F, into: &mut [f64]);

    /// `if a < b { then } else { otherwise }`, lane by lane; a NaN is not less than anything.
    fn select_less(self, a: Self::F, b: Self::F, then: Self::F, otherwise: Self::F) -> Self::F;

    /// The greater of `bound` and `x`, lane by lane, where `bound` is neither zero nor a NaN; a NaN in `x` stays one.
    #[inline(always)]
    fn at_least(self, bound: Self::F, x: Self::F) -> Self::F {
        self.select_less(x, bound, bound, x)
    }

    /// The lesser of `bound` and `x`, as [`at_least`](Self::at_least).
    #[inline(always)]
    fn at_most(self, bound: Self::F, x: Self::F) -> Self::F {
        self.select_less(bound, x, bound, x)
    }

    /// The size of `x` without its sign.
    fn abs(self, x: Self::F) -> Self::F;

    /// `size`, which has no sign, with the sign of `x`.
    fn with_sign_of(self, size: Self::F, x: Self::F) -> Self::F;

    /// The float whose exponent field is the integer in the lowest 11 bits of `x` (bit 12 being 0) and whose fraction is 0.
    fn float_with_exponent(self, x: Self::F) -> Self::F;

    /// The square root of each lane, rounded as IEEE 754 says.
    fn sqrt(self, x: Self::F) -> Self::F;

    /// What `f` makes of each lane, one after the other: for functions that are written for one number.
    fn map(self, x: Self::F, f: impl Fn(f64) -> f64) -> Self::F;
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
    fn abs(self, x: f64) -> f64 {
        x.abs()
    }

    #[inline(always)]
    fn with_sign_of(self, size: f64, x: f64) -> f64 {
        size.copysign(x)
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
}
