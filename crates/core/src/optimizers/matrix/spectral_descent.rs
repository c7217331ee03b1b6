//! Spectral descent.

use super::shared::{blocks_of, check_single_run};
use crate::{numeric::matrix::polar_factor, optimizers::prelude::*};

/// Replaces all singular values of the gradient of a matrix by 1: the steepest descent if the length of a step is its largest
/// singular value. It is the sign of the gradient in the sense of matrices.
///
/// ```text
/// G = U S V^T          D = U V^T, or sum_i S_ii U V^T for the nuclear scale
/// w <- w - learning_rate D
/// ```
///
/// Without a scale, this is `muon` with `momentum=0,coefficients=exact,scaling=none`, and `shampoo` without accumulation and
/// epsilon. The paper scales the step by the sum of the singular values. optax has that form as Muon with `adaptive` and without
/// momentum. A bias is a matrix of one row, so it moves against its gradient by the learning rate; a loose weight moves against
/// the sign of its gradient. Singular values below the rounding error count as zero, so the step of a matrix without full rank
/// depends on this cutoff.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "spectral-descent",
    title = "Spectral Descent",
    family = Matrix,
    cite = "carlson2015preconditioned",
    why = REASONS,
    without_matrices = "sign-sgd"
)]
pub struct SpectralDescent {
    /// Learning rate: the largest singular value of the step of a matrix, before the scale.
    #[param(default = 0.02, valid = positive, slider = 1e-4..=1.0, log)]
    pub learning_rate: f64,
    /// Factor of the step of a matrix.
    #[param(default = "none")]
    pub scale: SpectralScale,
}

/// The factor of the step of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpectralScale {
    /// The factor 1: the step does not depend on the size of the gradient.
    None,
    /// The sum of the singular values of the gradient.
    Nuclear,
}

choice!(SpectralScale {
    "none": None,
    "nuclear": Nuclear,
});

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its gradient, whose singular values are made equal together with the other weights of its matrix",
    "-learning_rate * direction",
)];

/// The state of [`SpectralDescent`].
#[derive(Clone, Debug, Inspect)]
pub struct SpectralDescentState {
    /// Gradient with equal singular values, times the scale.
    #[quantity(Number)]
    pub direction: Vec<f64>,
}

impl GradientRule for SpectralDescent {
    type State = SpectralDescentState;

    fn init(&self, w: &[f64], size: StateShape) -> SpectralDescentState {
        check_single_run(size);
        SpectralDescentState::zeros(w.len(), 1)
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut SpectralDescentState) {
        for block in blocks_of(here.blocks, d.len()) {
            let (g, direction) = (&mut d[block.range.clone()], &mut s.direction[block.range]);
            let values = polar_factor(g, direction, block.shape);
            let scale = match self.scale {
                SpectralScale::None => 1.0,
                SpectralScale::Nuclear => values.iter().sum(),
            };
            for (d, direction) in g.iter_mut().zip(direction) {
                *direction *= scale;
                *d = -self.learning_rate * *direction;
            }
        }
    }
}
