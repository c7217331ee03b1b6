//! A formula as the list of what it does, which one function works out for all formulas.
//!
//! A formula compiled for itself is fast, and costs code: for its value, its gradient, its second derivatives. Where code
//! has to be fetched, in the page, a formula is recorded once and read from its tape ever after. The operations are the
//! same in the same order, and so are the bits.
#![allow(
    clippy::inline_always,
    reason = "what runs inside a SIMD region must be inlined into it, or it is compiled without its instructions"
)]

use crate::objective::expression::{dual::Number, surface::Formula};
use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Place of a number on the tape; the first two are the weights.
type Place = usize;

/// What a number is made from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Operation {
    Constant(f64),
    Unary(Unary, Place),
    Binary(Binary, Place, Place),
    WithConstant(Binary, Place, f64),
    Power(Place, f64),
    /// `if a < b { c } else { d }`.
    SelectLess([Place; 4]),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unary {
    Minus,
    Squared,
    Sqrt,
    Exp,
    Ln,
    Tanh,
    Sin,
    Cos,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A formula as the list of its operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    operations: Vec<Operation>,
    /// The formula's value.
    value: Place,
    /// Its residuals, where it is the sum of their squares.
    residuals: Vec<Place>,
}

impl Tape {
    /// Records a formula.
    pub fn of(formula: &impl Formula) -> Self {
        let operations = RefCell::new(Vec::new());
        let tape = &operations;
        let mut residuals = Vec::new();
        let weights = [0, 1].map(|place| Recorded { tape, place });
        let value = formula.parts(weights, &mut |part: Recorded| residuals.push(part.place));
        let value = value.place;
        Self {
            operations: operations.into_inner(),
            value,
            residuals,
        }
    }

    /// All numbers on the tape.
    #[inline(always)]
    fn numbers<N: Number>(&self, w: [N; 2]) -> Vec<N> {
        let mut numbers = Vec::with_capacity(2 + self.operations.len());
        numbers.extend(w);
        for operation in &self.operations {
            let number = match *operation {
                Operation::Constant(c) => w[0].constant(c),
                Operation::Unary(f, a) => unary(f, numbers[a]),
                Operation::Binary(f, a, b) => binary(f, numbers[a], numbers[b]),
                Operation::WithConstant(f, a, c) => with_constant(f, numbers[a], c),
                Operation::Power(a, exponent) => numbers[a].powf(exponent),
                Operation::SelectLess(places) => {
                    let [a, b, then, otherwise] = places.map(|place| numbers[place]);
                    N::select_less(a, b, then, otherwise)
                }
            };
            numbers.push(number);
        }
        numbers
    }
}

#[inline(always)]
fn unary<N: Number>(f: Unary, a: N) -> N {
    match f {
        Unary::Minus => -a,
        Unary::Squared => a.squared(),
        Unary::Sqrt => a.sqrt(),
        Unary::Exp => a.exp(),
        Unary::Ln => a.ln(),
        Unary::Tanh => a.tanh(),
        Unary::Sin => a.sin(),
        Unary::Cos => a.cos(),
    }
}

#[inline(always)]
fn binary<N: Number>(f: Binary, a: N, b: N) -> N {
    match f {
        Binary::Add => a + b,
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a / b,
    }
}

#[inline(always)]
fn with_constant<N: Number>(f: Binary, a: N, c: f64) -> N {
    match f {
        Binary::Add => a + c,
        Binary::Subtract => a - c,
        Binary::Multiply => a * c,
        Binary::Divide => a / c,
    }
}

impl Formula for Tape {
    #[inline(always)]
    fn at<N: Number>(&self, w: [N; 2]) -> N {
        self.numbers(w)[self.value]
    }

    #[inline(always)]
    fn parts<N: Number>(&self, w: [N; 2], residual: &mut dyn FnMut(N)) -> N {
        let numbers = self.numbers(w);
        for place in &self.residuals {
            residual(numbers[*place]);
        }
        numbers[self.value]
    }

    fn residuals(&self) -> usize {
        self.residuals.len()
    }
}

/// A number whose every operation is written on a tape.
#[derive(Clone, Copy)]
struct Recorded<'a> {
    tape: &'a RefCell<Vec<Operation>>,
    place: Place,
}

impl Recorded<'_> {
    #[inline(never)]
    fn then(self, operation: Operation) -> Self {
        let mut tape = self.tape.borrow_mut();
        tape.push(operation);
        Self {
            tape: self.tape,
            // Behind the two weights.
            place: 2 + tape.len() - 1,
        }
    }

    #[inline(never)]
    fn unary(self, f: Unary) -> Self {
        self.then(Operation::Unary(f, self.place))
    }
}

/// Implements an operator between two numbers on the tape, and between one and a constant.
macro_rules! recorded_operator {
    ($($name:ident $method:ident $binary:ident),*) => {$(
        impl $name for Recorded<'_> {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                self.then(Operation::Binary(Binary::$binary, self.place, other.place))
            }
        }

        impl $name<f64> for Recorded<'_> {
            type Output = Self;

            fn $method(self, c: f64) -> Self {
                self.then(Operation::WithConstant(Binary::$binary, self.place, c))
            }
        }
    )*};
}
recorded_operator!(Add add Add, Sub sub Subtract, Mul mul Multiply, Div div Divide);

impl Neg for Recorded<'_> {
    type Output = Self;

    fn neg(self) -> Self {
        self.unary(Unary::Minus)
    }
}

impl Number for Recorded<'_> {
    fn constant(self, c: f64) -> Self {
        self.then(Operation::Constant(c))
    }

    fn select_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        let places = [a.place, b.place, then.place, otherwise.place];
        a.then(Operation::SelectLess(places))
    }

    fn squared(self) -> Self {
        self.unary(Unary::Squared)
    }

    fn sqrt(self) -> Self {
        self.unary(Unary::Sqrt)
    }

    fn exp(self) -> Self {
        self.unary(Unary::Exp)
    }

    fn ln(self) -> Self {
        self.unary(Unary::Ln)
    }

    fn powf(self, exponent: f64) -> Self {
        self.then(Operation::Power(self.place, exponent))
    }

    fn tanh(self) -> Self {
        self.unary(Unary::Tanh)
    }

    fn sin(self) -> Self {
        self.unary(Unary::Sin)
    }

    fn cos(self) -> Self {
        self.unary(Unary::Cos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::{
        Curved as _, LeastSquares, Objective as _,
        expression::{
            formula::Expression,
            surface::{SumOfSquares, Surface},
        },
        problems::test_functions as functions,
    };

    /// All that an objective says at a place, to the bit.
    fn told(f: &Surface<impl Formula>, w: [f64; 2]) -> Vec<u64> {
        let count = LeastSquares::residuals(f);
        let (mut g, mut h) = ([0.0; 2], [0.0; 4]);
        let (mut r, mut j) = (vec![0.0; count], vec![0.0; 2 * count]);
        let losses = [
            f.value(&w),
            f.value_and_gradient(&w, &mut g),
            f.residuals_and_jacobian(&w, &mut r, &mut j),
        ];
        f.hessian(&w, &mut h);
        let all = [&losses[..], &g, &h, &r, &j].concat();
        all.into_iter().map(f64::to_bits).collect()
    }

    fn same(name: &str, formula: impl Formula) {
        let tape = Surface(Tape::of(&formula));
        let formula = Surface(formula);
        for w in [
            [0.3, -1.7],
            [-4.0, 2.5],
            [0.0, 0.0],
            [1e3, -0.0],
            [1.0, 1.0],
        ] {
            assert_eq!(told(&tape, w), told(&formula, w), "{name} at {w:?}");
        }
    }

    #[test]
    fn a_tape_has_the_bits_of_its_formula() {
        same("ackley", functions::Ackley {});
        same("beale", SumOfSquares(functions::Beale {}));
        same("booth", SumOfSquares(functions::Booth {}));
        same("branin", functions::Branin {});
        same("goldstein-price", functions::GoldsteinPrice {});
        same("himmelblau", SumOfSquares(functions::Himmelblau {}));
        same("levy", functions::Levy {});
        same("matyas", SumOfSquares(functions::Matyas {}));
        same("mccormick", functions::McCormick {});
        same("monkey-saddle", functions::MonkeySaddle {});
        same("plateau", functions::Plateau { width: 1.5 });
        same("rastrigin", functions::Rastrigin {});
        same("ravine", SumOfSquares(functions::Ravine {}));
        same("saddle", functions::Saddle {});
        same("six-hump-camel", functions::SixHumpCamel {});
        same("styblinski-tang", functions::StyblinskiTang {});
        same("three-hump-camel", functions::ThreeHumpCamel {});
        for text in [
            "y",
            "7",
            "tan(x)^y + min(x, y) - max(x, 2) / abs(y)",
            "ln(x) + tanh(y) - -x^2.5 + sqrt(x^2 + y^2) * exp(-x) + cos(x) - sin(y)",
        ] {
            same(text, Expression::read(text).unwrap());
        }
    }
}
