//! Lanes in SIMD registers: as many as one holds, or eight in as many as they take.

use super::Lanes;
use fearless_simd::{Simd, f64x8, prelude::*};

/// As many lanes as the instruction set `S` has; to be used inside `fearless_simd::dispatch!` only.
#[derive(Clone, Copy, Debug)]
pub struct Wide<S>(pub S);

impl<S: Simd> Lanes for Wide<S> {
    type F = S::f64s;
    const COUNT: usize = <S::f64s as SimdBase<S>>::LEN;

    #[inline(always)]
    fn splat(self, x: f64) -> S::f64s {
        S::f64s::splat(self.0, x)
    }

    #[inline(always)]
    fn load(self, from: &[f64]) -> S::f64s {
        S::f64s::from_slice(self.0, from)
    }

    #[inline(always)]
    fn store(self, x: S::f64s, into: &mut [f64]) {
        x.store_slice(into);
    }

    #[inline(always)]
    fn select_less(self, a: S::f64s, b: S::f64s, then: S::f64s, otherwise: S::f64s) -> S::f64s {
        a.simd_lt(b).select(then, otherwise)
    }

    // One instruction each. In this order x86 answers with `x` where that is a NaN; NEON and WebAssembly answer with the
    // NaN in either order. Plain code would answer with the bound, so there it is compared; which of the two it is, the
    // compiler knows.
    #[inline(always)]
    fn at_least(self, bound: S::f64s, x: S::f64s) -> S::f64s {
        if self.0.level().is_fallback() {
            self.select_less(x, bound, bound, x)
        } else {
            bound.max(x)
        }
    }

    #[inline(always)]
    fn at_most(self, bound: S::f64s, x: S::f64s) -> S::f64s {
        if self.0.level().is_fallback() {
            self.select_less(bound, x, bound, x)
        } else {
            bound.min(x)
        }
    }

    #[inline(always)]
    fn abs(self, x: S::f64s) -> S::f64s {
        x.abs()
    }

    #[inline(always)]
    fn with_sign_of(self, size: S::f64s, x: S::f64s) -> S::f64s {
        let sign = S::f64s::splat(self.0, -0.0).to_bits();
        S::f64s::from_bits(size.to_bits() | x.to_bits() & sign)
    }

    #[inline(always)]
    fn float_with_exponent(self, x: S::f64s) -> S::f64s {
        S::f64s::from_bits(x.to_bits() << 52)
    }

    #[inline(always)]
    fn sqrt(self, x: S::f64s) -> S::f64s {
        x.sqrt()
    }

    #[inline(always)]
    fn map(self, x: S::f64s, f: impl Fn(f64) -> f64) -> S::f64s {
        // No register holds more.
        let mut lanes = [0.0; 8];
        let lanes = &mut lanes[..Self::COUNT];
        x.store_slice(lanes);
        for x in lanes.iter_mut() {
            *x = f(*x);
        }
        self.load(lanes)
    }
}

/// Eight lanes in as many registers of the instruction set `S` as they take; to be used inside
/// `fearless_simd::dispatch!` only.
///
/// For sums over lanes: as many lanes everywhere, so that the sums have the same bits everywhere.
#[derive(Clone, Copy, Debug)]
pub struct Eight<S>(pub S);

impl<S: Simd> Lanes for Eight<S> {
    type F = f64x8<S>;
    const COUNT: usize = 8;

    #[inline(always)]
    fn splat(self, x: f64) -> f64x8<S> {
        f64x8::splat(self.0, x)
    }

    #[inline(always)]
    fn load(self, from: &[f64]) -> f64x8<S> {
        f64x8::from_slice(self.0, from)
    }

    #[inline(always)]
    fn store(self, x: f64x8<S>, into: &mut [f64]) {
        x.store_slice(into);
    }

    #[inline(always)]
    fn select_less(
        self,
        a: f64x8<S>,
        b: f64x8<S>,
        then: f64x8<S>,
        otherwise: f64x8<S>,
    ) -> f64x8<S> {
        a.simd_lt(b).select(then, otherwise)
    }

    #[inline(always)]
    fn at_least(self, bound: f64x8<S>, x: f64x8<S>) -> f64x8<S> {
        if self.0.level().is_fallback() {
            self.select_less(x, bound, bound, x)
        } else {
            bound.max(x)
        }
    }

    #[inline(always)]
    fn at_most(self, bound: f64x8<S>, x: f64x8<S>) -> f64x8<S> {
        if self.0.level().is_fallback() {
            self.select_less(bound, x, bound, x)
        } else {
            bound.min(x)
        }
    }

    #[inline(always)]
    fn abs(self, x: f64x8<S>) -> f64x8<S> {
        x.abs()
    }

    #[inline(always)]
    fn with_sign_of(self, size: f64x8<S>, x: f64x8<S>) -> f64x8<S> {
        let sign = f64x8::splat(self.0, -0.0).to_bits();
        f64x8::from_bits(size.to_bits() | x.to_bits() & sign)
    }

    #[inline(always)]
    fn float_with_exponent(self, x: f64x8<S>) -> f64x8<S> {
        f64x8::from_bits(x.to_bits() << 52)
    }

    #[inline(always)]
    fn sqrt(self, x: f64x8<S>) -> f64x8<S> {
        x.sqrt()
    }

    #[inline(always)]
    fn map(self, x: f64x8<S>, f: impl Fn(f64) -> f64) -> f64x8<S> {
        let mut lanes = [0.0; 8];
        x.store_slice(&mut lanes);
        self.load(&lanes.map(f))
    }
}
