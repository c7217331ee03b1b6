//! Transcendental functions with the same bits on every machine, for one number and for SIMD vectors.
//!
//! `exp` and `sigmoid` are our own, written once over [`Lanes`] from operations that IEEE 754 rounds exactly: the same
//! bits for plain `f64` and for vectors of every width. (Only which NaN stands for "not a number" is the machine's.)
//! The others are the crate `libm`'s, pure Rust without the platform's mathematics library, hence the same bits too.
//!
//! Largest errors measured, in units in the last place (ulp), against mpmath with 140 bits:
//!
//! | function | ulp | points | range |
//! |---|---|---|---|
//! | `exp` | 0.94 | 400,000 | -745 to 709.7, a fifth of them subnormal results, two fifths near the ends of the reduced interval |
//! | `sigmoid` | 2.15 | 400,000 | -708 to 42; below, where the result is subnormal, up to 6e-309 absolute |
//! | `ln` | 0.76 | 100,000 | 1e-130 to 1e130, half of them below 4 |
//! | `sin`, `cos` | 0.71, 0.74 | 100,000 | magnitudes 2e-9 to 5e8, half of them up to 10 |
//! | `powf` | 0.81 | 100,000 | x from 2e-9 to 5e8, y from -34 to 34 |
//!
//! `tanh` is absent: `libm`'s is off by 2.03 ulp.
#![allow(
    clippy::inline_always,
    reason = "what runs inside a SIMD region must be inlined into it, or it is compiled without its instructions"
)]

use fearless_simd::{Simd, prelude::*};
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

/// e to the power of x.
pub fn exp(x: f64) -> f64 {
    exp_lanes(Scalar, x)
}

/// The logistic function 1 / (1 + exp(-x)), between 0 and 1.
pub fn sigmoid(x: f64) -> f64 {
    sigmoid_lanes(Scalar, x)
}

/// Natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Sine of x radians.
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Cosine of x radians.
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// x to the power of y.
pub fn powf(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// [`exp`] of each lane.
#[inline(always)]
pub fn exp_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    let (factor, exponent) = reduced_exp_of_minus(l, clamp(l, -x, -LARGE, 746.0));
    // Below the normal numbers the power of two would be subnormal itself: 128 powers more, taken away in a last
    // multiplication, which rounds once.
    let tiny = l.splat(TINY);
    let more = l.select_less(x, tiny, l.splat(128.0), l.splat(0.0));
    let less = l.select_less(x, tiny, l.splat(TWO_TO_MINUS_128), l.splat(1.0));
    let half = factor * l.float_with_exponent(exponent + more);
    (half + half) * less
}

/// [`sigmoid`] of each lane.
#[inline(always)]
pub fn sigmoid_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    // 0.5 / (0.5 + exp(-x) / 2): the same bits as with 1, and one operation less. What is clamped at the other end
    // vanishes beside 0.5.
    let (factor, exponent) = reduced_exp_of_minus(l, clamp(l, x, -LARGE, -TINY));
    let half = l.splat(0.5);
    half / (half + factor * l.float_with_exponent(exponent))
}

/// Upper bound of what is reduced: k is 1025 there, so that 2^(k - 1) is infinite and with it exp.
const LARGE: f64 = 710.4;

/// Down to this, exp is a normal number with some room.
const TINY: f64 = -707.0;

/// 2^-128.
const TWO_TO_MINUS_128: f64 = f64::from_bits((1023 - 128) << 52);

/// 1.5 * 2^52 + 1022: added to a number, it rounds it to an integer k and leaves the bits of k + 1022 at the low end,
/// which are the exponent field of 2^(k - 1).
const ROUND: f64 = 6_755_399_441_055_744.0 + 1022.0;

/// ln 2 in two parts (Cody and Waite): the first has 42 bits, so that its product with any k here is exact.
const LN_2: [f64; 2] = [0.693_147_180_559_890_3, 5.497_923_018_708_371e-14];

/// Added to x / ln 2 before rounding, so that exp(r) lies between 3/4 and 3/2: 1/2 - log2(3/2).
///
/// In the symmetric interval, with exp(r) down to 0.707, roundings of r below -1/4 and of results below 1 add up to
/// 0.98 ulp.
const SHIFT: f64 = -0.084_962_500_721_156_18;

/// Coefficients of the powers 2 to 11 in exp(r).
///
/// Own Remez exchange (mpmath, 60 digits): the minimax q of degree 9 for the relative error of 1 + r + r^2 q(r) on
/// [ln(3/4), ln(3/2)], widened by 0.1%. It is 4.1e-18; 6.9e-18 with the coefficients rounded to f64.
const EXP: [f64; 10] = [
    0.499_999_999_999_999_9,
    0.166_666_666_666_677_48,
    0.041_666_666_666_687_37,
    0.008_333_333_332_416_011,
    0.001_388_888_888_454_433_7,
    0.000_198_412_724_940_042_7,
    2.480_157_727_147_466_3e-5,
    2.755_410_018_883_092_5e-6,
    2.758_973_142_397_172_3e-7,
    2.647_355_768_116_335_6e-8,
];

/// `x` between the bounds; a NaN stays one.
#[inline(always)]
fn clamp<L: Lanes>(l: L, x: L::F, low: f64, high: f64) -> L::F {
    let (low, high) = (l.splat(low), l.splat(high));
    let x = l.select_less(x, low, low, x);
    l.select_less(high, x, high, x)
}

/// exp(-x) = exp(r) times 2^k: returns exp(r), and k + [`ROUND`], which holds half the second factor, 2^(k - 1).
///
/// Half, because it exists for k = 1024. Of minus x, because that is what the sigmoid asks for.
#[inline(always)]
fn reduced_exp_of_minus<L: Lanes>(l: L, x: L::F) -> (L::F, L::F) {
    let round = l.splat(ROUND);
    let rounded = (x * l.splat(-std::f64::consts::LOG2_E) + l.splat(SHIFT)) + round;
    let k = rounded - round;
    let r = k * l.splat(-LN_2[0]) - x - k * l.splat(LN_2[1]);

    // In pairs: as many operations as step by step (Horner) and one, with half the latency.
    let [c2, c3, c4, c5, c6, c7, c8, c9, c10, c11] = EXP;
    let r2 = r * r;
    let q = l.splat(c10) + l.splat(c11) * r;
    let q = (l.splat(c8) + l.splat(c9) * r) + q * r2;
    let q = (l.splat(c6) + l.splat(c7) * r) + q * r2;
    let q = (l.splat(c4) + l.splat(c5) * r) + q * r2;
    let q = (l.splat(c2) + l.splat(c3) * r) + q * r2;
    (l.splat(1.0) + (r + q * r2), rounded)
}
