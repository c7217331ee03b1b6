//! A formula in two weights as an objective. Loss, gradient, and Hessian are computed from the same formula.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

#[cfg(not(target_arch = "wasm32"))]
use super::tape::Tape;
use crate::{
    numeric::float::{Lanes, Scalar},
    objective::{
        LeastSquares, Objective, TwiceDifferentiable,
        blocks::Block,
        expression::dual::{Dual, LaneNumber, Number},
        pointwise::{self, LaneObjective},
    },
};
use fearless_simd::Level;

/// A function of two weights. Mark its methods `#[inline(always)]`.
pub trait Formula: Send + Sync + 'static {
    /// Whether it is a list of operations, which is read at every evaluation.
    const IS_RECORDED: bool = false;

    /// Returns the value of the function.
    fn at<N: Number>(&self, w: [N; 2]) -> N;

    /// Returns the value of the function and calls `residual` with each of its residuals.
    fn parts<N: Number>(&self, w: [N; 2], _residual: &mut dyn FnMut(N)) -> N {
        self.at(w)
    }

    /// Returns the number of residuals, or 0 if the function is not a sum of squares.
    fn residuals(&self) -> usize {
        0
    }
}

/// The residuals of a sum of squares, as functions of two weights. Mark its method `#[inline(always)]`.
pub trait ResidualFunction<const COUNT: usize>: Send + Sync + 'static {
    /// Returns the residuals.
    fn at<N: Number>(&self, w: [N; 2]) -> [N; COUNT];
}

/// The sum of the squares of residuals.
#[derive(Clone, Copy, Debug)]
pub struct SumOfSquares<R, const COUNT: usize>(pub R);

/// A formula as an objective.
#[derive(Clone, Copy, Debug)]
pub struct FormulaObjective<F>(pub F);

impl<const COUNT: usize, R: ResidualFunction<COUNT>> Formula for SumOfSquares<R, COUNT> {
    #[inline(always)]
    fn at<N: Number>(&self, w: [N; 2]) -> N {
        sum_of_squares(self.0.at(w))
    }

    #[inline(always)]
    fn parts<N: Number>(&self, w: [N; 2], residual: &mut dyn FnMut(N)) -> N {
        let residuals = self.0.at(w);
        residuals.into_iter().for_each(residual);
        sum_of_squares(residuals)
    }

    fn residuals(&self) -> usize {
        COUNT
    }
}

#[inline(always)]
fn sum_of_squares<N: Number, const COUNT: usize>(residuals: [N; COUNT]) -> N {
    let mut squares = residuals.map(N::squared).into_iter();
    let first = squares.next().expect("a sum of squares has a residual");
    squares.fold(first, |sum, square| sum + square)
}

impl<F: Formula> LeastSquares for FormulaObjective<F> {
    fn residuals(&self) -> usize {
        self.0.residuals()
    }

    fn residuals_and_jacobian(&self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        let mut rows = r.iter_mut().zip(j.chunks_exact_mut(2));
        let mut write = |residual: Dual<LaneNumber<Scalar>>| {
            if let Some((r, j)) = rows.next() {
                *r = residual.value.value;
                j.copy_from_slice(&[residual.slopes[0].value, residual.slopes[1].value]);
            }
        };
        let value = self.0.parts(Dual::variables(plain(Scalar, w)), &mut write);
        value.value.value
    }
}

/// Returns the two weights as numbers for a formula.
#[inline(always)]
fn plain<L: Lanes>(l: L, w: &[L::F]) -> [LaneNumber<L>; 2] {
    [LaneNumber::new(l, w[0]), LaneNumber::new(l, w[1])]
}

impl<F: Formula> LaneObjective for FormulaObjective<F> {
    const VECTORS: usize = if F::IS_RECORDED { 4 } else { 1 };

    fn weights(&self) -> usize {
        2
    }

    #[inline(always)]
    fn loss<L: Lanes>(&self, l: L, w: &[L::F]) -> L::F {
        self.0.at(plain(l, w)).value
    }

    #[inline(always)]
    fn loss_and_gradient<L: Lanes>(&self, l: L, w: &[L::F], g: &mut [L::F]) -> L::F {
        let f = self.0.at(Dual::variables(plain(l, w)));
        for (g, slope) in g.iter_mut().zip(f.slopes) {
            *g = slope.value;
        }
        f.value.value
    }
}

impl<F: Formula> Objective for FormulaObjective<F> {
    fn dim(&self) -> usize {
        2
    }

    fn blocks(&self) -> &[Block] {
        static COORDINATES: [Block; 2] = [Block::scalar("x", 0), Block::scalar("y", 1)];
        &COORDINATES
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.loss(Scalar, w)
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        self.loss_and_gradient(Scalar, w, g)
    }

    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        Some(self)
    }

    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        (self.0.residuals() > 0).then_some(self)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn tape(&self) -> Option<Tape> {
        Some(Tape::of(&self.0))
    }

    fn values(&self, points: &[f64], losses: &mut [f64]) {
        pointwise::values(self, Level::new(), points, losses);
    }

    fn values_and_gradients(&self, points: &[f64], losses: &mut [f64], gradients: &mut [f64]) {
        pointwise::values_and_gradients(self, Level::new(), points, losses, gradients);
    }
}

impl<F: Formula> TwiceDifferentiable for FormulaObjective<F> {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let f = self
            .0
            .at(Dual::variables(Dual::variables(plain(Scalar, w))));
        let [dx, dy] = f.slopes;
        let mixed = dx.slopes[1].value;
        // The two mixed derivatives may differ in their last bits. One of them is used for both, so the Hessian is symmetric.
        h.copy_from_slice(&[dx.slopes[0].value, mixed, mixed, dy.slopes[1].value]);
    }
}
