//! Several vectors of lanes, evaluated together.

use super::Lanes;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// `N` vectors of lanes of `L`. Their operations are interleaved, which hides the latency of an operation.
#[derive(Clone, Copy, Debug)]
pub struct UnrolledLanes<L, const N: usize>(pub L);

/// The vectors of [`UnrolledLanes`].
#[derive(Clone, Copy, Debug)]
pub struct LaneGroup<F, const N: usize>(pub [F; N]);

/// Implements an operator of [`LaneGroup`] for one vector after the other.
macro_rules! operator {
    ($($name:ident $method:ident),*) => {$(
        impl<F: Copy + $name<Output = F>, const N: usize> $name for LaneGroup<F, N> {
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

impl<F: Copy + Neg<Output = F>, const N: usize> Neg for LaneGroup<F, N> {
    type Output = Self;

    #[inline(always)]
    fn neg(mut self) -> Self {
        for x in &mut self.0 {
            *x = -*x;
        }
        self
    }
}

impl<L: Lanes, const N: usize> Lanes for UnrolledLanes<L, N> {
    type F = LaneGroup<L::F, N>;
    const COUNT: usize = N * L::COUNT;

    #[inline(always)]
    fn splat(self, x: f64) -> Self::F {
        LaneGroup([self.0.splat(x); N])
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
    fn less_bits(self, a: Self::F, b: Self::F) -> u64 {
        let mut bits = 0;
        for i in 0..N {
            bits |= self.0.less_bits(a.0[i], b.0[i]) << (i * L::COUNT);
        }
        bits
    }

    #[inline(always)]
    fn abs(self, mut x: Self::F) -> Self::F {
        for x in &mut x.0 {
            *x = self.0.abs(*x);
        }
        x
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

    #[inline(always)]
    fn map_pairs(self, mut a: Self::F, b: Self::F, f: impl Fn(f64, f64) -> f64) -> Self::F {
        for (a, b) in a.0.iter_mut().zip(b.0) {
            *a = self.0.map_pairs(*a, b, &f);
        }
        a
    }
}
