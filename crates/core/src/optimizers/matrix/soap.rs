//! SOAP (Shampoo with Adam in the preconditioner's eigenbasis).

use super::shared::{
    blocks_of, check_single_run, factor_sizes, gram_matrices, identity, product, transposed,
};
use crate::{
    catalog::inspect::{LeftFactors, RightFactors},
    numeric::matrix::{Eigen, orthonormalize},
    optimizers::{
        adaptive::means::{bias_correction_factor, update_mean, update_mean_square},
        prelude::*,
    },
};

/// Runs Adam in rotated coordinates: the axes are the eigenvectors of the preconditioners of Shampoo, one basis for the rows and
/// one for the columns of a matrix.
///
/// ```text
/// L <- beta L + (1 - beta) G G^T          R <- beta R + (1 - beta) G^T G          beta = shampoo_beta
/// G' = P G Q^T          m <- beta1 m + (1 - beta1) G          v <- beta2 v + (1 - beta2) G'^2
/// D = P^T (P m Q^T / (sqrt(v) + epsilon)) Q sqrt(1 - beta2^t) / (1 - beta1^t)
/// w <- (1 - learning_rate weight_decay) w - learning_rate D          then L, R, and every few steps P, Q
/// ```
///
/// The rows of P and Q are the eigenvectors of L and R, largest eigenvalue first. The first step only computes them from the
/// first gradient and does not move, so that no gradient is measured in its own basis; t counts the steps after it, and the
/// weight decay begins then. Later, every `precondition_frequency` steps, one step of orthogonal iteration updates them: the rows
/// of P L, sorted and orthonormalized.
///
/// Eigenvectors of a repeated eigenvalue are determined only up to a rotation, and another rotation gives another path. Where the
/// first gradient has no components, the eigenvalue is 0: there the basis consists of the axes, orthonormalized in their order.
/// The published program takes what its library returns. In the second step, the gradient is diagonal in the bases, and its other
/// coordinates are rounding errors, which are divided by epsilon: the last digits of a path depend on them. Weights outside of
/// matrices are not rotated: there SOAP is `adam` without its first step.
///
/// This is the form of the published program and of `pytorch_optimizer`, which apply the weight decay to the new weights, default
/// to a weight decay of 0.01, and orthonormalize in single precision. torch and optax have no SOAP.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "soap",
    title = "SOAP",
    family = Matrix,
    cite = "vyas2025soap",
    why = REASONS,
    without_matrices = "adam, without its first step",
    pytorch_optimizer = "pytorch_optimizer.SOAP"
)]
pub struct Soap {
    /// Learning rate: approximately the length of the step along each axis of the basis.
    #[param(default = 0.003, valid = positive, slider = 1e-5..=1.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.95, valid = 0.0..1.0, torch = "betas[0]")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.95, valid = 0.0..1.0, torch = "betas[1]")]
    pub beta2: f64,
    /// Decay rate of the preconditioners L and R.
    #[param(default = 0.95, valid = 0.0..1.0)]
    pub shampoo_beta: f64,
    /// Number of steps from one update of the bases to the next.
    #[param(default = 10, valid = 1.0..=1e9, slider = 1.0..=100.0, log)]
    pub precondition_frequency: u64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps")]
    pub epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "stays in place, because the first step only computes the bases",
        "[(t - 1) * direction]",
    ),
    StepReason::new(
        "moves against its mean gradient, divided by the root of its mean squared gradient along the axes of the bases",
        "-learning_rate * direction",
    ),
];

/// The state of [`Soap`].
#[derive(Clone, Debug, Inspect)]
pub struct SoapState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients along the axes of the bases.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Mean L of the products of the rows of the gradients.
    #[quantity(GradientSquared)]
    pub left_factor: LeftFactors,
    /// Mean R of the products of the columns of the gradients.
    #[quantity(GradientSquared)]
    pub right_factor: RightFactors,
    /// Basis P of the rows, one axis per row.
    #[quantity(Number)]
    pub left_basis: LeftFactors,
    /// Basis Q of the columns, one axis per row.
    #[quantity(Number)]
    pub right_basis: RightFactors,
    /// Mean gradient divided by the root of the mean square along the axes of the bases.
    #[quantity(Number)]
    pub direction: Vec<f64>,
}

/// The moving parts of one block.
struct BlockState<'a> {
    shape: [usize; 2],
    mean_square: &'a mut [f64],
    /// L and R.
    factors: [&'a mut [f64]; 2],
    /// P and Q.
    bases: [&'a mut [f64]; 2],
}

impl BlockState<'_> {
    /// Returns P G Q^T, the coordinates of a matrix along the axes.
    fn rotated(&self, g: &[f64]) -> Vec<f64> {
        let [m, n] = self.shape;
        let turned = transposed(self.bases[1], [n, n]);
        product(&product(self.bases[0], g, [m, m, n]), &turned, [m, n, n])
    }

    /// Returns P^T X Q, the matrix with these coordinates.
    fn restored(&self, x: &[f64]) -> Vec<f64> {
        let [m, n] = self.shape;
        let turned = transposed(self.bases[0], [m, m]);
        product(&product(&turned, x, [m, m, n]), self.bases[1], [m, n, n])
    }

    /// Adds the products of a gradient to L and R.
    fn accumulate(&mut self, g: &[f64], beta: f64) {
        let products = gram_matrices(g, self.shape);
        for (factor, products) in self.factors.iter_mut().zip(products) {
            update_mean(factor, &products, beta);
        }
    }

    /// Sets the bases to the eigenvectors of L and R.
    fn begin(&mut self) {
        for (side, basis) in self.bases.iter_mut().enumerate() {
            let n = self.shape[side];
            let eigen = Eigen::new(self.factors[side], n);
            let cutoff = eigen.cutoff();
            let pairs = eigen.values.iter().zip(eigen.vectors.chunks_exact(n));
            for (axis, (value, vector)) in basis.chunks_exact_mut(n).zip(pairs.rev()) {
                // Zeros are replaced by the axes of the weights.
                if *value > cutoff {
                    axis.copy_from_slice(vector);
                } else {
                    axis.fill(0.0);
                }
            }
            orthonormalize(basis, n);
        }
    }

    /// Updates the bases by one step of orthogonal iteration, and reorders the mean square with the axes.
    fn iterate(&mut self) {
        let [m, n] = self.shape;
        for side in 0..2 {
            let size = self.shape[side];
            let basis = &mut *self.bases[side];
            let images = product(basis, self.factors[side], [size; 3]);
            let pairs = basis.chunks_exact(size).zip(images.chunks_exact(size));
            let values: Vec<f64> = pairs.map(|(axis, image)| dot(axis, image)).collect();
            let mut order: Vec<usize> = (0..size).collect();
            order.sort_by(|i, j| values[*j].total_cmp(&values[*i]));
            for (axis, from) in basis.chunks_exact_mut(size).zip(&order) {
                axis.copy_from_slice(&images[from * size..(from + 1) * size]);
            }
            orthonormalize(basis, size);
            let old = self.mean_square.to_vec();
            for i in 0..m {
                for j in 0..n {
                    let from = [[order[i % size], j], [i, order[j % size]]][side];
                    self.mean_square[i * n + j] = old[from[0] * n + from[1]];
                }
            }
        }
    }
}

impl Soap {
    /// Writes the direction of a block. `m` is its mean gradient, and `g` its gradient.
    fn direct(&self, block: &mut BlockState, m: &mut [f64], g: &[f64], t: u64, out: &mut [f64]) {
        update_mean(m, g, self.beta1);
        update_mean_square(block.mean_square, &block.rotated(g), self.beta2);
        let correction =
            bias_correction_factor(self.beta2, t).sqrt() / bias_correction_factor(self.beta1, t);
        let mut x = block.rotated(m);
        for (x, v) in x.iter_mut().zip(&*block.mean_square) {
            *x *= correction / (v.sqrt() + self.epsilon);
        }
        out.copy_from_slice(&block.restored(&x));
    }
}

impl GradientRule for Soap {
    type State = SoapState;

    const OPTIONS: OptionDefaults = OptionDefaults {
        idle_steps: 1,
        ..OptionDefaults::DECOUPLED
    };

    fn init(&self, w: &[f64], size: StateShape) -> SoapState {
        check_single_run(size);
        let sizes = factor_sizes(size.blocks, w.len());
        let [left, right] = sizes.map(|size| vec![0.0; size]);
        let bases = |side: usize| {
            let blocks = blocks_of(size.blocks, w.len());
            blocks.flat_map(move |block| identity(block.shape[side]))
        };
        SoapState {
            left_factor: LeftFactors(left),
            right_factor: RightFactors(right),
            left_basis: LeftFactors(bases(0).collect()),
            right_basis: RightFactors(bases(1).collect()),
            ..SoapState::zeros(w.len(), 1)
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut SoapState) {
        let t = here.epoch;
        for part in blocks_of(here.blocks, d.len()) {
            let g = &mut d[part.range.clone()];
            let mut block = BlockState {
                shape: part.shape,
                mean_square: &mut s.mean_square[part.range.clone()],
                factors: [
                    &mut s.left_factor.0[part.left.clone()],
                    &mut s.right_factor.0[part.right.clone()],
                ],
                bases: [
                    &mut s.left_basis.0[part.left],
                    &mut s.right_basis.0[part.right],
                ],
            };
            let direction = &mut s.direction[part.range.clone()];
            if t > 0 {
                let m = &mut s.mean_gradient[part.range];
                self.direct(&mut block, m, g, t, direction);
            }
            if part.is_matrix {
                block.accumulate(g, self.shampoo_beta);
                if t == 0 {
                    block.begin();
                } else if t.is_multiple_of(self.precondition_frequency) {
                    block.iterate();
                }
            }
            for (d, direction) in g.iter_mut().zip(direction) {
                *d = -self.learning_rate * *direction;
            }
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
