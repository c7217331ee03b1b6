//! Transcendental functions with the same bits on every machine, for one number and for SIMD vectors.
//!
//! `exp`, `sigmoid`, and `tanh` are implemented here, over [`Lanes`], with operations that IEEE 754 defines exactly.
//! They give the same bits for `f64` and for vectors of every width, except for the bits of a NaN. The other functions
//! are those of the crate `libm`, which is pure Rust, so they give the same bits on every machine, too.
//!
//! Largest errors measured, in units in the last place (ulp), against mpmath with 140 bits:
//!
//! | function | ulp | points | range |
//! |---|---|---|---|
//! | `exp` | 0.94 | 400,000 | -745 to 709.7, a fifth of them subnormal results, two fifths near the ends of the reduced interval |
//! | `sigmoid` | 2.15 | 400,000 | -708 to 42; below, where the result is subnormal, up to 6e-309 absolute |
//! | `tanh` | 2.68 | 300,000 | magnitudes 1e-300 to 20, five eighths of them below 1 |
//! | `ln` | 0.76 | 100,000 | 1e-130 to 1e130, half of them below 4 |
//! | `sin`, `cos` | 0.71, 0.74 | 100,000 | magnitudes 2e-9 to 5e8, half of them up to 10 |
//! | `asin`, `acos` | 0.79, 0.87 | 40,000 | magnitudes 1e-9 to 1 |
//! | `atan` | 0.76 | 40,000 | magnitudes 1e-9 to 1e9 |
//! | `atan2` | 1.23 | 40,000 | magnitudes 1e-9 to 1e9 |
//! | `sinh`, `cosh` | 1.70, 1.24 | 40,000 | magnitudes 1e-9 to 700 |
//! | `exp2` | 0.51 | 40,000 | -1020 to 1023 |
//! | `log2`, `log10` | 0.71, 0.60 | 40,000 | 1e-130 to 1e130, half of them below 4 |
//! | `cbrt` | 0.50 | 40,000 | magnitudes 1e-300 to 1e300 |
//! | `powf` | 0.81 | 100,000 | x from 2e-9 to 5e8, y from -34 to 34 |
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

// In WebAssembly every function has the SIMD instructions, so inlining is not needed there: calls keep the page smaller.

mod lane_group;
mod lanes;
mod registers;

pub use lane_group::{LaneGroup, UnrolledLanes};
pub use lanes::{Lanes, Scalar};
pub use registers::{EightLanes, SimdLanes};

/// Returns e to the power of x.
pub fn exp(x: f64) -> f64 {
    exp_lanes(Scalar, x)
}

/// Returns the logistic function 1 / (1 + exp(-x)), between 0 and 1.
pub fn sigmoid(x: f64) -> f64 {
    sigmoid_lanes(Scalar, x)
}

/// Returns the hyperbolic tangent, between -1 and 1.
pub fn tanh(x: f64) -> f64 {
    tanh_lanes(Scalar, x)
}

/// Returns ln(1 + exp(x)), which is close to 0 for very negative x and close to x for large x.
pub fn softplus(x: f64) -> f64 {
    softplus_lanes(Scalar, x)
}

/// Returns the natural logarithm of 1 + x, accurate also for small x.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Returns the natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Returns the sine of x radians.
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Returns the cosine of x radians.
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// Returns the tangent of x radians.
pub fn tan(x: f64) -> f64 {
    libm::tan(x)
}

/// Returns the arctangent in radians, between -pi/2 and pi/2.
pub fn atan(x: f64) -> f64 {
    libm::atan(x)
}

/// Returns the arcsine in radians, or NaN outside -1 to 1.
pub fn asin(x: f64) -> f64 {
    libm::asin(x)
}

/// Returns the arccosine in radians, or NaN outside -1 to 1.
pub fn acos(x: f64) -> f64 {
    libm::acos(x)
}

/// Returns the hyperbolic sine.
pub fn sinh(x: f64) -> f64 {
    libm::sinh(x)
}

/// Returns the hyperbolic cosine.
pub fn cosh(x: f64) -> f64 {
    libm::cosh(x)
}

/// Returns 2 to the power of x.
pub fn exp2(x: f64) -> f64 {
    libm::exp2(x)
}

/// Returns the logarithm to base 2.
pub fn log2(x: f64) -> f64 {
    libm::log2(x)
}

/// Returns the logarithm to base 10.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// Returns the cube root; that of a negative number is negative.
pub fn cbrt(x: f64) -> f64 {
    libm::cbrt(x)
}

/// Returns the angle of the point (x, y) in radians, between -pi and pi.
pub fn atan2(y: f64, x: f64) -> f64 {
    libm::atan2(y, x)
}

/// Returns x to the power of y.
pub fn powf(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Returns [`exp`] of each lane.
#[inline(always)]
pub fn exp_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    let (rest, exponent) = reduced_exp_of_minus(l, clamp(l, -x, -LARGE, 746.0));
    let factor = l.splat(1.0) + rest;
    // For a subnormal result, the power of two would be subnormal, too. It is therefore scaled by 2^128, and a final
    // multiplication, which rounds once, removes the scale.
    let tiny = l.splat(TINY);
    let more = l.select_less(x, tiny, l.splat(128.0), l.splat(0.0));
    let less = l.select_less(x, tiny, l.splat(TWO_TO_MINUS_128), l.splat(1.0));
    let half = factor * l.float_with_exponent(exponent + more);
    (half + half) * less
}

/// Returns [`sigmoid`] of each lane.
#[inline(always)]
pub fn sigmoid_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    // 0.5 / (0.5 + exp(-x) / 2) has the same bits as with 1 and needs one operation less. At the other end, the clamped
    // term is negligible compared with 0.5.
    let (rest, exponent) = reduced_exp_of_minus(l, clamp(l, x, -LARGE, -TINY));
    let (half, factor) = (l.splat(0.5), l.splat(1.0) + rest);
    half / (half + factor * l.float_with_exponent(exponent))
}

/// Returns [`tanh`] of each lane.
#[inline(always)]
pub fn tanh_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    // Beyond this bound, the result rounds to 1.
    let size = l.at_most(l.splat(20.0), l.abs(x));
    // exp(-2 x) = 2^k exp(2 r), where exp(2 r) = (c + r) / (c - r) with the even c = r coth r. So one division is
    // enough: tanh x = ((c - r) - 2^k (c + r)) / ((c - r) + 2^k (c + r)). 2^k plus or minus 1 is exact, and small terms
    // are added last, so the result is accurate for small x.
    let round = l.splat(ROUND + 1.0);
    let rounded = size * l.splat(-2.0 * std::f64::consts::LOG2_E) + round;
    let r = (rounded - round) * l.splat(-0.5 * std::f64::consts::LN_2) - size;
    let r2 = r * r;
    let [c2, c4, c6, c8, c10] = R_COTH_R.map(|c| l.splat(c));
    // Evaluation in pairs needs one operation more than Horner's method, but has two thirds of its latency.
    let r4 = r2 * r2;
    let c_less_1 = ((c2 + c4 * r2) + ((c6 + c8 * r2) + c10 * r4) * r4) * r2;
    let (power, one) = (l.float_with_exponent(rounded), l.splat(1.0));
    let (less, more) = (c_less_1 - r, power * (c_less_1 + r));
    let tanh = ((one - power) + (less - more)) / ((one + power) + (less + more));
    l.with_sign_of(tanh, x)
}

/// Returns [`softplus`] of each lane.
#[inline(always)]
pub fn softplus_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    let zero = l.splat(0.0);
    let minus_size = l.select_less(x, zero, x, -x);
    l.select_less(x, zero, zero, x) + l.map(exp_lanes(l, minus_size), ln_1p)
}

/// Upper bound of the argument. There, k is 1025, so 2^(k - 1) and exp are infinite.
const LARGE: f64 = 710.4;

/// Lower bound for which exp is a normal number, with a margin.
const TINY: f64 = -707.0;

/// 2^-128.
const TWO_TO_MINUS_128: f64 = f64::from_bits((1023 - 128) << 52);

/// 1.5 * 2^52 + 1022. Adding it rounds a number to an integer k. The low bits of the sum are k + 1022, the exponent
/// field of 2^(k - 1).
const ROUND: f64 = 6_755_399_441_055_744.0 + 1022.0;

/// ln 2 in two parts (Cody and Waite). The first part has 42 bits, so its product with any k is exact.
const LN_2: [f64; 2] = [0.693_147_180_559_890_3, 5.497_923_018_708_371e-14];

/// 1/2 - log2(3/2), added to x / ln 2 before rounding, so that exp(r) lies between 3/4 and 3/2.
///
/// In the symmetric interval, exp(r) would be as small as 0.707, and the rounding errors would add up to 0.98 ulp.
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

/// Coefficients of the powers 2, 4, 6, 8 and 10 in r coth r.
///
/// Own Remez exchange (mpmath, 50 digits): the minimax q of degree 4 for the relative error of 1 + r^2 q(r^2) where r is
/// up to ln(2) / 4, widened by 0.1%. It is 8.6e-19; 9.4e-19 with the coefficients rounded to f64.
const R_COTH_R: [f64; 5] = [
    0.333_333_333_333_332_04,
    -0.022_222_222_221_609_213,
    0.002_116_402_022_484_980_8,
    -0.000_211_633_931_139_344_93,
    2.118_699_442_152_088e-5,
];

/// Clamps `x` to the bounds; NaN is kept.
#[inline(always)]
fn clamp<L: Lanes>(l: L, x: L::F, low: f64, high: f64) -> L::F {
    l.at_most(l.splat(high), l.at_least(l.splat(low), x))
}

/// Reduces exp(-x) to exp(r) times 2^k. Returns exp(r) - 1 and k + [`ROUND`], whose low bits encode half the second
/// factor, 2^(k - 1).
///
/// Half of the factor is finite for k = 1024. The function computes exp(-x), because the sigmoid needs it.
#[inline(always)]
fn reduced_exp_of_minus<L: Lanes>(l: L, x: L::F) -> (L::F, L::F) {
    let round = l.splat(ROUND);
    let rounded = (x * l.splat(-std::f64::consts::LOG2_E) + l.splat(SHIFT)) + round;
    let k = rounded - round;
    let r = k * l.splat(-LN_2[0]) - x - k * l.splat(LN_2[1]);

    // Evaluation in pairs needs one operation more than Horner's method, but has half its latency.
    let [c2, c3, c4, c5, c6, c7, c8, c9, c10, c11] = EXP;
    let r2 = r * r;
    let q = l.splat(c10) + l.splat(c11) * r;
    let q = (l.splat(c8) + l.splat(c9) * r) + q * r2;
    let q = (l.splat(c6) + l.splat(c7) * r) + q * r2;
    let q = (l.splat(c4) + l.splat(c5) * r) + q * r2;
    let q = (l.splat(c2) + l.splat(c3) * r) + q * r2;
    (r + q * r2, rounded)
}
