//! Lanes in SIMD registers: one register of lanes, or eight lanes in one or more registers.

use super::Lanes;
use fearless_simd::{Simd, f64x8, prelude::*};

/// One register of lanes of the instruction set `S`. Use it only inside `fearless_simd::dispatch!`.
#[derive(Clone, Copy, Debug)]
pub struct SimdLanes<S>(pub S);

/// Eight lanes in one or more registers of the instruction set `S`. Use it only inside `fearless_simd::dispatch!`.
///
/// The number of lanes is the same on every machine, so sums over lanes have the same bits.
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

            #[inline(always)]
            fn less_bits(self, a: Self::F, b: Self::F) -> u64 {
                a.simd_lt(b).to_bitmask()
            }

            #[inline(always)]
            fn abs(self, x: Self::F) -> Self::F {
                x.abs()
            }

            // One instruction each. In this order, x86 returns `x` if it is NaN; NEON and WebAssembly return NaN in
            // either order. The scalar fallback would return the bound, so it compares instead. The compiler removes
            // the unused branch.
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
            fn float_with_exponent(self, x: Self::F) -> Self::F {
                <$vector>::from_bits(x.to_bits() << 52)
            }

            #[inline(always)]
            fn sqrt(self, x: Self::F) -> Self::F {
                x.sqrt()
            }

            #[inline(always)]
            fn map(self, x: Self::F, f: impl Fn(f64) -> f64) -> Self::F {
                // No register has more lanes.
                let mut lanes = [0.0; 8];
                let lanes = &mut lanes[..Self::COUNT];
                x.store_slice(lanes);
                for x in lanes.iter_mut() {
                    *x = f(*x);
                }
                self.load(lanes)
            }

            #[inline(always)]
            fn map_pairs(self, a: Self::F, b: Self::F, f: impl Fn(f64, f64) -> f64) -> Self::F {
                let (mut first, mut second) = ([0.0; 8], [0.0; 8]);
                let (first, second) = (&mut first[..Self::COUNT], &mut second[..Self::COUNT]);
                a.store_slice(first);
                b.store_slice(second);
                for (a, b) in first.iter_mut().zip(second) {
                    *a = f(*a, *b);
                }
                self.load(first)
            }
        }
    )*};
}
lanes!(SimdLanes S::f64s, EightLanes f64x8<S>);
