//! The loss at many weights at a time, one per lane.

use super::{Perceptron, SQUARED_SIGMOID};
use crate::{
    numeric::float::Lanes,
    objective::{Objective as _, pointwise::LaneObjective},
};

impl LaneObjective for Perceptron {
    fn weights(&self) -> usize {
        self.dim()
    }

    #[inline(always)]
    fn loss<L: Lanes>(&self, l: L, w: &[L::F]) -> L::F {
        self.loss_of(l, self.output, self.rows(), w)
    }

    #[inline(always)]
    fn loss_and_gradient<L: Lanes>(&self, l: L, w: &[L::F], g: &mut [L::F]) -> L::F {
        self.loss_and_gradient_of(l, self.output, self.rows(), w, g)
    }
}

/// A network with the unit of the article. Its loops are compiled for this unit.
pub(super) struct SquaredSigmoid<'a>(pub(super) &'a Perceptron);

impl LaneObjective for SquaredSigmoid<'_> {
    /// Four vectors at a time hide the latency of exp.
    const BY_FOURS: bool = true;
    /// The page opens with this network and draws maps of its settings.
    const IS_VECTORIZED_ON_PAGE: bool = true;

    fn weights(&self) -> usize {
        self.0.dim()
    }

    #[inline(always)]
    fn loss<L: Lanes>(&self, l: L, w: &[L::F]) -> L::F {
        self.0.loss_of(l, SQUARED_SIGMOID, self.0.rows(), w)
    }

    #[inline(always)]
    fn loss_and_gradient<L: Lanes>(&self, l: L, w: &[L::F], g: &mut [L::F]) -> L::F {
        let rows = self.0.rows();
        self.0.loss_and_gradient_of(l, SQUARED_SIGMOID, rows, w, g)
    }
}
