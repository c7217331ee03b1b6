//! The arithmetic that is the same for one number and for a SIMD register of them.

use fearless_simd::{Simd, f64x8, prelude::*};
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

/// `N` times the lanes of `L`, their operations taken in turns: while one waits for its result, the next one starts.
#[derive(Clone, Copy, Debug)]
pub struct Several<L, const N: usize>(pub L);

/// The numbers of [`Several`] lanes.
#[derive(Clone, Copy, Debug)]
pub struct Group<F, const N: usize>([F; N]);

/// Implements an operator of [`Group`], one vector after the other.
macro_rules! operator {
    ($($name:ident $method:ident),*) => {$(
        impl<F: Copy + $name<Output = F>, const N: usize> $name for Group<F, N> {
            type Output = Self;

            #[inline(always)]
            fn $method(mut self, other: Self) -> Self {
                for i in 0..N {
                    self.0[i] = self.0[i].$method(other.0[i]);
                }
                self
            }
        }
    )*};
}
operator!(Add add, Sub sub, Mul mul, Div div);

impl<F: Copy + Neg<Output = F>, const N: usize> Neg for Group<F, N> {
    type Output = Self;

    #[inline(always)]
    fn neg(mut self) -> Self {
        for x in &mut self.0 {
            *x = -*x;
        }
        self
    }
}

impl<L: Lanes, const N: usize> Lanes for Several<L, N> {
    type F = Group<L::F, N>;
    const COUNT: usize = N * L::COUNT;

    #[inline(always)]
    fn splat(self, x: f64) -> Self::F {
        Group([self.0.splat(x); N])
    }

    #[inline(always)]
    fn load(self, from: &[f64]) -> Self::F {
        let mut x = self.splat(0.0);
        for (x, from) in x.0.iter_mut().zip(from.chunks_exact(L::COUNT)) {
            *x = self.0.load(from);
        }
        x
    }

    #[inline(always)]
    fn store(self, x: Self::F, into: &mut [f64]) {
        for (x, into) in x.0.into_iter().zip(into.chunks_exact_mut(L::COUNT)) {
            self.0.store(x, into);
        }
    }

    #[inline(always)]
    fn select_less(self, a: Self::F, b: Self::F, then: Self::F, mut otherwise: Self::F) -> Self::F {
        for i in 0..N {
            otherwise.0[i] = self
                .0
                .select_less(a.0[i], b.0[i], then.0[i], otherwise.0[i]);
        }
        otherwise
    }

    #[inline(always)]
    fn at_least(self, bound: Self::F, mut x: Self::F) -> Self::F {
        for (x, bound) in x.0.iter_mut().zip(bound.0) {
            *x = self.0.at_least(bound, *x);
        }
        x
    }

    #[inline(always)]
    fn at_most(self, bound: Self::F, mut x: Self::F) -> Self::F {
        for (x, bound) in x.0.iter_mut().zip(bound.0) {
            *x = self.0.at_most(bound, *x);
        }
        x
    }

    #[inline(always)]
    fn float_with_exponent(self, mut x: Self::F) -> Self::F {
        for x in &mut x.0 {
            *x = self.0.float_with_exponent(*x);
        }
        x
    }

    #[inline(always)]
    fn sqrt(self, mut x: Self::F) -> Self::F {
        for x in &mut x.0 {
            *x = self.0.sqrt(*x);
        }
        x
    }

    #[inline(always)]
    fn map(self, mut x: Self::F, f: impl Fn(f64) -> f64) -> Self::F {
        for x in &mut x.0 {
            *x = self.0.map(*x, &f);
        }
        x
    }
}
