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
//! | `exp` | 1.04 | 120,000 | -745 to 709.7, half of them near the ends of the reduced interval |
//! | `sigmoid` | 2.28 | 120,000 | -708 to 42; below, where the result is subnormal or 0, up to 1.6e-308 absolute |
//! | [`sigmoid2_lanes`] | 2.67 | 120,000 | -1020 to 54 |
//! | `tanh` | 2.61 | 75,000 | magnitudes 1e-10 to 10, half of them below 1.5 |
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

mod exponential;
mod lane_group;
mod lanes;
mod registers;

pub use exponential::{exp, exp_lanes, sigmoid_lanes, sigmoid2_lanes, softplus_lanes, tanh_lanes};
pub use lane_group::{LaneGroup, UnrolledLanes};
pub use lanes::{Lanes, Scalar};
pub use registers::{EightLanes, SimdLanes};

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
