//! MADGRAD (momentumized, adaptive, dual averaged gradient).

use crate::{numeric::float::cbrt, optimizers::prelude::*};

/// Moves a fraction of the way to the point that all gradients so far, divided by the cube root of their squares, determine.
///
/// ```text
/// lambda = (learning_rate + epsilon) sqrt(t)                  t = 1 in the first step
/// s <- s + lambda g
/// v <- v + lambda g^2
/// z = w_0 - s / (cbrt(v) + epsilon)                           w_0 is the initial point
/// w <- momentum w + (1 - momentum) z
/// ```
///
/// This is the form of the paper's program. optax computes sqrt(t) in single precision.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "madgrad",
    title = "MADGRAD",
    family = Adaptive,
    cite = "defazio2021madgrad",
    why = REASONS,
    optax = "optax.contrib.madgrad",
    optax_options = "weight_decay",
    pytorch_optimizer = "pytorch_optimizer.MADGRAD"
)]
pub struct Madgrad {
    /// Learning rate.
    #[param(default = 0.01, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Fraction of the weights that is kept in each step.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "momentum")]
    pub momentum: f64,
    /// Added to the cube root and to the learning rate.
    #[param(default = 1e-6, valid = positive, slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves a fraction of the way to the point that the sum of its gradients, divided by the cube root of the sum of their squares, determines",
    "[1 - momentum] * ([initial_weight - gradient_sum / (cbrt(square_sum) + epsilon)] - weight)",
)];

/// The state of MADGRAD.
#[derive(Clone, Debug, Inspect)]
pub struct MadgradState {
    /// Weighted sum s of the gradients.
    #[quantity(Gradient)]
    pub gradient_sum: Vec<f64>,
    /// Weighted sum v of the squared gradients.
    #[quantity(GradientSquared)]
    pub square_sum: Vec<f64>,
    /// Initial point.
    #[quantity(Position)]
    pub initial_weight: Vec<f64>,
}

impl GradientRule for Madgrad {
    type State = MadgradState;

    fn init(&self, w: &[f64], size: StateShape) -> MadgradState {
        MadgradState {
            initial_weight: w.to_vec(),
            ..MadgradState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MadgradState) {
        let lambda = (self.learning_rate + self.epsilon) * ((here.epoch + 1) as f64).sqrt();
        let sums = s.gradient_sum.iter_mut().zip(&mut s.square_sum);
        let points = s.initial_weight.iter().zip(here.weights);
        for (d, ((sum, square), (initial, w))) in d.iter_mut().zip(sums.zip(points)) {
            *sum += lambda * *d;
            *square += lambda * (*d * *d);
            let goal = initial - *sum / (cbrt(*square) + self.epsilon);
            *d = (1.0 - self.momentum) * (goal - w);
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
