//! Shampoo.

use super::shared::{blocks_of, check_single_run, factor_sizes, gram_matrices, sandwich};
use crate::{
    catalog::inspect::{LeftFactors, RightFactors},
    numeric::matrix::Eigen,
    optimizers::{adaptive::means::bias_correction_factor, prelude::*},
};

/// Multiplies the gradient of a matrix by one preconditioner for its rows and one for its columns, which remember how the
/// gradients of the rows, and those of the columns, are correlated.
///
/// ```text
/// L <- L + G G^T          R <- R + G^T G
/// D = (L + epsilon I)^power G (R + epsilon I)^power
/// w <- w - learning_rate scale D
/// scale = 1, or with grafting: norm of the step of another rule / norm of D
/// ```
///
/// With `accumulation=mean`, L and R are bias-corrected moving averages. With `accumulation=none`, they are the products of the
/// gradient of this step; without epsilon, D is then U V^T of G = U S V^T, the step of `spectral-descent`. A vector, such as a
/// bias, has only R, and the power counts twice: it is full-matrix Adagrad. On loose weights, Shampoo is `adagrad` with epsilon
/// below the root. Without epsilon, eigenvalues below the rounding error count as zero, so the step depends on this cutoff if L or
/// R is singular.
///
/// This is the form of the paper, which adds epsilon to the initial matrices instead. `pytorch_optimizer` has the same form, and
/// its `matrix_eps` is epsilon. Its momentum mixes the gradient with the preconditioned gradient of the previous step; it is
/// omitted here. Other programs use L^(-1/2) and R^(-1/2): `power=-0.5`. Distributed programs take the length of the step from
/// another rule, often Adagrad: `grafting=adagrad`. torch and optax have no Shampoo.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "shampoo",
    title = "Shampoo",
    family = Matrix,
    cite = "gupta2018shampoo",
    why = REASONS,
    without_matrices = "adagrad",
    pytorch_optimizer = "pytorch_optimizer.Shampoo"
)]
pub struct Shampoo {
    /// Learning rate.
    #[param(default = 0.1, valid = positive, slider = 1e-4..=10.0, log)]
    pub learning_rate: f64,
    /// Power of both preconditioners; twice this power for a vector.
    #[param(default = -0.25, valid = -1.0..=0.0)]
    pub power: f64,
    /// How L and R remember earlier gradients.
    #[param(default = "sum")]
    pub accumulation: Accumulation,
    /// Decay rate of L and R with `accumulation=mean`.
    #[param(default = 0.99, valid = 0.0..1.0)]
    pub beta2: f64,
    /// Rule whose step determines the length of the step of each block.
    #[param(default = "none")]
    pub grafting: Grafting,
    /// Added to the eigenvalues of L and R.
    #[param(default = 1e-6, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub epsilon: f64,
}

/// How the preconditioners remember earlier gradients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accumulation {
    /// The sum over all steps.
    Sum,
    /// The moving average.
    Mean,
    /// Only the gradient of this step.
    None,
}

choice!(Accumulation {
    "sum": Sum,
    "mean": Mean,
    "none": None,
});

/// The rule whose step determines the length of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grafting {
    /// Shampoo itself.
    None,
    /// Gradient descent.
    Sgd,
    /// Adagrad.
    Adagrad,
}

choice!(Grafting {
    "none": None,
    "sgd": Sgd,
    "adagrad": Adagrad,
});

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its gradient, multiplied by the preconditioners of the rows and of the columns of its block",
    "-learning_rate * direction",
)];

/// The state of [`Shampoo`].
#[derive(Clone, Debug, Inspect)]
pub struct ShampooState {
    /// Sum or mean L of the products of the rows of the gradients.
    #[quantity(GradientSquared)]
    pub left_factor: LeftFactors,
    /// Sum or mean R of the products of the columns of the gradients.
    #[quantity(GradientSquared)]
    pub right_factor: RightFactors,
    /// Gradient multiplied by both preconditioners and the scale.
    #[quantity(Number)]
    pub direction: Vec<f64>,
    /// Sum of the squared gradients, if the length of the step is that of Adagrad.
    #[quantity(GradientSquared)]
    pub sum_of_squares: Vec<f64>,
}

impl Shampoo {
    /// Adds the products of this step to a preconditioner.
    fn accumulate(&self, factor: &mut [f64], new: &[f64]) {
        let [keep, add] = match self.accumulation {
            Accumulation::Sum => [1.0, 1.0],
            Accumulation::Mean => [self.beta2, 1.0 - self.beta2],
            Accumulation::None => [0.0, 1.0],
        };
        for (factor, new) in factor.iter_mut().zip(new) {
            *factor = keep * *factor + add * new;
        }
    }

    /// Returns (A / correction + epsilon I)^power of the preconditioner `a` (n, n).
    fn power(&self, a: &[f64], n: usize, correction: f64, power: f64) -> Vec<f64> {
        let eigen = Eigen::new(a, n);
        let cutoff = eigen.cutoff();
        eigen.function(|value| {
            // A rounding error has no power, and a power of zero is infinite.
            let known = if value <= cutoff {
                0.0
            } else {
                value / correction
            };
            let shifted = known + self.epsilon;
            if shifted == 0.0 {
                0.0
            } else {
                powf(shifted, power)
            }
        })
    }

    /// Returns the factor by which grafting scales the direction of a block.
    fn scale(&self, g: &[f64], direction: &[f64], sum_of_squares: &mut [f64]) -> f64 {
        let length = match self.grafting {
            Grafting::None => return 1.0,
            Grafting::Sgd => dot(g, g).sqrt(),
            Grafting::Adagrad => {
                let mut square = 0.0;
                for (sum, g) in sum_of_squares.iter_mut().zip(g) {
                    *sum += g * g;
                    if *sum > 0.0 {
                        square += g * g / *sum;
                    }
                }
                square.sqrt()
            }
        };
        let own = dot(direction, direction).sqrt();
        if own > 0.0 { length / own } else { 0.0 }
    }
}

impl GradientRule for Shampoo {
    type State = ShampooState;

    fn init(&self, w: &[f64], size: StateShape) -> ShampooState {
        check_single_run(size);
        let [left, right] = factor_sizes(size.blocks, w.len()).map(|size| vec![0.0; size]);
        ShampooState {
            left_factor: LeftFactors(left),
            right_factor: RightFactors(right),
            ..ShampooState::zeros(w.len(), 1)
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut ShampooState) {
        let correction = match self.accumulation {
            Accumulation::Mean => bias_correction_factor(self.beta2, here.epoch + 1),
            Accumulation::Sum | Accumulation::None => 1.0,
        };
        for block in blocks_of(here.blocks, d.len()) {
            let [m, n] = block.shape;
            let g = &mut d[block.range.clone()];
            let direction = &mut s.direction[block.range.clone()];
            let [rows, columns] = gram_matrices(g, block.shape);
            let right = &mut s.right_factor.0[block.right];
            self.accumulate(right, &columns);
            if block.is_matrix {
                let left = &mut s.left_factor.0[block.left];
                self.accumulate(left, &rows);
                let left = self.power(left, m, correction, self.power);
                let right = self.power(right, n, correction, self.power);
                direction.copy_from_slice(&sandwich(&left, g, &right, block.shape));
            } else {
                let right = self.power(right, n, correction, 2.0 * self.power);
                product(&right, g, direction);
            }
            let scale = self.scale(g, direction, &mut s.sum_of_squares[block.range]);
            for (d, direction) in g.iter_mut().zip(direction) {
                *direction *= scale;
                *d = -self.learning_rate * *direction;
            }
        }
    }

    fn is_autonomous(&self) -> bool {
        self.accumulation != Accumulation::Mean
    }
}
