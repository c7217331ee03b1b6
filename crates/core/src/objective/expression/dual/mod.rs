//! Number types with which a formula is written once, for its value, its gradient, and its second derivatives.
//!
//! A [`Dual`] is a number with two derivatives; every operation applies the chain rule (forward-mode automatic
//! differentiation). A dual of duals has second derivatives. A dual computes its value like the number inside, so the
//! value has the same bits with and without derivatives.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

mod lane_number;

pub use lane_number::LaneNumber;
use std::{
    f64::consts::{LN_2, LOG2_E, LOG10_E},
    ops::{Add, Div, Mul, Neg, Sub},
};

/// Operators between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The sum.
    Add,
    /// The difference.
    Subtract,
    /// The product.
    Multiply,
    /// The quotient.
    Divide,
}

/// Functions of one number. All except the first are also methods of [`Number`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the methods are documented")]
pub enum Unary {
    Minus,
    Squared,
    Sqrt,
    Exp,
    Ln,
    Tanh,
    Sin,
    Cos,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Sigmoid,
    Exp2,
    Log2,
    Log10,
    Cbrt,
    Floor,
}

impl Operator {
    /// Applies the operator to two numbers, or to a number and a constant, and stores the result. Each case stores its own result,
    /// because a result that all cases share would be copied through memory.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn write<A, B>(self, a: A, b: B, into: &mut A)
    where
        A: Add<B, Output = A> + Sub<B, Output = A> + Mul<B, Output = A> + Div<B, Output = A>,
    {
        match self {
            Self::Add => *into = a + b,
            Self::Subtract => *into = a - b,
            Self::Multiply => *into = a * b,
            Self::Divide => *into = a / b,
        }
    }
}

/// Defines methods for functions of one number.
macro_rules! functions {
    ($($(#[$doc:meta])* $method:ident $function:ident,)*) => {$(
        $(#[$doc])*
        #[must_use]
        #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
        fn $method(self) -> Self {
            self.unary(Unary::$function)
        }
    )*};
}

/// The operations of a formula.
pub trait Number:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
{
    /// Returns `c` in every lane of this number, with derivatives 0.
    #[must_use]
    fn constant(self, c: f64) -> Self;

    /// Computes `if a < b { then } else { otherwise }` per lane. Only the values of `a` and `b` are compared.
    #[must_use]
    fn select_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self;

    /// Applies a function.
    #[must_use]
    fn unary(self, f: Unary) -> Self;

    /// Raises to a constant exponent.
    #[must_use]
    fn powf(self, exponent: f64) -> Self;

    /// Returns the angle of the point (x, y) in radians, where y is this number.
    #[must_use]
    fn atan2(self, x: Self) -> Self;

    functions! {
        /// The square.
        squared Squared,
        /// The square root. Where its argument and derivative are 0, as at the tip of a cone, its derivative is 0.
        sqrt Sqrt,
        /// e to the power of this.
        exp Exp,
        /// The natural logarithm.
        ln Ln,
        /// The hyperbolic tangent.
        tanh Tanh,
        /// The sine.
        sin Sin,
        /// The cosine.
        cos Cos,
        /// The arcsine.
        asin Asin,
        /// The arccosine.
        acos Acos,
        /// The arctangent.
        atan Atan,
        /// The hyperbolic sine.
        sinh Sinh,
        /// The hyperbolic cosine.
        cosh Cosh,
        /// The logistic function 1 / (1 + exp(-x)).
        sigmoid Sigmoid,
        /// 2 to the power of this.
        exp2 Exp2,
        /// The logarithm to base 2.
        log2 Log2,
        /// The logarithm to base 10.
        log10 Log10,
        /// The cube root.
        cbrt Cbrt,
        /// The greatest whole number that is not greater than this. Its derivative is 0, also at the jumps.
        floor Floor,
    }
}

/// A number with its derivatives with respect to two variables.
#[derive(Clone, Copy, Debug)]
pub struct Dual<N> {
    /// The number.
    pub value: N,
    /// The derivatives.
    pub slopes: [N; 2],
}

impl<N: Number> Dual<N> {
    /// Creates the two variables of a formula.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn variables([x, y]: [N; 2]) -> [Self; 2] {
        let (zero, one) = (x.constant(0.0), x.constant(1.0));
        let variable = |value, slopes| Self { value, slopes };
        [variable(x, [one, zero]), variable(y, [zero, one])]
    }

    /// Applies `f` to each derivative. With optimization for size, `map` of arrays would not be inlined.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn each(self, f: impl Fn(N) -> N) -> [N; 2] {
        [f(self.slopes[0]), f(self.slopes[1])]
    }

    /// Divides each derivative, for a function with this value whose slope is 1 / `divisor`. Where derivative and divisor
    /// are 0, as at the tip of a cone, the result is 0.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn divided(self, value: N, divisor: N) -> Self {
        let slopes = self.each(|d| quotient_or_zero(d, divisor));
        Self { value, slopes }
    }

    /// Applies the chain rule for a function with this value and this derivative.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn chain(self, value: N, slope: N) -> Self {
        let slopes = self.each(|d| d * slope);
        Self { value, slopes }
    }
}

/// Returns `d / divisor`, or 0 where both are 0.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn quotient_or_zero<N: Number>(d: N, divisor: N) -> N {
    let (zero, slope) = (d.constant(0.0), d / divisor);
    // Only 0 / 0 is replaced by 0: elsewhere, 0 can have a derivative, which the Hessian contains. NaN is kept.
    let cone = N::select_less(divisor, zero, slope, d * 0.0);
    let cone = N::select_less(zero, divisor, slope, cone);
    let flat = N::select_less(d, zero, slope, cone);
    N::select_less(zero, d, slope, flat)
}

/// Implements an operator that acts on values and derivatives in the same way.
macro_rules! linear_operator {
    ($($name:ident $method:ident),*) => {$(
        impl<N: Number> $name for Dual<N> {
            type Output = Self;

            #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
            fn $method(self, other: Self) -> Self {
                let [a, b] = [self.slopes, other.slopes];
                let slopes = [a[0].$method(b[0]), a[1].$method(b[1])];
                let value = self.value.$method(other.value);
                Self { value, slopes }
            }
        }

        impl<N: Number> $name<f64> for Dual<N> {
            type Output = Self;

            #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
            fn $method(self, c: f64) -> Self {
                let value = self.value.$method(c);
                Self { value, ..self }
            }
        }
    )*};
}
linear_operator!(Add add, Sub sub);

impl<N: Number> Neg for Dual<N> {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn neg(self) -> Self {
        let slopes = self.each(|d| -d);
        Self {
            value: -self.value,
            slopes,
        }
    }
}

#[expect(clippy::suspicious_arithmetic_impl, reason = "the product rule adds")]
impl<N: Number> Mul for Dual<N> {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn mul(self, other: Self) -> Self {
        let slope = |i: usize| self.slopes[i] * other.value + self.value * other.slopes[i];
        Self {
            value: self.value * other.value,
            slopes: [slope(0), slope(1)],
        }
    }
}

#[expect(
    clippy::suspicious_arithmetic_impl,
    reason = "the quotient rule subtracts"
)]
impl<N: Number> Div for Dual<N> {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn div(self, other: Self) -> Self {
        let value = self.value / other.value;
        let slope = |i: usize| (self.slopes[i] - value * other.slopes[i]) / other.value;
        Self {
            value,
            slopes: [slope(0), slope(1)],
        }
    }
}

/// Implements an operator with a constant that scales value and derivatives.
macro_rules! scaling_operator {
    ($($name:ident $method:ident),*) => {$(
        impl<N: Number> $name<f64> for Dual<N> {
            type Output = Self;

            #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
            fn $method(self, c: f64) -> Self {
                let value = self.value.$method(c);
                let slopes = self.each(|d| d.$method(c));
                Self { value, slopes }
            }
        }
    )*};
}
scaling_operator!(Mul mul, Div div);

impl<N: Number> Number for Dual<N> {
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn constant(self, c: f64) -> Self {
        let zero = self.value.constant(0.0);
        Self {
            value: self.value.constant(c),
            slopes: [zero; 2],
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn select_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        let select = |then, otherwise| N::select_less(a.value, b.value, then, otherwise);
        let slope = |i: usize| select(then.slopes[i], otherwise.slopes[i]);
        Self {
            value: select(then.value, otherwise.value),
            slopes: [slope(0), slope(1)],
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn unary(self, f: Unary) -> Self {
        let (x, value) = (self.value, self.value.unary(f));
        let slope = match f {
            Unary::Minus => return -self,
            Unary::Sqrt => return self.divided(value, value * 2.0),
            Unary::Cbrt => return self.divided(value, value.squared() * 3.0),
            Unary::Asin => return self.divided(value, root_of_complement(x)),
            Unary::Acos => return self.divided(value, -root_of_complement(x)),
            Unary::Squared => x * 2.0,
            Unary::Exp => value,
            Unary::Ln => x.constant(1.0) / x,
            Unary::Tanh => -value.squared() + 1.0,
            Unary::Sin => x.cos(),
            Unary::Cos => -x.sin(),
            Unary::Atan => x.constant(1.0) / (x.squared() + 1.0),
            Unary::Sinh => x.cosh(),
            Unary::Cosh => x.sinh(),
            // 1 - value would lose its digits for large x.
            Unary::Sigmoid => value * (-x).sigmoid(),
            Unary::Exp2 => value * LN_2,
            Unary::Log2 => x.constant(LOG2_E) / x,
            Unary::Log10 => x.constant(LOG10_E) / x,
            Unary::Floor => x.constant(0.0),
        };
        self.chain(value, slope)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn powf(self, exponent: f64) -> Self {
        let slope = self.value.powf(exponent - 1.0) * exponent;
        self.chain(self.value.powf(exponent), slope)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn atan2(self, x: Self) -> Self {
        let square = x.value.squared() + self.value.squared();
        let slope = |i: usize| {
            let turn = self.slopes[i] * x.value - x.slopes[i] * self.value;
            quotient_or_zero(turn, square)
        };
        Self {
            value: self.value.atan2(x.value),
            slopes: [slope(0), slope(1)],
        }
    }
}

/// Returns sqrt(1 - x^2), accurate also near -1 and 1.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn root_of_complement<N: Number>(x: N) -> N {
    ((x + 1.0) * (-x + 1.0)).sqrt()
}
