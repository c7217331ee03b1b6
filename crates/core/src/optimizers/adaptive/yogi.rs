//! Yogi.

use super::means::{MomentEstimates, bias_correction_factor, update_mean};
use crate::optimizers::{prelude::*, sign_based::sign};

/// Moves like Adam, but the mean squared gradient changes by at most a fraction of the squared gradient in each step.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g
/// v <- v - (1 - beta2) sign(v - g^2) g^2
/// w <- w - learning_rate m / (sqrt(v) + epsilon)
/// ```
///
/// This is the published form. optax divides m and v by their bias corrections, `bias_correction=true`, and also initializes m,
/// `initial_mean=1e-6`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "yogi",
    title = "Yogi",
    family = Adaptive,
    cite = "zaheer2018adaptive",
    variants_of = "Adam",
    variant = "mean squared gradient that changes slowly",
    why = REASONS,
    optax = "optax.yogi",
    pytorch_optimizer = "pytorch_optimizer.Yogi"
)]
pub struct Yogi {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.01, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// The mean square changes by at most the fraction 1 - beta2 of the squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 0.001, valid = 0.0.., slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
    /// Initial value of the mean squared gradient.
    #[param(default = 1e-6, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub initial_square: f64,
    /// Initial value of the mean gradient.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0, optax = "=1e-6")]
    pub initial_mean: f64,
    /// Whether both means are bias-corrected.
    #[param(default = false, optax = "=true")]
    pub bias_correction: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its mean gradient, divided by the root of its slowly changing mean squared gradient",
        "-learning_rate * [(1 - bias_correction) * mean_gradient] / [sqrt(mean_square) + epsilon]",
    ),
    StepReason::new(
        "moves against its bias-corrected mean gradient, divided by the root of its slowly changing, bias-corrected mean squared gradient",
        "-learning_rate * [bias_correction * mean_gradient / (1 - beta1^t)] / [sqrt(mean_square / (1 - beta2^t)) + epsilon]",
    ),
];

impl GradientRule for Yogi {
    type State = MomentEstimates;

    fn init(&self, _: &[f64], size: StateShape) -> MomentEstimates {
        MomentEstimates {
            mean_gradient: vec![self.initial_mean; size.weights()],
            mean_square: vec![self.initial_square; size.weights()],
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentEstimates) {
        update_mean(&mut s.mean_gradient, d, self.beta1);
        let t = here.epoch + 1;
        let correction = |beta: f64| {
            if self.bias_correction {
                bias_correction_factor(beta, t)
            } else {
                1.0
            }
        };
        let (m_correction, v_correction) = (correction(self.beta1), correction(self.beta2));
        let rate = self.learning_rate / m_correction;
        let means = s.mean_gradient.iter().zip(&mut s.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            let square = *d * *d;
            *v -= (1.0 - self.beta2) * sign(*v - square) * square;
            *d = -rate * m / ((*v / v_correction).sqrt() + self.epsilon);
        }
    }

    fn is_autonomous(&self) -> bool {
        !self.bias_correction
    }
}
