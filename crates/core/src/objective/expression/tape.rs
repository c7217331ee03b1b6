//! A formula as a list of operations. One function evaluates the lists of all formulas.
//!
//! Formulas of users are recorded on a tape. A compiled formula is faster, but needs code for its value, its gradient,
//! and its second derivatives. To reduce the size of the page, it also records the compiled formulas. The operations
//! and their order are the same, so the bits of the results are the same.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use crate::objective::expression::{
    dual::{Number, Operator, Unary},
    surface::Formula,
};
use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Position of a number on the tape. The first two numbers are the weights.
type TapeIndex = usize;

/// A tape with at most this many numbers is evaluated without an allocation.
const MAX_STACK_NUMBERS: usize = 16;

/// An operation that computes a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Operation {
    Constant(f64),
    Unary(Unary, TapeIndex),
    Binary(Operator, TapeIndex, TapeIndex),
    WithConstant(Operator, TapeIndex, f64),
    Power(TapeIndex, f64),
    /// The angle of a point, given by its ordinate and its abscissa.
    Angle(TapeIndex, TapeIndex),
    /// `if a < b { c } else { d }`.
    SelectLess([TapeIndex; 4]),
}

/// A formula as the list of its operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    operations: Vec<Operation>,
    /// Position of the value of the formula.
    value: TapeIndex,
    /// Positions of the residuals, if the formula is a sum of squares.
    residuals: Vec<TapeIndex>,
}

impl Tape {
    /// Records a formula.
    pub fn of(formula: &impl Formula) -> Self {
        let operations = RefCell::new(Vec::new());
        let tape = &operations;
        let mut residuals = Vec::new();
        let weights = [0, 1].map(|place| TapeNumber { tape, place });
        let value = formula.parts(weights, &mut |part: TapeNumber| residuals.push(part.place));
        let value = value.place;
        Self {
            operations: operations.into_inner(),
            value,
            residuals,
        }
    }

    /// Evaluates the operations. `numbers` begins with the two weights, followed by one element per operation.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn run<N: Number>(&self, numbers: &mut [N]) {
        for (operation, place) in self.operations.iter().zip(2..) {
            numbers[place] = match *operation {
                Operation::Constant(c) => numbers[0].constant(c),
                Operation::Unary(f, a) => unary(f, numbers[a]),
                Operation::Binary(f, a, b) => f.apply(numbers[a], numbers[b]),
                Operation::WithConstant(f, a, c) => f.apply(numbers[a], c),
                Operation::Power(a, exponent) => numbers[a].powf(exponent),
                Operation::Angle(y, x) => numbers[y].atan2(numbers[x]),
                Operation::SelectLess(places) => {
                    let [a, b, then, otherwise] = places.map(|place| numbers[place]);
                    N::select_less(a, b, then, otherwise)
                }
            };
        }
    }
}

/// Calls [`Number::unary`] with a constant function in each case, so that a dual number does not branch again.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
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
        Unary::Asin => a.asin(),
        Unary::Acos => a.acos(),
        Unary::Atan => a.atan(),
        Unary::Sinh => a.sinh(),
        Unary::Cosh => a.cosh(),
        Unary::Sigmoid => a.sigmoid(),
        Unary::Exp2 => a.exp2(),
        Unary::Log2 => a.log2(),
        Unary::Log10 => a.log10(),
        Unary::Cbrt => a.cbrt(),
        Unary::Floor => a.floor(),
    }
}

impl Formula for Tape {
    const IS_RECORDED: bool = true;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn at<N: Number>(&self, w: [N; 2]) -> N {
        self.parts(w, &mut |_| ())
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn parts<N: Number>(&self, w: [N; 2], residual: &mut dyn FnMut(N)) -> N {
        let (mut few, mut many) = ([w[0]; MAX_STACK_NUMBERS], Vec::new());
        let count = w.len() + self.operations.len();
        let numbers = if count <= MAX_STACK_NUMBERS {
            &mut few[..]
        } else {
            many.resize(count, w[0]);
            &mut many[..]
        };
        numbers[1] = w[1];
        self.run(numbers);
        for place in &self.residuals {
            residual(numbers[*place]);
        }
        numbers[self.value]
    }

    fn residuals(&self) -> usize {
        self.residuals.len()
    }
}

/// A number whose operations are recorded on a tape.
#[derive(Clone, Copy)]
struct TapeNumber<'a> {
    tape: &'a RefCell<Vec<Operation>>,
    place: TapeIndex,
}

impl TapeNumber<'_> {
    #[inline(never)]
    fn then(self, operation: Operation) -> Self {
        let mut tape = self.tape.borrow_mut();
        tape.push(operation);
        Self {
            tape: self.tape,
            // After the two weights.
            place: 2 + tape.len() - 1,
        }
    }
}

/// Implements an operator between two numbers on the tape, and between a number and a constant.
macro_rules! recorded_operator {
    ($($name:ident $method:ident $operator:ident),*) => {$(
        impl $name for TapeNumber<'_> {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                self.then(Operation::Binary(Operator::$operator, self.place, other.place))
            }
        }

        impl $name<f64> for TapeNumber<'_> {
            type Output = Self;

            fn $method(self, c: f64) -> Self {
                self.then(Operation::WithConstant(Operator::$operator, self.place, c))
            }
        }
    )*};
}
recorded_operator!(Add add Add, Sub sub Subtract, Mul mul Multiply, Div div Divide);

impl Neg for TapeNumber<'_> {
    type Output = Self;

    fn neg(self) -> Self {
        self.unary(Unary::Minus)
    }
}

impl Number for TapeNumber<'_> {
    fn constant(self, c: f64) -> Self {
        self.then(Operation::Constant(c))
    }

    fn select_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        let places = [a.place, b.place, then.place, otherwise.place];
        a.then(Operation::SelectLess(places))
    }

    fn unary(self, f: Unary) -> Self {
        self.then(Operation::Unary(f, self.place))
    }

    fn powf(self, exponent: f64) -> Self {
        self.then(Operation::Power(self.place, exponent))
    }

    fn atan2(self, x: Self) -> Self {
        self.then(Operation::Angle(self.place, x.place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::{
        LeastSquares, Objective as _, TwiceDifferentiable as _,
        expression::{
            surface::{FormulaObjective, SumOfSquares},
            tree::Expression,
        },
        problems::test_functions as functions,
    };

    /// Returns the bits of all results of an objective at a point.
    fn evaluations_at(f: &FormulaObjective<impl Formula>, w: [f64; 2]) -> Vec<u64> {
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
        let tape = FormulaObjective(Tape::of(&formula));
        let formula = FormulaObjective(formula);
        for w in [
            [0.3, -1.7],
            [-4.0, 2.5],
            [0.0, 0.0],
            [1e3, -0.0],
            [1.0, 1.0],
        ] {
            assert_eq!(
                evaluations_at(&tape, w),
                evaluations_at(&formula, w),
                "{name} at {w:?}"
            );
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
            "asin(x/4) + acos(y/4) + atan(x) + atan2(y, x) + sinh(x) + cosh(y) + sigmoid(x)",
            "floor(x) + cbrt(y) + exp2(x) + log2(x) + log10(y) + cot(x) + |x| - y² + x³ + sign(y)",
            "ln(x) + tanh(y) - -x^2.5 + sqrt(x^2 + y^2) * exp(-x) + cos(x) - sin(y)",
        ] {
            same(text, Expression::read(text).unwrap());
        }
    }
}
