//! The loss at many weights side by side, a lane for each.

use super::{Perceptron, SQUARED_SIGMOID};
use crate::{
    numeric::float::{Lanes, Several},
    objective::{
        Objective as _,
        pointwise::{self, Pointwise},
    },
};

impl Pointwise for Perceptron {
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

/// A network whose unit is that of the article: what is known of it is compiled into its loops.
pub(super) struct SquaredSigmoid<'a>(pub(super) &'a Perceptron);

impl Pointwise for SquaredSigmoid<'_> {
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

    #[inline(always)]
    fn sweep<L: Lanes>(
        &self,
        l: L,
        points: &[f64],
        losses: &mut [f64],
        gradients: &mut [f64],
    ) -> usize {
        // Four vectors in flight hide the latency of exp; what is left over goes by ones.
        let done = pointwise::blocks(self, Several::<L, 4>(l), points, losses, gradients, 0);
        pointwise::blocks(self, l, points, losses, gradients, done)
    }
}
