//! The loss at many weights at a time, one per lane.

use super::Perceptron;
use crate::{
    numeric::float::{Lanes, sigmoid2_lanes},
    objective::{Objective as _, network::loss::Output, pointwise::LaneObjective},
};
use std::f64::consts::LOG2_E;

/// An output unit in the loops over the samples, which are compiled for each type.
pub(super) trait Unit: Copy {
    /// Factor of the inputs and the weighted sums.
    const SCALE: f64;
    /// Whether several samples are evaluated at the same time.
    const IN_GROUPS: bool;
    /// Whether the page evaluates several points at a time, too.
    const IS_VECTORIZED_ON_PAGE: bool;

    /// Returns the loss for the scaled weighted sum `z` and the target `y` of each lane.
    fn loss<L: Lanes>(self, l: L, z: L::F, y: L::F) -> L::F;

    /// Returns the loss and its derivative with respect to the weighted sum before scaling, divided by the constant factor of
    /// the loss.
    fn loss_and_delta<L: Lanes>(self, l: L, z: L::F, y: L::F) -> (L::F, L::F);
}

impl Unit for Output {
    const SCALE: f64 = 1.0;
    const IN_GROUPS: bool = false;
    const IS_VECTORIZED_ON_PAGE: bool = false;

    #[inline(always)]
    fn loss<L: Lanes>(self, l: L, z: L::F, y: L::F) -> L::F {
        Output::loss(self, l, z, y)
    }

    #[inline(always)]
    fn loss_and_delta<L: Lanes>(self, l: L, z: L::F, y: L::F) -> (L::F, L::F) {
        Output::loss_and_delta(self, l, z, y)
    }
}

/// The unit of the article: a sigmoid with the squared error. It computes the sigmoid to base 2 of sums that contain the
/// factor log2(e), because that is faster.
#[derive(Clone, Copy)]
pub(super) struct ArticleUnit;

impl Unit for ArticleUnit {
    const SCALE: f64 = LOG2_E;
    /// The compiler of the page optimizes for size.
    const IN_GROUPS: bool = !cfg!(target_arch = "wasm32");
    /// The page opens with this network and draws maps of its settings.
    const IS_VECTORIZED_ON_PAGE: bool = true;

    #[inline(always)]
    fn loss<L: Lanes>(self, l: L, z: L::F, y: L::F) -> L::F {
        let error = sigmoid2_lanes(l, z) - y;
        error * error
    }

    #[inline(always)]
    fn loss_and_delta<L: Lanes>(self, l: L, z: L::F, y: L::F) -> (L::F, L::F) {
        let p = sigmoid2_lanes(l, z);
        let error = p - y;
        (error * error, error * (p * (l.splat(1.0) - p)))
    }
}

/// A network with its output unit.
pub(super) struct LanesOf<'a, U>(pub(super) &'a Perceptron, pub(super) U);

impl<U: Unit> LaneObjective for LanesOf<'_, U> {
    const VECTORS: usize = if U::IN_GROUPS { 3 } else { 1 };
    const IS_VECTORIZED_ON_PAGE: bool = U::IS_VECTORIZED_ON_PAGE;

    fn weights(&self) -> usize {
        self.0.dim()
    }

    #[inline(always)]
    fn loss<L: Lanes>(&self, l: L, w: &[L::F]) -> L::F {
        self.0.loss_of(l, self.1, self.0.samples_of::<U>(), w)
    }

    #[inline(always)]
    fn loss_and_gradient<L: Lanes>(&self, l: L, w: &[L::F], g: &mut [L::F]) -> L::F {
        let samples = self.0.samples_of::<U>();
        self.0.loss_and_gradient_of(l, self.1, samples, w, g)
    }
}
