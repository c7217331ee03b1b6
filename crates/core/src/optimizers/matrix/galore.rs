//! `GaLore` (gradient low-rank projection).

use super::shared::{blocks_of, check_single_run, factor_sizes, product, transposed};
use crate::{
    catalog::inspect::{LeftFactors, RightFactors},
    numeric::matrix::SingularValues,
    optimizers::{
        adaptive::means::{bias_correction_factor, update_mean, update_mean_square},
        prelude::*,
    },
};

/// Runs Adam on a projection of the gradient of a matrix to its largest singular vectors, which needs less memory.
///
/// ```text
/// G = U S V^T every projection_interval steps          Q = the first `rank` columns of V, or of U if G is wide
/// G' = G Q, or Q^T G          m <- beta1 m + (1 - beta1) G'          v <- beta2 v + (1 - beta2) G'^2
/// D = scale (m / (sqrt(v) + epsilon)) Q^T, or scale Q (m / (sqrt(v) + epsilon))
/// w <- (1 - learning_rate weight_decay) w - learning_rate D sqrt(1 - beta2^t) / (1 - beta1^t)
/// ```
///
/// The rank is at most the shorter side of the matrix. A matrix of one row or column is not projected, and neither are weights
/// outside of matrices, which are not scaled either: on loose weights, `GaLore` is `adamw` with its own defaults.
///
/// This is the form of the published program, which applies the weight decay to the new weights. Singular vectors are determined
/// only up to a sign, and those of a repeated singular value only up to a rotation; after a new projection, m and v belong to
/// other axes. Here the largest component of each axis is positive. `pytorch_optimizer` renews the projection one step earlier.
/// torch and optax have no `GaLore`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "galore",
    title = "GaLore",
    family = Matrix,
    cite = "zhao2024galore",
    why = REASONS,
    without_matrices = "adamw",
    pytorch_optimizer = "pytorch_optimizer.GaLore"
)]
pub struct GaLore {
    /// Learning rate: approximately the length of each weight's step outside of matrices.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=1.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Number of singular vectors.
    #[param(default = 4, valid = 1.0..=1e9, slider = 1.0..=32.0)]
    pub rank: u64,
    /// Number of steps from one projection to the next.
    #[param(default = 200, valid = 1.0..=1e9, slider = 1.0..=1000.0, log)]
    pub projection_interval: u64,
    /// Factor of the steps of matrices.
    #[param(default = 0.25, valid = positive, slider = 0.01..=10.0, log)]
    pub scale: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-6, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps")]
    pub epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against the projection of its mean gradient, divided by the root of its mean squared gradient along the same axes",
    "-learning_rate * direction",
)];

/// The state of [`GaLore`].
#[derive(Clone, Debug, Inspect)]
pub struct GaLoreState {
    /// Moving average m of the projected gradients: as many columns or rows of the block as axes, then zeros.
    #[quantity(Number)]
    pub projected_mean: Vec<f64>,
    /// Moving average v of the squared projected gradients: as many columns or rows of the block as axes, then zeros.
    #[quantity(GradientSquared)]
    pub projected_square: Vec<f64>,
    /// Axes of the projection of the rows of a block, one per row; zero if its columns are projected.
    #[quantity(Number)]
    pub left_basis: LeftFactors,
    /// Axes of the projection of the columns of a block, one per row; zero if its rows are projected.
    #[quantity(Number)]
    pub right_basis: RightFactors,
    /// Step without the learning rate, with the opposite sign.
    #[quantity(Number)]
    pub direction: Vec<f64>,
}

/// The side on which a gradient is multiplied by the axes: by `axes` (size, size), of which the first rows are used.
enum Projection<'a> {
    /// The gradient itself is used.
    None,
    /// Axes of the rows.
    Left(&'a mut [f64]),
    /// Axes of the columns.
    Right(&'a mut [f64]),
}

impl Projection<'_> {
    /// Computes the first `rank` axes of the gradient `g` (m, n).
    fn renew(&mut self, g: &[f64], shape: [usize; 2], rank: usize) {
        let (axes, size) = match self {
            Self::None => return,
            Self::Left(axes) => (axes, shape[0]),
            Self::Right(axes) => (axes, shape[1]),
        };
        let decomposed = SingularValues::new(g, shape);
        let vectors = if size == shape[0] && shape[0] < shape[1] {
            decomposed.left
        } else {
            decomposed.right
        };
        axes.fill(0.0);
        let pairs = axes.chunks_exact_mut(size).zip(vectors.chunks_exact(size));
        for (axis, vector) in pairs.take(rank) {
            let larger = |most: f64, v: &f64| if v.abs() > most.abs() { *v } else { most };
            let sign = 1.0_f64.copysign(vector.iter().fold(0.0, larger));
            for (axis, v) in axis.iter_mut().zip(vector) {
                *axis = sign * v;
            }
        }
    }

    /// Returns the gradient `g` (m, n) along the axes; it is zero along the unused ones.
    fn project(&self, g: &[f64], [m, n]: [usize; 2]) -> Vec<f64> {
        match self {
            Self::None => g.to_vec(),
            Self::Left(axes) => product(axes, g, [m, m, n]),
            Self::Right(axes) => product(g, &transposed(axes, [n, n]), [m, n, n]),
        }
    }

    /// Returns the matrix (m, n) with these coordinates along the axes.
    fn restore(&self, x: &[f64], [m, n]: [usize; 2]) -> Vec<f64> {
        match self {
            Self::None => x.to_vec(),
            Self::Left(axes) => product(&transposed(axes, [m, m]), x, [m, m, n]),
            Self::Right(axes) => product(x, axes, [m, n, n]),
        }
    }
}

impl GradientRule for GaLore {
    type State = GaLoreState;

    const OPTIONS: OptionDefaults = OptionDefaults::DECOUPLED;

    fn init(&self, w: &[f64], size: StateShape) -> GaLoreState {
        check_single_run(size);
        let [left, right] = factor_sizes(size.blocks, w.len()).map(|size| vec![0.0; size]);
        GaLoreState {
            left_basis: LeftFactors(left),
            right_basis: RightFactors(right),
            ..GaLoreState::zeros(w.len(), 1)
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut GaLoreState) {
        let t = here.epoch + 1;
        let correction =
            bias_correction_factor(self.beta2, t).sqrt() / bias_correction_factor(self.beta1, t);
        for block in blocks_of(here.blocks, d.len()) {
            let g = &mut d[block.range.clone()];
            let [rows, columns] = block.shape;
            let mut projection = match (block.is_matrix, rows.min(columns)) {
                (false, _) | (true, 0 | 1) => Projection::None,
                _ if rows < columns => Projection::Left(&mut s.left_basis.0[block.left]),
                _ => Projection::Right(&mut s.right_basis.0[block.right]),
            };
            if here.epoch.is_multiple_of(self.projection_interval) {
                let rank = usize::try_from(self.rank).unwrap_or(usize::MAX);
                projection.renew(g, block.shape, rank);
            }
            let projected = projection.project(g, block.shape);
            let m = &mut s.projected_mean[block.range.clone()];
            let v = &mut s.projected_square[block.range.clone()];
            update_mean(m, &projected, self.beta1);
            update_mean_square(v, &projected, self.beta2);
            let scale = if block.is_matrix { self.scale } else { 1.0 };
            let x = m.iter().zip(v);
            let x = x.map(|(m, v)| scale * correction * m / (v.sqrt() + self.epsilon));
            let x: Vec<f64> = x.collect();
            let direction = &mut s.direction[block.range];
            direction.copy_from_slice(&projection.restore(&x, block.shape));
            for (d, direction) in g.iter_mut().zip(direction) {
                *d = -self.learning_rate * *direction;
            }
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
