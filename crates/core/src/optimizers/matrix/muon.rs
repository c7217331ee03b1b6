//! Muon (momentum orthogonalized by Newton-Schulz).

use super::{
    auxiliary::{AuxiliaryAdamW, reasons_with_auxiliary},
    orthogonalization::{Coefficients, Orthogonalizer},
    shared::{check_single_run, others},
};
use crate::{
    objective::blocks::matrices,
    optimizers::{
        adaptive::means::{bias_correction_factor, update_mean},
        prelude::*,
    },
};

/// Moves every matrix against its momentum, after making all singular values of the momentum nearly equal: rare directions
/// count as much as frequent ones.
///
/// ```text
/// m <- momentum m + (1 - momentum) g
/// u = momentum m + (1 - momentum) g          (u = m without Nesterov momentum)
/// X = u / (|u| + epsilon)          steps times: X <- a X + (b X X^T + c (X X^T)^2) X
/// w <- (1 - learning_rate weight_decay) w - learning_rate scale X
/// scale = sqrt(max(1, columns / rows)), 0.2 sqrt(max(rows, columns)), or 1
/// other weights: adamw
/// ```
///
/// This is the form of Keller Jordan. A matrix has one row per input and one column per output, the transpose of the layout of
/// torch. Weights outside of matrices, such as biases, take the step of `auxiliary`: on two loose weights, Muon is `adamw`.
/// They have its weight decay; that of Muon acts on all weights unless its form is `matrices`. A matrix of one row is divided
/// by its norm, so Muon is then descent of a nearly constant length. The exact coefficients use the singular value
/// decomposition X = U V^T; singular values below the rounding error count as zero, so the result for a matrix without full
/// rank depends on this cutoff.
///
/// Differences of libraries: torch adjusts the learning rate by `original` (`scaling=keller`) or `match_rms_adamw`
/// (`scaling=moonlight`), has a weight decay of 0.1 by default, and computes X in bfloat16, so that its digits after the second
/// differ. optax corrects the bias of m (`bias_correction=true`), adds 1e-8 to the norm, uses the learning rate of Muon for the
/// other weights, and applies `nesterov` to them, too. `pytorch_optimizer` has the form of Keller Jordan, but the norm is at least
/// epsilon instead of larger by epsilon.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "muon",
    title = "Muon",
    family = Matrix,
    cite = "jordan2024muon",
    why = REASONS,
    torch = "torch.optim.Muon",
    torch_options = "weight_decay=0.1",
    optax = "optax.contrib.muon",
    without_matrices = "adamw",
    keras = "keras.optimizers.Muon",
    differs = "optax"
)]
pub struct Muon {
    /// Learning rate: the largest singular value of the step of a matrix, before the scale.
    #[param(default = 0.02, valid = positive, slider = 1e-4..=1.0, log, torch = "lr=0.001", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the momentum, which is a mean of the gradients.
    #[param(default = 0.95, valid = 0.0..1.0, optax = "beta", torch = "momentum")]
    pub momentum: f64,
    /// Whether the gradient is added to the momentum again before the step.
    #[param(default = true, torch = "nesterov", optax = "nesterov")]
    pub nesterov: bool,
    /// Number of Newton-Schulz iterations; the exact coefficients need none.
    #[param(default = 5, valid = 1.0..=50.0, slider = 1.0..=12.0, torch = "ns_steps", optax = "ns_steps")]
    pub steps: u64,
    /// How the momentum is orthogonalized.
    #[param(default = "keller", torch = "ns_coefficients", optax = "ns_coeffs")]
    pub coefficients: Coefficients,
    /// How the shape of a matrix scales its step.
    #[param(default = "keller", torch = "adjust_lr_fn", optax = "consistent_rms")]
    pub scaling: MuonScaling,
    /// Whether the momentum is bias-corrected, as in optax.
    #[param(default = false, optax = "=true")]
    pub bias_correction: bool,
    /// Added to the norm to avoid a division by zero.
    #[param(default = 1e-7, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "eps=1e-8")]
    pub epsilon: f64,
    /// Rule of the weights that are not part of a matrix.
    #[param(default = "adamw")]
    pub auxiliary: AuxiliaryAdamW,
}

/// How the shape of a matrix scales its step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MuonScaling {
    /// By the root of outputs per input, if there are more outputs.
    Keller,
    /// By 0.2 times the root of the larger side, so that the steps are as long as those of `AdamW`.
    Moonlight,
    /// Not at all.
    None,
}

choice!(MuonScaling {
    "keller": Keller,
    "moonlight": Moonlight,
    "none": None,
});

impl MuonScaling {
    /// Returns the factor of the step of a matrix.
    fn factor(self, [rows, columns]: [usize; 2]) -> f64 {
        let [rows, columns] = [rows, columns].map(|size| size as f64);
        match self {
            Self::Keller => (columns / rows).max(1.0).sqrt(),
            Self::Moonlight => 0.2 * rows.max(columns).sqrt(),
            Self::None => 1.0,
        }
    }
}

/// The reasons for its steps.
const REASONS: &[StepReason] = reasons_with_auxiliary! {
    "moves against its momentum, which is orthogonalized with the other weights of its matrix"
        => "-[learning_rate * sqrt(max(1, columns / rows))] * orthogonalized",
    "moves against its momentum, which is orthogonalized with the other weights of its matrix and scaled by the size of the matrix"
        => "-[learning_rate * 0.2 * sqrt(max(rows, columns))] * orthogonalized",
    "moves against its momentum, which is orthogonalized with the other weights of its matrix, without a scale"
        => "-learning_rate * orthogonalized",
};

/// The state of Muon.
#[derive(Clone, Debug, Inspect)]
pub struct MuonState {
    /// Moving average m of the gradients, the momentum of the matrices.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Momentum after the orthogonalization; zero for weights outside of matrices.
    #[quantity(Number)]
    pub orthogonalized: Vec<f64>,
    /// Moving average v of the squared gradients of the weights outside of matrices.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    #[scratch]
    tool: Orthogonalizer,
}

impl Muon {
    /// Returns the factors of the momentum and of the gradient in the matrix that is orthogonalized in step `t`, counted
    /// from 1.
    fn shares(&self, t: u64) -> [f64; 2] {
        let [now, next] = if self.bias_correction {
            [t, t + 1].map(|t| bias_correction_factor(self.momentum, t))
        } else {
            [1.0; 2]
        };
        if self.nesterov {
            [self.momentum / next, (1.0 - self.momentum) / now]
        } else {
            [1.0 / now, 0.0]
        }
    }
}

impl GradientRule for Muon {
    type State = MuonState;

    const OPTIONS: OptionDefaults = OptionDefaults::OF_MATRICES;

    fn init(&self, w: &[f64], size: StateShape) -> MuonState {
        check_single_run(size);
        MuonState::zeros(w.len(), 1)
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MuonState) {
        let t = here.epoch + 1;
        let [of_mean, of_gradient] = self.shares(t);
        for block in matrices(here.blocks) {
            let range = block.range.clone();
            let (g, m) = (&mut d[range.clone()], &mut s.mean_gradient[range.clone()]);
            update_mean(m, g, self.momentum);
            let x = &mut s.orthogonalized[range];
            for (x, (m, g)) in x.iter_mut().zip(m.iter().zip(&*g)) {
                *x = of_mean * m + of_gradient * g;
            }
            let (coefficients, steps) = (self.coefficients, self.steps);
            s.tool
                .orthogonalize(x, block.shape, coefficients, steps, self.epsilon);
            let rate = self.learning_rate * self.scaling.factor(block.shape);
            for (d, x) in g.iter_mut().zip(x) {
                *d = -rate * *x;
            }
        }
        for range in others(here.blocks, d.len()) {
            let m = &mut s.mean_gradient[range.clone()];
            let state = [m, &mut s.mean_square[range.clone()]];
            let w = &here.weights[range.clone()];
            self.auxiliary.displace(&mut d[range], w, t, state);
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
