//! Eight lanes of which one comes after the other, every operation a call.
//!
//! Where code has to be fetched, in the page: spelled out for eight lanes, a network's passes would be its largest part.

use super::{Lanes, Scalar};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Eight lanes, in turns: the same bits as in registers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turns;

/// Eight numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers([f64; 8]);

/// Implements an operator of [`Numbers`].
macro_rules! operator {
    ($($name:ident $method:ident),*) => {$(
        impl $name for Numbers {
            type Output = Self;

            #[inline(never)]
            fn $method(mut self, other: Self) -> Self {
                for (a, b) in self.0.iter_mut().zip(other.0) {
                    *a = a.$method(b);
                }
                self
            }
        }
    )*};
}
operator!(Add add, Sub sub, Mul mul, Div div);

impl Neg for Numbers {
    type Output = Self;

    #[inline(never)]
    fn neg(mut self) -> Self {
        for a in &mut self.0 {
            *a = -*a;
        }
        self
    }
}

impl Lanes for Turns {
    type F = Numbers;
    const COUNT: usize = 8;

    #[inline(never)]
    fn splat(self, x: f64) -> Numbers {
        Numbers([x; 8])
    }

    #[inline(never)]
    fn load(self, from: &[f64]) -> Numbers {
        let mut x = [0.0; 8];
        x.copy_from_slice(from);
        Numbers(x)
    }

    #[inline(never)]
    fn store(self, x: Numbers, into: &mut [f64]) {
        into.copy_from_slice(&x.0);
    }

    #[inline(never)]
    fn select_less(self, a: Numbers, b: Numbers, then: Numbers, mut otherwise: Numbers) -> Numbers {
        for (i, x) in otherwise.0.iter_mut().enumerate() {
            *x = Scalar.select_less(a.0[i], b.0[i], then.0[i], *x);
        }
        otherwise
    }

    #[inline(never)]
    fn abs(self, x: Numbers) -> Numbers {
        self.map(x, f64::abs)
    }

    #[inline(never)]
    fn with_sign_of(self, mut size: Numbers, x: Numbers) -> Numbers {
        for (size, x) in size.0.iter_mut().zip(x.0) {
            *size = Scalar.with_sign_of(*size, x);
        }
        size
    }

    #[inline(never)]
    fn float_with_exponent(self, x: Numbers) -> Numbers {
        self.map(x, |x| Scalar.float_with_exponent(x))
    }

    #[inline(never)]
    fn sqrt(self, x: Numbers) -> Numbers {
        self.map(x, f64::sqrt)
    }

    #[inline(never)]
    fn map(self, mut x: Numbers, f: impl Fn(f64) -> f64) -> Numbers {
        for x in &mut x.0 {
            *x = f(*x);
        }
        x
    }
}
