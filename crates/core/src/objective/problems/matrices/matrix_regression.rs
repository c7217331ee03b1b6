//! Linear regression of a matrix.

use super::{
    first_weights,
    orthogonal::{orthogonal, symmetric},
    product, rounded,
    shape::MatrixShape,
    uniform, weight_names,
};
use crate::{
    numeric::{
        float::{exp, ln},
        linalg::{difference, dot},
        random::Random,
    },
    objective::{
        LeastSquares, Objective, TwiceDifferentiable,
        blocks::Block,
        problems::{Problem, RateSource, prelude::*},
    },
};

/// Linear regression of a matrix W: a quadratic bowl over the weights of one matrix.
///
/// ```text
/// E(W) = |L (W - M) R|^2 / 2          gradient = L^2 (W - M) R^2
/// ```
///
/// L and R are symmetric matrices with random axes. They describe how the inputs and the outputs are correlated. M is the
/// minimum, with random elements between -1 and 1. The curvatures of the loss, the products of an eigenvalue of L^2 and one
/// of R^2, reach from 1 down to 1 / `condition`. Rows and columns share the condition number equally: the eigenvalues of
/// L^2, and those of R^2, are a geometric sequence from 1 to 1 / sqrt(condition). A side of length 1 leaves the whole
/// condition number to the other side.
///
/// The Hessian is the Kronecker product of L^2 and R^2: preconditioners of rows and columns suit it. Initial weights are
/// uniform between -r and r, where r = sqrt(6 / (rows + columns)).
#[derive(Clone, Debug, Describe)]
#[entry(id = "matrix-regression", title = "Matrix regression")]
pub struct MatrixRegression {
    /// Numbers of rows and columns, such as 8x8.
    #[param(default = "8x8")]
    pub shape: MatrixShape,
    /// Ratio of the greatest and the smallest curvature: the condition number.
    #[param(default = 100.0, valid = 1.0.., slider = 1.0..=10000.0, log)]
    pub condition: f64,
    /// Seed of the matrices L, R, and M and of the initial weights.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

impl Build<Problem> for MatrixRegression {
    fn build(self) -> Result<Problem, Error> {
        let shape = self.shape.sides();
        let mut random = Random::from_seed(self.seed);
        let regression = Regression::new(&mut random, shape, self.condition);
        let start = first_weights(&mut random, shape);
        let [rows, columns] = shape;
        Ok(Problem {
            title: format!("{rows} x {columns} matrix regression").into(),
            weight_names: weight_names("W", shape).collect(),
            window: Window::between([-2.0, 2.0, -2.0, 2.0]),
            target: Some(rounded(0.01 * regression.value(&start))),
            minima: vec![regression.minimum.clone()],
            // The greatest curvature is 1.
            learning_rate: Some(1.0),
            learning_rate_source: RateSource::Problem,
            notes: Vec::new(),
            resolved: Vec::new(),
            start,
            objective: Arc::new(regression),
            network: None,
        })
    }
}

/// The loss |L (W - M) R|^2 / 2.
struct Regression {
    /// L (rows, rows), symmetric to the bit.
    left: Vec<f64>,
    /// R (columns, columns), symmetric to the bit.
    right: Vec<f64>,
    /// M (rows, columns).
    minimum: Vec<f64>,
    shape: [usize; 2],
    block: [Block; 1],
}

impl Regression {
    fn new(random: &mut Random, shape: [usize; 2], condition: f64) -> Self {
        let long_sides = shape.iter().filter(|side| **side > 1).count();
        // The exponent of the condition number that L and R have, which are the roots of the curvatures.
        let share = 0.5 / long_sides.max(1) as f64;
        let mut factor = |side: usize| {
            let q = orthogonal(random, side);
            let last = (side - 1).max(1) as f64;
            let root = |i: usize| exp(-ln(condition) * share * (i as f64 / last));
            symmetric(&q, &(0..side).map(root).collect::<Vec<_>>())
        };
        let [left, right] = shape.map(&mut factor);
        Self {
            left,
            right,
            minimum: uniform(random, shape[0] * shape[1], 1.0),
            shape,
            block: [Block::matrix("W", 0, shape)],
        }
    }

    /// Returns L X R for a matrix X (rows, columns).
    fn transform(&self, x: &[f64]) -> Vec<f64> {
        let [rows, columns] = self.shape;
        let half = product(&self.left, x, [rows, columns]);
        product(&half, &self.right, [columns, columns])
    }

    /// Returns the residuals L (W - M) R and half the sum of their squares.
    fn residual(&self, w: &[f64]) -> (Vec<f64>, f64) {
        let residual = self.transform(&difference(w, &self.minimum));
        let loss = 0.5 * dot(&residual, &residual);
        (residual, loss)
    }
}

impl Objective for Regression {
    fn dim(&self) -> usize {
        self.minimum.len()
    }

    fn blocks(&self) -> &[Block] {
        &self.block
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.residual(w).1
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        let (residual, loss) = self.residual(w);
        g.copy_from_slice(&self.transform(&residual));
        loss
    }

    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        Some(self)
    }

    fn hessian_product(&self, _: &[f64], v: &[f64], product: &mut [f64]) -> bool {
        product.copy_from_slice(&self.transform(&self.transform(v)));
        true
    }

    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        Some(self)
    }
}

impl TwiceDifferentiable for Regression {
    fn hessian(&self, _: &[f64], h: &mut [f64]) {
        let [rows, columns] = self.shape;
        let left = product(&self.left, &self.left, [rows, rows]);
        let right = product(&self.right, &self.right, [columns, columns]);
        kronecker(&left, &right, self.shape, h);
    }
}

impl LeastSquares for Regression {
    fn residuals(&self) -> usize {
        self.dim()
    }

    fn residuals_and_jacobian(&self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        let (residual, loss) = self.residual(w);
        r.copy_from_slice(&residual);
        kronecker(&self.left, &self.right, self.shape, j);
        loss
    }
}

/// Writes the Kronecker product of `a` (rows, rows) and `b` (columns, columns) into `out` (rows columns, rows columns).
fn kronecker(a: &[f64], b: &[f64], [rows, columns]: [usize; 2], out: &mut [f64]) {
    for (place, line) in out.chunks_exact_mut(rows * columns).enumerate() {
        let (i, j) = (place / columns, place % columns);
        let a = &a[i * rows..][..rows];
        let b = &b[j * columns..][..columns];
        for (part, a) in line.chunks_exact_mut(columns).zip(a) {
            for (out, b) in part.iter_mut().zip(b) {
                *out = a * b;
            }
        }
    }
}
