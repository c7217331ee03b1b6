//! The normal equations of least squares, whose solution is the step.

use crate::optimizers::prelude::*;

/// The residuals r and their Jacobian J at a point, with the products J^T J and J^T r.
#[derive(Clone, Debug, Default, Inspect)]
pub struct NormalEquations {
    /// Normal matrix J^T J before this step; zero before the first step.
    #[quantity(Curvature)]
    pub normal_matrix: Matrix,
    /// J^T r with the gradient noise of the experiment (dim).
    #[scratch]
    pub gradient: Vec<f64>,
    #[scratch]
    residuals: Vec<f64>,
    /// J (residuals, dim), row-major.
    #[scratch]
    jacobian: Vec<f64>,
}

impl NormalEquations {
    /// Evaluates the equations at `w` (dim) and returns the loss; `squared` uses the squares of the residuals as residuals.
    pub fn evaluate(&mut self, w: &[f64], squared: bool, oracle: &mut Oracle) -> f64 {
        let (dim, count) = (w.len(), oracle.residuals());
        self.residuals.resize(count, 0.0);
        self.jacobian.resize(count * dim, 0.0);
        let (r, j) = (&mut self.residuals, &mut self.jacobian);
        let loss = oracle.residuals_and_jacobian(w, r, j);
        let sum = dot(r, r);
        if squared {
            for (r, row) in r.iter_mut().zip(j.chunks_exact_mut(dim)) {
                for j in row {
                    *j *= 2.0 * *r;
                }
                *r *= *r;
            }
        }
        self.normal_matrix.0.clear();
        self.normal_matrix.0.resize(dim * dim, 0.0);
        self.gradient.clear();
        self.gradient.resize(dim, 0.0);
        for (r, row) in self.residuals.iter().zip(self.jacobian.chunks_exact(dim)) {
            add_outer(&mut self.normal_matrix.0, 1.0, row, row);
            add_scaled(&mut self.gradient, *r, row);
        }
        let multiple = loss / sum;
        // It is not known where all residuals are zero.
        if multiple > 0.0 {
            oracle.add_gradient_noise(multiple, &mut self.gradient);
        }
        loss
    }

    /// Returns the sum of the squared residuals.
    pub fn sum_of_squares(&self) -> f64 {
        dot(&self.residuals, &self.residuals)
    }

    /// Returns the sum of the fourth powers of the residuals at another point `w` (dim), which the squares of the residuals
    /// minimize.
    pub fn sum_of_fourth_powers(&self, w: &[f64], oracle: &mut Oracle) -> f64 {
        let mut residuals = vec![0.0; self.residuals.len()];
        let mut jacobian = vec![0.0; self.jacobian.len()];
        oracle.residuals_and_jacobian(w, &mut residuals, &mut jacobian);
        for r in &mut residuals {
            *r *= *r;
        }
        dot(&residuals, &residuals)
    }

    /// Writes the solution d of `matrix` d = -J^T r into `d` (dim). The matrix is J^T J, or J^T J with damping.
    ///
    /// # Errors
    /// The matrix is singular.
    pub fn solve(&self, matrix: &Matrix, d: &mut [f64]) -> Result<(), StopReason> {
        let mut matrix = matrix.0.clone();
        d.copy_from_slice(&self.gradient);
        solve(&mut matrix, d).map_err(|SingularMatrix| StopReason::Singular)?;
        negate(d);
        Ok(())
    }
}
