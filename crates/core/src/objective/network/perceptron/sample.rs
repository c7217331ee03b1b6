//! Evaluation sample by sample: Hessian, residuals, and losses of mini-batches.

use super::Perceptron;
use crate::{
    numeric::float::Scalar,
    objective::{LeastSquares, Objective as _, SampledObjective, TwiceDifferentiable},
};

impl TwiceDifferentiable for Perceptron {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let dim = self.dim();
        h.fill(0.0);
        let share = self.output.loss.factor() / self.data.samples() as f64;
        for (x, y) in self.rows() {
            let z = self.sum(Scalar, x, w);
            let factor = share * self.output.curvature(z, y);
            for (h, xi) in h.chunks_exact_mut(dim).zip(x) {
                for (h, xj) in h.iter_mut().zip(x) {
                    // In this order, the two triangles have the same bits.
                    *h += factor * (xi * xj);
                }
            }
        }
    }
}

/// The residuals are the errors p - y.
impl LeastSquares for Perceptron {
    fn residuals(&self) -> usize {
        self.data.samples()
    }

    fn residuals_and_jacobian(&self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        let rows = r.iter_mut().zip(j.chunks_exact_mut(self.dim()));
        for ((r, j), (x, y)) in rows.zip(self.rows()) {
            let z = self.sum(Scalar, x, w);
            let p = self.output.activation.value(Scalar, z);
            *r = p - y;
            let slope = self.output.activation.slope(Scalar, z, p);
            for (j, x) in j.iter_mut().zip(x) {
                *j = slope * x;
            }
        }
        self.value(w)
    }
}

impl SampledObjective for Perceptron {
    fn samples(&self) -> usize {
        self.data.samples()
    }

    fn value_on(&self, rows: &[usize], w: &[f64]) -> f64 {
        let rows = rows.iter().map(|i| self.row(*i));
        self.loss_of(Scalar, self.output, rows, w)
    }

    fn value_and_gradient_on(&self, rows: &[usize], w: &[f64], g: &mut [f64]) -> f64 {
        let rows = rows.iter().map(|i| self.row(*i));
        self.loss_and_gradient_of(Scalar, self.output, rows, w, g)
    }
}
