//! A formula as a list of operations. One function evaluates the lists of all formulas.
//!
//! Formulas of users are recorded on a tape. A compiled formula is faster, but needs code for its value, its gradient,
//! and its second derivatives. To reduce the size of the page, it also records the compiled formulas. The operations
//! and their order are the same, so the bits of the results are the same.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use super::{
    dual::Number,
    operations::{NumberIndex, Operations, TapeNumber},
    surface::Formula,
};

/// A tape with at most this many numbers is evaluated without an allocation.
const MAX_STACK_NUMBERS: usize = 16;

/// A formula as the list of its operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    /// The inputs are the two weights.
    operations: Operations,
    /// Position of the value of the formula.
    value: NumberIndex,
    /// Positions of the residuals, if the formula is a sum of squares.
    residuals: Vec<NumberIndex>,
}

impl Tape {
    /// Records a formula.
    pub fn of(formula: &impl Formula) -> Self {
        let mut residuals = Vec::new();
        let (operations, value) = Operations::record(2, |weights| {
            let mut add = |part: TapeNumber| residuals.push(part.place());
            formula.parts([weights[0], weights[1]], &mut add).place()
        });
        Self {
            operations,
            value,
            residuals,
        }
    }

    /// Returns the operations. Their inputs are the two weights.
    pub fn operations(&self) -> &Operations {
        &self.operations
    }

    /// Returns the position of the value of the formula.
    pub fn value(&self) -> NumberIndex {
        self.value
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
        let count = self.operations.count();
        let numbers = if count <= MAX_STACK_NUMBERS {
            &mut few[..]
        } else {
            many.resize(count, w[0]);
            &mut many[..]
        };
        numbers[1] = w[1];
        self.operations.run(numbers);
        for place in &self.residuals {
            residual(numbers[*place]);
        }
        numbers[self.value]
    }

    fn residuals(&self) -> usize {
        self.residuals.len()
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
