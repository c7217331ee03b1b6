//! Numbers that a formula is written in once, for its value, its gradient and its second derivatives.
//!
//! A [`Dual`] is a number with its two slopes; every operation applies the chain rule (forward differentiation). The
//! slopes of a dual of duals are duals again, so that it has the second derivatives. What a dual does with its value is
//! what the number inside does: the value has the same bits with slopes and without.
#![allow(
    clippy::inline_always,
    reason = "what runs inside a SIMD region must be inlined into it, or it is compiled without its instructions"
)]

mod plain;

pub use plain::LaneNumber;
use std::ops::{Add, Div, Mul, Neg, Sub};

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

/// Functions of one number; each but the first is a method of [`Number`] too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the methods have them")]
pub enum Unary {
    Minus,
    Squared,
    Sqrt,
    Exp,
    Ln,
    Tanh,
    Sin,
    Cos,
}

impl Operator {
    /// Applies the operator to two numbers, or to a number and a constant.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn apply<A, B>(self, a: A, b: B) -> A
    where
        A: Add<B, Output = A> + Sub<B, Output = A> + Mul<B, Output = A> + Div<B, Output = A>,
    {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
        }
    }
}

/// Methods for functions of one number.
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

/// What a formula can do with its variables.
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
    /// `c` in every lane that this number has; its slopes are 0.
    #[must_use]
    fn constant(self, c: f64) -> Self;

    /// `if a < b { then } else { otherwise }`, lane by lane, by the values alone.
    #[must_use]
    fn select_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self;

    /// A function of this.
    #[must_use]
    fn unary(self, f: Unary) -> Self;

    /// The power with a constant exponent.
    #[must_use]
    fn powf(self, exponent: f64) -> Self;

    functions! {
        /// The square.
        squared Squared,
        /// The square root. Where the square under it touches 0, as at the tip of a cone, it counts as flat.
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
    }
}

/// A number with its slopes by two variables.
#[derive(Clone, Copy, Debug)]
pub struct Dual<N> {
    /// The number itself.
    pub value: N,
    /// Its derivatives.
    pub slopes: [N; 2],
}

impl<N: Number> Dual<N> {
    /// The two variables of a formula.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn variables([x, y]: [N; 2]) -> [Self; 2] {
        let (zero, one) = (x.constant(0.0), x.constant(1.0));
        let variable = |value, slopes| Self { value, slopes };
        [variable(x, [one, zero]), variable(y, [zero, one])]
    }

    /// What `f` makes of each slope. Not by the array's own `map`: where bytes count, that is no longer inlined.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn each(self, f: impl Fn(N) -> N) -> [N; 2] {
        [f(self.slopes[0]), f(self.slopes[1])]
    }

    /// A function's `value` here, where its derivative is `slope`.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn chain(self, value: N, slope: N) -> Self {
        let slopes = self.each(|d| d * slope);
        Self { value, slopes }
    }
}

/// Implements an operator that acts on values and slopes alike.
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

/// Implements an operator with a constant that scales value and slopes alike.
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
            Unary::Sqrt => {
                let zero = value.constant(0.0);
                let slopes = self.each(|d| {
                    let slope = d / (value * 2.0);
                    // 0 / 0 counts as 0; a NaN stays one.
                    let flat = N::select_less(d, zero, slope, d * 0.0);
                    N::select_less(zero, d, slope, flat)
                });
                return Self { value, slopes };
            }
            Unary::Squared => x * 2.0,
            Unary::Exp => value,
            Unary::Ln => x.constant(1.0) / x,
            Unary::Tanh => -value.squared() + 1.0,
            Unary::Sin => x.cos(),
            Unary::Cos => -x.sin(),
        };
        self.chain(value, slope)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn powf(self, exponent: f64) -> Self {
        let slope = self.value.powf(exponent - 1.0) * exponent;
        self.chain(self.value.powf(exponent), slope)
    }
}
