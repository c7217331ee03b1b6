//! The exponential function and the functions made from it.
//!
//! All of them split x into k ln 2 + r and compute exp(r) as (c + r) / (c - r) with the even function c = r coth(r / 2). Half
//! as many coefficients as for exp(r) itself are enough for c, and the sigmoid and tanh need a division anyway.

use super::{Lanes, Scalar, ln_1p};
use std::f64::consts::{LN_2, LOG2_E};

/// Returns e to the power of x.
#[inline]
pub fn exp(x: f64) -> f64 {
    if x.abs() < -TINY {
        // Nothing overflows, and the power of two is a normal number.
        let (factor, exponent) = reduced_exp(Scalar, x);
        factor * Scalar.float_with_exponent(exponent)
    } else {
        exp_lanes(Scalar, x)
    }
}

/// Returns [`exp`] of each lane.
#[inline(always)]
pub fn exp_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    let (factor, exponent) = reduced_exp(l, clamp(l, x, -746.0, 710.4));
    // For a subnormal result, the power of two would be subnormal, too. It is therefore scaled by 2^128, and a final
    // multiplication, which rounds once, removes the scale.
    let tiny = l.splat(TINY);
    let more = l.select_less(x, tiny, l.splat(127.0), l.splat(-1.0));
    let less = l.select_less(x, tiny, l.splat(TWO_TO_MINUS_128), l.splat(1.0));
    // Half of the power is finite for the largest k of a finite result, 1024, and infinite for the next.
    let half = factor * l.float_with_exponent(exponent + more);
    (half + half) * less
}

/// Returns [`sigmoid`](super::sigmoid) of each lane.
#[inline(always)]
pub fn sigmoid_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    let x = clamp(l, x, -710.0, -TINY);
    // exp(-x) = 2^k exp(-r).
    let round = l.splat(ROUND);
    let exponent = round - x * l.splat(LOG2_E);
    let k = exponent - round;
    let r = x + k * l.splat(LN_2_PARTS[0]) + k * l.splat(LN_2_PARTS[1]);
    let c = l.splat(2.0) + c_less_2(l, r * r);
    share(l, c + r, c - r, exponent)
}

/// Returns 1 / (1 + 2^-x) of each lane. It is the sigmoid of x ln 2 and needs fewer operations than [`sigmoid_lanes`],
/// because x is split into k and r without rounding.
#[inline(always)]
pub fn sigmoid2_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    let x = clamp(l, x, -1024.0, 1020.0);
    let round = l.splat(ROUND);
    let exponent = round - x;
    let r = x + (exponent - round);
    let [c0, c2, c4, c6, c8] = C_OF_TWO;
    let r2 = r * r;
    // Horner's method has the fewest operations. Several of these functions are evaluated at the same time, which hides its
    // latency.
    let c = l.splat(c6) + l.splat(c8) * r2;
    let c = l.splat(c4) + c * r2;
    let c = l.splat(c2) + c * r2;
    let c = l.splat(c0) + c * r2;
    share(l, c + r, c - r, exponent)
}

/// Returns [`tanh`](super::tanh) of each lane.
#[inline(always)]
pub fn tanh_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    // Beyond these bounds, the result rounds to 1.
    let x = clamp(l, x, -20.0, 20.0);
    // exp(-2 x) = 2^k (c + r) / (c - r), so one division is enough:
    // tanh x = ((c - r) - 2^k (c + r)) / ((c - r) + 2^k (c + r)). 2^k plus or minus 1 is exact, and small terms are added
    // last, so the result is accurate for small x.
    let round = l.splat(ROUND);
    let exponent = round - x * l.splat(2.0 * LOG2_E);
    let r = (round - exponent) * l.splat(0.5 * LN_2) - x;
    let r2 = r * r;
    let [c2, c4, c6, c8, c10] = R_COTH_R;
    // Evaluation in pairs needs one operation more than Horner's method, but has two thirds of its latency.
    let r4 = r2 * r2;
    let high = (l.splat(c6) + l.splat(c8) * r2) + l.splat(c10) * r4;
    let c_less_1 = ((l.splat(c2) + l.splat(c4) * r2) + high * r4) * r2;
    let (power, one) = (l.float_with_exponent(exponent), l.splat(1.0));
    let (less, more) = (c_less_1 - r, power * (c_less_1 + r));
    ((one - power) + (less - more)) / ((one + power) + (less + more))
}

/// Returns [`softplus`](super::softplus) of each lane.
#[inline(always)]
pub fn softplus_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    let zero = l.splat(0.0);
    let minus_size = l.select_less(x, zero, x, -x);
    l.select_less(x, zero, zero, x) + l.map(exp_lanes(l, minus_size), ln_1p)
}

/// Lower bound for which exp is a normal number, with a margin.
const TINY: f64 = -707.0;

/// 2^-128.
const TWO_TO_MINUS_128: f64 = f64::from_bits((1023 - 128) << 52);

/// 1.5 * 2^52 + 1023. Adding it rounds a number to an integer k. The low bits of the sum are k + 1023, the exponent
/// field of 2^k.
const ROUND: f64 = 6_755_399_441_055_744.0 + 1023.0;

/// ln 2 in two parts (Cody and Waite). The first part has 42 bits, so its product with any k is exact.
const LN_2_PARTS: [f64; 2] = [0.693_147_180_559_890_3, 5.497_923_018_708_371e-14];

/// 1/2 - log2(3/2), added to x / ln 2 before rounding, so that exp(r) lies between 3/4 and 3/2. It would otherwise be as small
/// as 0.707, where the same rounding errors are more units in the last place.
const SHIFT: f64 = -0.084_962_500_721_156_18;

/// Coefficients of the powers 2, 4, 6, 8 and 10 in r coth r.
///
/// Own Remez exchange (mpmath, 50 digits): the minimax q of degree 4 for the relative error of 1 + r^2 q(r^2) where r is
/// up to ln(3/2) / 2, widened by 0.1%. It is 5.6e-18; 6.6e-18 with the coefficients rounded to f64.
const R_COTH_R: [f64; 5] = [
    0.333_333_333_333_327_1,
    -0.022_222_222_220_080_096,
    0.002_116_401_876_493_561_3,
    -0.000_211_628_483_036_741_2,
    2.111_723_113_177_597_5e-5,
];

/// Coefficients of the powers 0, 2, 4, 6 and 8 in c = r coth(r ln(2) / 2), with 2^r = (c + r) / (c - r).
///
/// Own Remez exchange (mpmath, 50 digits): the minimax c of degree 8 for the relative error of the quotient where r is up to
/// 1/2, widened by 0.1%. It is 1.8e-16; 1.9e-16 with the coefficients rounded to f64.
const C_OF_TWO: [f64; 5] = [
    2.885_390_081_777_943,
    0.115_524_530_092_027_83,
    -0.000_925_068_448_774_33,
    1.058_192_456_682_938_3e-5,
    -1.260_490_820_909_806_8e-7,
];

/// Clamps `x` to the bounds; NaN is kept.
#[inline(always)]
fn clamp<L: Lanes>(l: L, x: L::F, low: f64, high: f64) -> L::F {
    l.at_most(l.splat(high), l.at_least(l.splat(low), x))
}

/// Reduces exp(x) to exp(r) times 2^k. Returns exp(r) and k + [`ROUND`], whose low bits encode the second factor.
#[inline(always)]
fn reduced_exp<L: Lanes>(l: L, x: L::F) -> (L::F, L::F) {
    let round = l.splat(ROUND);
    let exponent = (x * l.splat(LOG2_E) + l.splat(SHIFT)) + round;
    let k = exponent - round;
    let r = (x - k * l.splat(LN_2_PARTS[0])) - k * l.splat(LN_2_PARTS[1]);
    // exp(r) = 1 + 2 r / (c - r). Only the last sum has a rounding error of the size of the result.
    let c_less_r = l.splat(2.0) - (r - c_less_2(l, r * r));
    (l.splat(1.0) + (r + r) / c_less_r, exponent)
}

/// Returns r coth(r / 2) - 2, given the square of r.
#[inline(always)]
fn c_less_2<L: Lanes>(l: L, r2: L::F) -> L::F {
    // Coefficients of r coth r for r / 2; the divisions are exact.
    let [c2, c4, c6, c8, c10] = R_COTH_R;
    let r4 = r2 * r2;
    let high = (l.splat(c6 / 32.0) + l.splat(c8 / 128.0) * r2) + l.splat(c10 / 512.0) * r4;
    ((l.splat(c2 / 2.0) + l.splat(c4 / 8.0) * r2) + high * r4) * r2
}

/// Returns a / (a + 2^k b), where the low bits of `exponent` encode 2^k. If k is 1023 or 1024, the result is 0.
#[inline(always)]
fn share<L: Lanes>(l: L, a: L::F, b: L::F, exponent: L::F) -> L::F {
    a / (a + b * l.float_with_exponent(exponent))
}
