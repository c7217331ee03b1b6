//! SM3 (square-root of minima of sums of maxima of squared gradients).

use super::update_mean;
use crate::{
    objective::blocks::{Layer, layers},
    optimizers::prelude::*,
};

/// Divides the gradient by the root of a bound on the sum of its squares, which is stored per row and per column of a matrix.
///
/// ```text
/// v_ij = min(R_i, C_j) + g_ij^2          u = g / sqrt(v)          0 / 0 = 0
/// R_i <- max_j v_ij                       C_j <- max_i v_ij
/// m <- momentum m + (1 - momentum) u      w <- w - learning_rate m
/// ```
///
/// This is the form SM3-II of the paper. v is at least the sum of squared gradients that Adagrad stores, and at most the sum
/// of one row or column. The weights of a bias, loose weights, and a matrix with a single row or column have a v of their own:
/// there, SM3 is Adagrad with momentum.
///
/// optax uses `epsilon=1e-8`, and `pytorch_optimizer` `momentum=0,epsilon=1e-30`. With `beta2` below 1, v is a moving average:
/// `beta2 min(R_i, C_j) + (1 - beta2) g_ij^2`. This is the `beta` of `pytorch_optimizer`, where 0 means that squares are added up;
/// with another `beta`, R and C never decrease there: `decreasing=false`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "sm3",
    title = "SM3",
    family = Adaptive,
    cite = "anil2019memory",
    variants_of = "Adagrad",
    variant = "root of a bound on the sum of squared gradients, by rows and columns",
    why = REASONS,
    without_matrices = "Adagrad with momentum",
    optax = "optax.sm3",
    pytorch_optimizer = "pytorch_optimizer.SM3"
)]
pub struct Sm3 {
    /// Learning rate of the first step.
    #[param(default = 0.1, valid = positive, slider = 1e-4..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean of the normalized gradients; 0 turns momentum off.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "momentum")]
    pub momentum: f64,
    /// Decay rate of the squared gradients; 1 adds them up.
    #[param(default = 1.0, valid = 0.0..=1.0)]
    pub beta2: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "=1e-8")]
    pub epsilon: f64,
    /// Whether the numbers of rows and columns can decrease if `beta2` is below 1.
    #[param(default = true)]
    pub decreasing: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its gradient, divided by the root of a bound on the sum of its squared gradients so far",
        "-learning_rate * gradient / [sqrt(square_sum_bound + epsilon)]",
    ),
    StepReason::new(
        "moves against the mean of its gradients, each divided by the root of a bound on the sum of its squares",
        "-learning_rate * mean_update",
    ),
];

/// The state of SM3.
#[derive(Clone, Debug, Inspect)]
pub struct Sm3State {
    /// Bound v on the sum of the squared gradients.
    #[quantity(GradientSquared)]
    pub square_sum_bound: Vec<f64>,
    /// Largest bound R in the row of the weight; zero outside of matrices.
    #[quantity(GradientSquared)]
    pub row_maximum: Vec<f64>,
    /// Largest bound C in the column of the weight; zero outside of matrices.
    #[quantity(GradientSquared)]
    pub column_maximum: Vec<f64>,
    /// Moving average m of the normalized gradients.
    #[quantity(Gradient)]
    pub mean_update: Vec<f64>,
}

impl Sm3State {
    /// Updates the bounds of a layer with its gradient `g`.
    fn update_bounds(&mut self, g: &[f64], layer: &Layer, rule: &Sm3) {
        let bounds = &mut self.square_sum_bound[layer.range.clone()];
        let rows = &mut self.row_maximum[layer.range.clone()];
        let columns = &mut self.column_maximum[layer.range.clone()];
        let fraction = if rule.beta2 < 1.0 {
            1.0 - rule.beta2
        } else {
            1.0
        };
        if layer.is_matrix() {
            for ((bound, row), column) in bounds.iter_mut().zip(&*rows).zip(&*columns) {
                *bound = row.min(*column);
            }
        } else if !rule.decreasing {
            bounds.copy_from_slice(columns);
        }
        for (bound, g) in bounds.iter_mut().zip(g) {
            *bound = rule.beta2 * *bound + fraction * (g * g);
        }
        if layer.is_matrix() {
            rule.update_maxima(rows, columns, bounds, layer.shape[1]);
        } else if !rule.decreasing {
            for (column, bound) in columns.iter_mut().zip(bounds) {
                *column = column.max(*bound);
            }
        }
    }
}

impl Sm3 {
    /// Stores the largest bound of each row and of each column.
    fn update_maxima(&self, rows: &mut [f64], columns: &mut [f64], bounds: &[f64], width: usize) {
        let largest = |old: f64, new: f64| {
            if self.decreasing { new } else { old.max(new) }
        };
        for (row, bounds) in rows.chunks_exact_mut(width).zip(bounds.chunks_exact(width)) {
            let most = bounds.iter().copied().fold(0.0, f64::max);
            row.fill(largest(row[0], most));
        }
        for j in 0..width {
            let column = bounds[j..].iter().step_by(width).copied();
            let most = largest(columns[j], column.fold(0.0, f64::max));
            for column in columns[j..].iter_mut().step_by(width) {
                *column = most;
            }
        }
    }
}

impl GradientRule for Sm3 {
    type State = Sm3State;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut Sm3State) {
        for layer in layers(here.blocks, d.len()) {
            s.update_bounds(&d[layer.range.clone()], &layer, self);
        }
        for (d, bound) in d.iter_mut().zip(&s.square_sum_bound) {
            // A bound of 0 has only seen gradients of 0.
            *d = if *bound > 0.0 {
                *d / (bound + self.epsilon).sqrt()
            } else {
                0.0
            };
        }
        update_mean(&mut s.mean_update, d, self.momentum);
        for (d, m) in d.iter_mut().zip(&s.mean_update) {
            *d = -self.learning_rate * m;
        }
    }
}
