//! Lanes in SIMD registers: as many as one holds, or eight in as many as they take.

use super::Lanes;
use fearless_simd::{Simd, f64x8, prelude::*};

/// As many lanes as the instruction set `S` has; to be used inside `fearless_simd::dispatch!` only.
#[derive(Clone, Copy, Debug)]
pub struct SimdLanes<S>(pub S);

/// Eight lanes in as many registers of the instruction set `S` as they take; to be used inside
/// `fearless_simd::dispatch!` only.
///
/// For sums over lanes: as many lanes everywhere, so that the sums have the same bits everywhere.
#[derive(Clone, Copy, Debug)]
pub struct EightLanes<S>(pub S);

/// Implements the lanes of a vector type.
macro_rules! lanes {
    ($($name:ident $vector:ty),*) => {$(
        impl<S: Simd> Lanes for $name<S> {
            type F = $vector;
            const COUNT: usize = <$vector as SimdBase<S>>::LEN;

            #[inline(always)]
            fn splat(self, x: f64) -> Self::F {
                <$vector>::splat(self.0, x)
            }

            #[inline(always)]
            fn load(self, from: &[f64]) -> Self::F {
                <$vector>::from_slice(self.0, from)
            }

            #[inline(always)]
            fn store(self, x: Self::F, into: &mut [f64]) {
                x.store_slice(into);
            }

            #[inline(always)]
            fn select_less(self, a: Self::F, b: Self::F, then: Self::F, otherwise: Self::F) -> Self::F {
                a.simd_lt(b).select(then, otherwise)
            }

            // One instruction each. In this order x86 answers with `x` where that is a NaN; NEON and WebAssembly answer with the
            // NaN in either order. Plain code would answer with the bound, so there it is compared; which of the two it is, the
            // compiler knows.
            #[inline(always)]
            fn at_least(self, bound: Self::F, x: Self::F) -> Self::F {
                if self.0.level().is_fallback() {
                    self.select_less(x, bound, bound, x)
                } else {
                    bound.max(x)
                }
            }

            #[inline(always)]
            fn at_most(self, bound: Self::F, x: Self::F) -> Self::F {
                if self.0.level().is_fallback() {
                    self.select_less(bound, x, bound, x)
                } else {
                    bound.min(x)
                }
            }

            #[inline(always)]
            fn abs(self, x: Self::F) -> Self::F {
                x.abs()
            }

            #[inline(always)]
            fn with_sign_of(self, size: Self::F, x: Self::F) -> Self::F {
                let sign = <$vector>::splat(self.0, -0.0).to_bits();
                <$vector>::from_bits(size.to_bits() | x.to_bits() & sign)
            }

            #[inline(always)]
            fn float_with_exponent(self, x: Self::F) -> Self::F {
                <$vector>::from_bits(x.to_bits() << 52)
            }

            #[inline(always)]
            fn sqrt(self, x: Self::F) -> Self::F {
                x.sqrt()
            }

            #[inline(always)]
            fn map(self, x: Self::F, f: impl Fn(f64) -> f64) -> Self::F {
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
    )*};
}
lanes!(SimdLanes S::f64s, EightLanes f64x8<S>);
