//! Prodigy.

use super::l1_norm;
use crate::optimizers::{adaptive::bias_correction_factor, prelude::*};

/// Moves like Adam, with a learning rate that grows with the distance that the run has moved along its gradients.
///
/// ```text
/// rate = distance learning_rate sqrt(1 - beta2^t) / (1 - beta1^t)               t = 1 in the first step
/// n <- c n + distance / initial_distance rate g . (w_0 - w)                     c = sqrt(beta2)
/// m <- beta1 m + (1 - beta1) distance g          v <- beta2 v + (1 - beta2) distance^2 g^2
/// s <- c s + distance / initial_distance rate g
/// distance <- max(distance, growth n / |s|_1)
/// w <- w - rate m / (sqrt(v) + distance epsilon)
/// ```
///
/// This is the form of the paper's program and of optax.
#[derive(Clone, Debug, Describe)]
#[entry(id = "prodigy", title = "Prodigy", family = ParameterFree, cite = "mishchenko2024prodigy", variants_of = "D-Adaptation", variant = "bound of the distance from the gradients and the moved distance", why = REASONS, optax = "optax.contrib.prodigy", pytorch_optimizer = "pytorch_optimizer.Prodigy")]
pub struct Prodigy {
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
    /// Factor of the estimate.
    #[param(default = 1.0, valid = positive, slider = 0.1..=10.0, log, optax = "estim_lr_coef")]
    pub growth: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its mean gradient, divided by the root of its mean squared gradient, times the estimated learning rate",
    "-[before(distance) * learning_rate * sqrt(1 - beta2^t) / (1 - beta1^t)] * [mean_gradient] / [sqrt(mean_square) + distance * epsilon]",
)];

/// The state of Prodigy.
#[derive(Clone, Debug, Inspect)]
pub struct ProdigyState {
    /// Estimate of the distance to the solution, which grows.
    #[quantity(Number)]
    pub distance: PerRunScalar,
    /// Moving average m of the gradients times the estimates.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients times the squared estimates.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Slow weighted sum s of the gradients.
    #[quantity(Gradient)]
    pub slow_sum: Vec<f64>,
    /// Numerator n of the estimate.
    #[quantity(Number)]
    pub numerator: PerRunScalar,
    /// Initial point.
    #[quantity(Position)]
    pub initial_weight: Vec<f64>,
}

impl GradientRule for Prodigy {
    type State = ProdigyState;

    fn init(&self, w: &[f64], size: StateShape) -> ProdigyState {
        ProdigyState {
            distance: PerRunScalar(vec![self.initial_distance]),
            initial_weight: w.to_vec(),
            ..ProdigyState::zeros(size.dim, size.runs)
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut ProdigyState) {
        let t = here.epoch + 1;
        let correction =
            bias_correction_factor(self.beta2, t).sqrt() / bias_correction_factor(self.beta1, t);
        let distance = s.distance.0[0];
        let rate = distance * self.learning_rate * correction;
        let (slow, growth) = (self.beta2.sqrt(), distance / self.initial_distance);
        let moved = s.initial_weight.iter().zip(here.weights);
        let progress: f64 = d.iter().zip(moved).map(|(g, (a, w))| g * (a - w)).sum();
        s.numerator.0[0] = slow * s.numerator.0[0] + growth * rate * progress;
        let means = s.mean_gradient.iter_mut().zip(&mut s.mean_square);
        for (d, ((m, v), sum)) in d.iter().zip(means.zip(&mut s.slow_sum)) {
            let g = distance * d;
            *m = self.beta1 * *m + (1.0 - self.beta1) * g;
            *v = self.beta2 * *v + (1.0 - self.beta2) * g * g;
            *sum = slow * *sum + rate * g / self.initial_distance;
        }
        let estimate = self.growth * s.numerator.0[0] / l1_norm(&s.slow_sum);
        s.distance.0[0] = distance.max(estimate);
        let epsilon = s.distance.0[0] * self.epsilon;
        let means = s.mean_gradient.iter().zip(&s.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            *d = -rate * m / (v.sqrt() + epsilon);
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
