//! Evaluation sample by sample: Hessian, residuals, and losses of mini-batches.

use super::{ArticleUnit, Perceptron, SQUARED_SIGMOID, Samples, Unit};
use crate::{
    numeric::float::Scalar,
    objective::{
        LeastSquares, Objective as _, SampledObjective, TwiceDifferentiable, network::loss::Output,
    },
};

impl TwiceDifferentiable for Perceptron {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let dim = self.dim();
        h.fill(0.0);
        let share = self.output.loss.factor() / self.data.samples() as f64;
        for (x, y) in self.samples_of::<Output>().rows(dim) {
            let z = self.sum(Scalar, 1.0, x, w);
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
        let dim = self.dim();
        let rows = r.iter_mut().zip(j.chunks_exact_mut(dim));
        for ((r, j), (x, y)) in rows.zip(self.samples_of::<Output>().rows(dim)) {
            let z = self.sum(Scalar, 1.0, x, w);
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
        if self.output == SQUARED_SIGMOID {
            self.loss_on(ArticleUnit, rows, w)
        } else {
            self.loss_on(self.output, rows, w)
        }
    }

    fn value_and_gradient_on(&self, rows: &[usize], w: &[f64], g: &mut [f64]) -> f64 {
        if self.output == SQUARED_SIGMOID {
            self.loss_and_gradient_on(ArticleUnit, rows, w, g)
        } else {
            self.loss_and_gradient_on(self.output, rows, w, g)
        }
    }
}

impl Perceptron {
    fn loss_on<U: Unit>(&self, unit: U, rows: &[usize], w: &[f64]) -> f64 {
        let (inputs, targets) = self.selected::<U>(rows);
        let (inputs, targets) = (&inputs[..], &targets[..]);
        self.loss_of(Scalar, unit, Samples { inputs, targets }, w)
    }

    fn loss_and_gradient_on<U: Unit>(
        &self,
        unit: U,
        rows: &[usize],
        w: &[f64],
        g: &mut [f64],
    ) -> f64 {
        let (inputs, targets) = self.selected::<U>(rows);
        let (inputs, targets) = (&inputs[..], &targets[..]);
        self.loss_and_gradient_of(Scalar, unit, Samples { inputs, targets }, w, g)
    }

    /// Returns copies of the inputs for a unit and of the targets of these samples.
    fn selected<U: Unit>(&self, rows: &[usize]) -> (Vec<f64>, Vec<f64>) {
        let (dim, all) = (self.dim(), self.samples_of::<U>());
        let inputs = rows.iter().flat_map(|i| &all.inputs[i * dim..][..dim]);
        let targets = rows.iter().map(|i| all.targets[*i]);
        (inputs.copied().collect(), targets.collect())
    }
}
