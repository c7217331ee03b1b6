//! D-Adaptation for `AdamW`.

use super::l1_norm;
use crate::{
    numeric::linalg::dot,
    optimizers::{adaptive::bias_correction_factor, prelude::*},
};

/// Moves like Adam, with a learning rate that is a growing lower bound of the distance to the solution.
///
/// ```text
/// rate = distance learning_rate sqrt(1 - beta2^t) / (1 - beta1^t)               t = 1 in the first step
/// n <- c n + (1 - c) rate g . (s / (sqrt(v) + epsilon))                         c = sqrt(beta2)
/// m <- beta1 m + (1 - beta1) rate g          v <- beta2 v + (1 - beta2) g^2          s <- c s + (1 - c) rate g
/// distance <- max(distance, n / ((1 - c) |s|_1))
/// w <- w - m / (sqrt(v) + epsilon)
/// ```
///
/// This is the form of the paper's program and of optax.
#[derive(Clone, Debug, Describe)]
#[entry(id = "dadapt-adamw", title = "D-Adapt AdamW", family = ParameterFree, cite = "defazio2023learning", variants_of = "D-Adaptation", variant = "bound of the distance from the gradients alone", why = REASONS, optax = "optax.contrib.dadapt_adamw")]
pub struct DAdaptAdamW {
    /// Factor of the estimated learning rate.
    #[param(default = 1.0, valid = positive, slider = 0.01..=10.0, log, optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "betas[0]")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, optax = "betas[1]")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = positive, slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
    /// Initial estimate of the distance.
    #[param(default = 1e-6, valid = positive, slider = 1e-8..=1.0, log, optax = "estim_lr0")]
    pub initial_distance: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against the mean of its gradients times the estimated learning rates, divided by the root of its mean squared gradient",
    "-[mean_step] / [sqrt(mean_square) + epsilon]",
)];

/// The state of D-Adaptation.
#[derive(Clone, Debug, Inspect)]
pub struct DAdaptState {
    /// Estimate of the distance to the solution: a lower bound that grows.
    #[quantity(Number)]
    pub distance: PerRunScalar,
    /// Moving average m of the gradients times their learning rates.
    #[quantity(Gradient)]
    pub mean_step: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Slow moving average s of the gradients times their learning rates.
    #[quantity(Gradient)]
    pub slow_mean_step: Vec<f64>,
    /// Numerator n of the bound.
    #[quantity(Number)]
    pub numerator: PerRunScalar,
}

impl GradientRule for DAdaptAdamW {
    type State = DAdaptState;

    fn init(&self, _: &[f64], size: StateShape) -> DAdaptState {
        DAdaptState {
            distance: PerRunScalar(vec![self.initial_distance]),
            ..DAdaptState::zeros(size.dim, size.runs)
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut DAdaptState) {
        let t = here.epoch + 1;
        let correction =
            bias_correction_factor(self.beta2, t).sqrt() / bias_correction_factor(self.beta1, t);
        let rate = s.distance.0[0] * self.learning_rate * correction;
        let slow = self.beta2.sqrt();
        let scaled = s.slow_mean_step.iter().zip(&s.mean_square);
        let scaled: Vec<f64> = scaled.map(|(s, v)| s / (v.sqrt() + self.epsilon)).collect();
        let numerator = slow * s.numerator.0[0] + (1.0 - slow) * rate * dot(d, &scaled);
        s.numerator.0[0] = numerator;
        let means = s.mean_step.iter_mut().zip(&mut s.mean_square);
        for (d, ((m, v), sum)) in d.iter_mut().zip(means.zip(&mut s.slow_mean_step)) {
            let g = *d;
            *m = self.beta1 * *m + (1.0 - self.beta1) * rate * g;
            *v = self.beta2 * *v + (1.0 - self.beta2) * g * g;
            *sum = slow * *sum + (1.0 - slow) * rate * g;
            *d = -*m / (v.sqrt() + self.epsilon);
        }
        let bound = numerator / ((1.0 - slow) * l1_norm(&s.slow_mean_step));
        s.distance.0[0] = s.distance.0[0].max(bound);
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
