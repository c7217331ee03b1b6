//! Objectives: the functions that training minimizes.

use crate::{need::Need, numeric::linalg};
use blocks::Block;
#[cfg(not(target_arch = "wasm32"))]
use expression::tape::Tape;

pub mod blocks;
pub mod curvature;
pub mod data;
pub mod data_sets;
pub mod expression;
pub mod field;
pub mod network;
mod pointwise;
pub mod problems;

/// A function of the weights with its exact gradient.
///
/// Optional capabilities are methods that return `Option`: [`curved`](Self::curved),
/// [`least_squares`](Self::least_squares), [`sampled`](Self::sampled). [`hessian_product`](Self::hessian_product) returns
/// whether it is possible.
///
/// Optimizers do not evaluate an objective directly, but through an [`Oracle`](crate::run::oracle::Oracle), which counts
/// the evaluations. For the same weights, each method returns the same bits on every machine.
pub trait Objective: Send + Sync {
    /// Returns the number of weights.
    fn dim(&self) -> usize;

    /// Returns the blocks of the weights, in order. They cover all weights. An empty list means that each weight is a
    /// scalar.
    fn blocks(&self) -> &[Block] {
        &[]
    }

    /// Returns the loss at `w` (dim).
    fn value(&self, w: &[f64]) -> f64;

    /// Writes the gradient at `w` into `g` (both dim) and returns the loss, the same bits as [`value`](Self::value).
    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64;

    /// Returns the second derivatives, if they are known.
    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        None
    }

    /// Writes the product of the Hessian at `w` and the vector `v` into `product` (all dim) and returns true, or returns
    /// false if second derivatives are unknown.
    ///
    /// A network has these products even if it is too large for a Hessian.
    fn hessian_product(&self, w: &[f64], v: &[f64], product: &mut [f64]) -> bool {
        let Some(curved) = self.curved() else {
            return false;
        };
        let mut h = vec![0.0; v.len() * v.len()];
        curved.hessian(w, &mut h);
        linalg::product(&h, v, product);
        true
    }

    /// Returns the residuals, if the loss is a multiple of the sum of their squares.
    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        None
    }

    /// Returns the samples, if the loss is a mean over samples.
    fn sampled(&self) -> Option<&dyn SampledObjective> {
        None
    }

    /// Returns the operations of the loss, if it is a formula in two weights. They can be written in another language. The page
    /// does not write them, so they are omitted from its WebAssembly.
    #[cfg(not(target_arch = "wasm32"))]
    fn tape(&self) -> Option<Tape> {
        None
    }

    /// Computes the loss at many points, with the same bits as [`value`](Self::value).
    ///
    /// `points` is (dim, count), row-major: all first weights, then all second weights. `losses` is (count).
    fn values(&self, points: &[f64], losses: &mut [f64]) {
        let (dim, count) = (self.dim(), losses.len());
        assert_eq!(points.len(), dim * count, "points must be (dim, count)");
        let mut w = vec![0.0; dim];
        for (i, loss) in losses.iter_mut().enumerate() {
            for (j, w) in w.iter_mut().enumerate() {
                *w = points[j * count + i];
            }
            *loss = self.value(&w);
        }
    }

    /// Computes the loss of a function of two weights on a grid, for figures. `losses` is (ys, xs), row-major.
    ///
    /// A faster implementation may differ from [`value`](Self::value) in the last digits.
    fn grid(&self, xs: &[f64], ys: &[f64], losses: &mut [f64]) {
        rows(self, xs, ys, losses);
    }

    /// Returns the number of runs of a batch, which evaluates [`values_and_gradients`](Self::values_and_gradients) with one
    /// call per step. It is large enough that the last runs of a batch cost little, and small enough for the cache.
    fn points_per_block(&self) -> usize {
        // A multiple of the 24 points that three registers hold. With a power of two, the same places of all rows would share a set
        // of the cache.
        720
    }

    /// Computes the loss and the gradient at many points, with the same bits as
    /// [`value_and_gradient`](Self::value_and_gradient).
    ///
    /// `points` and `gradients` are (dim, count) row-major, `losses` is (count).
    fn values_and_gradients(&self, points: &[f64], losses: &mut [f64], gradients: &mut [f64]) {
        let (dim, count) = (self.dim(), losses.len());
        assert_eq!(points.len(), dim * count, "points must be (dim, count)");
        assert_eq!(
            gradients.len(),
            dim * count,
            "gradients must be (dim, count)"
        );
        let (mut w, mut g) = (vec![0.0; dim], vec![0.0; dim]);
        for (i, loss) in losses.iter_mut().enumerate() {
            for (j, w) in w.iter_mut().enumerate() {
                *w = points[j * count + i];
            }
            *loss = self.value_and_gradient(&w, &mut g);
            for (j, g) in g.iter().enumerate() {
                gradients[j * count + i] = *g;
            }
        }
    }
}

impl dyn Objective + '_ {
    /// Returns whether the objective has the capability `need`.
    pub fn meets(&self, need: Need) -> bool {
        match need {
            Need::Hessian => self.curved().is_some(),
            Need::Residuals => self.least_squares().is_some(),
        }
    }
}

/// A function with exact second derivatives.
pub trait TwiceDifferentiable {
    /// Writes the Hessian at `w` (dim) into `h`: (dim, dim), row-major, symmetric to the bit.
    fn hessian(&self, w: &[f64], h: &mut [f64]);
}

/// Computes a Hessian from its products with the unit vectors: writes it into `h` (dim, dim), row-major, symmetric to the
/// bit. `product` writes the product of the Hessian and its first argument into the second one (both dim).
pub(crate) fn hessian_from_products(
    dim: usize,
    h: &mut [f64],
    mut product: impl FnMut(&[f64], &mut [f64]),
) {
    let mut unit = vec![0.0; dim];
    for (i, row) in h.chunks_exact_mut(dim).enumerate() {
        unit[i] = 1.0;
        product(&unit, row);
        unit[i] = 0.0;
    }
    symmetrize(h, dim);
}

/// Replaces the elements of a matrix (dim, dim) that is symmetric except for rounding by their means.
pub(crate) fn symmetrize(h: &mut [f64], dim: usize) {
    for i in 0..dim {
        for j in 0..i {
            let mean = f64::midpoint(h[i * dim + j], h[j * dim + i]);
            (h[i * dim + j], h[j * dim + i]) = (mean, mean);
        }
    }
}

/// A function that is a multiple of the sum of its squared residuals.
pub trait LeastSquares {
    /// Returns the number of residuals.
    fn residuals(&self) -> usize;

    /// Writes the residuals at `w` (dim) into `r` (residuals) and their derivatives into `j`: (residuals, dim),
    /// row-major.
    ///
    /// Returns the loss, the same bits as [`Objective::value`].
    fn residuals_and_jacobian(&self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64;
}

/// A function that is the mean of one loss per sample.
pub trait SampledObjective {
    /// Returns the number of samples.
    fn samples(&self) -> usize;

    /// Returns the mean loss of the samples `rows`, at least one, at `w` (dim).
    fn value_on(&self, rows: &[usize], w: &[f64]) -> f64;

    /// Returns the mean loss of the samples `rows` and writes its gradient into `g` (dim).
    fn value_and_gradient_on(&self, rows: &[usize], w: &[f64], g: &mut [f64]) -> f64;
}

/// Computes the loss on a grid, row by row: the default implementation of [`Objective::grid`].
pub(crate) fn rows<O: Objective + ?Sized>(f: &O, xs: &[f64], ys: &[f64], losses: &mut [f64]) {
    assert_eq!(f.dim(), 2, "a grid needs a function of two weights");
    let columns = xs.len();
    let mut points = vec![0.0; 2 * columns];
    points[..columns].copy_from_slice(xs);
    for (row, y) in losses.chunks_exact_mut(columns).zip(ys) {
        points[columns..].fill(*y);
        f.values(&points, row);
    }
}
