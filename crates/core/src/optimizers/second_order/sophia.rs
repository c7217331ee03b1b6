//! Sophia.

use super::{
    DiagonalSource,
    diagonal_source::{DiagonalScratch, decayed_reasons},
};
use crate::optimizers::{
    adaptive::means::{bias_correction_factor, update_mean},
    prelude::*,
};

/// Divides the mean gradient by the mean curvature of each weight, and limits the result, so that flat and concave regions are
/// safe.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g
/// h <- beta2 h + (1 - beta2) diag(H)          every update_interval steps, at first in step 1
/// w <- w - learning_rate clip(m / max(gamma h, epsilon), clip_threshold)
/// ```
///
/// clip limits the magnitude of each component. The paper estimates the diagonal of the Hessian by Hutchinson's method with
/// normal random numbers, `diagonal=hutchinson` here with random signs as in optax. optax corrects the bias of m,
/// `bias_correction=true`, and updates h only after the step, `delayed=true`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "sophia",
    title = "Sophia",
    family = SecondOrder,
    cite = "liu2024sophia",
    why = REASONS,
    optax = "optax.contrib.sophia",
    differs = "optax"
)]
pub struct Sophia {
    /// Learning rate: the maximum step of each weight if the clip threshold is 1.
    #[param(default = 0.01, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.965, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean curvature.
    #[param(default = 0.99, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
    /// Factor of the mean curvature; a smaller factor limits more steps.
    #[param(default = 0.01, valid = positive, slider = 1e-4..=10.0, log, optax = "gamma")]
    pub gamma: f64,
    /// Maximum magnitude of the ratio of the mean gradient and the mean curvature.
    #[param(default = 1.0, valid = positive, slider = 0.01..=10.0, log, optax = "clip_threshold")]
    pub clip_threshold: f64,
    /// Number of steps between two evaluations of the Hessian.
    #[param(default = 10, valid = 1.0..=1e9, slider = 1.0..=100.0, optax = "update_interval")]
    pub update_interval: u64,
    /// Minimum of the divisor.
    #[param(default = 1e-12, valid = positive, slider = 1e-12..=1.0, log, optax = "eps=1e-8")]
    pub epsilon: f64,
    /// Weight decay: each step subtracts this fraction of the weights, times the learning rate.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0, optax = "weight_decay=0.0001")]
    pub weight_decay: f64,
    /// How the diagonal of the Hessian is computed.
    #[param(default = "exact", optax = "hessian_diagonal_fn=hutchinson")]
    pub diagonal: DiagonalSource,
    /// Seed of the random signs of `diagonal=hutchinson`.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
    /// Whether the mean gradient is bias-corrected, as in optax.
    #[param(default = false, optax = "=true")]
    pub bias_correction: bool,
    /// Whether the mean curvature is updated after the step instead of before it, as in optax.
    #[param(default = false, optax = "=true")]
    pub delayed: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = decayed_reasons! {
    "moves against its mean gradient, divided by its mean curvature"
        => "-learning_rate * [(1 - bias_correction) * mean_gradient] / [max(gamma * mean_curvature, epsilon)]",
    "moves against its mean gradient, divided by its mean curvature before the step"
        => "-learning_rate * [(1 - bias_correction) * mean_gradient] / [max(gamma * before(mean_curvature), epsilon)]",
    "moves against its bias-corrected mean gradient, divided by its mean curvature"
        => "-learning_rate * [bias_correction * mean_gradient / (1 - beta1^t)] / [max(gamma * mean_curvature, epsilon)]",
    "moves against its bias-corrected mean gradient, divided by its mean curvature before the step"
        => "-learning_rate * [bias_correction * mean_gradient / (1 - beta1^t)] / [max(gamma * before(mean_curvature), epsilon)]",
    "moves against the sign of its mean gradient, because the mean gradient divided by the mean curvature exceeds the clip threshold"
        => "-learning_rate * clip_threshold * [sign(mean_gradient)]",
};

/// The state of Sophia and its scratch memory.
#[derive(Clone, Debug, Inspect)]
pub struct SophiaState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    mean_gradient: Vec<f64>,
    /// Moving average h of the diagonal of the Hessian.
    #[quantity(Curvature)]
    mean_curvature: Vec<f64>,
    #[scratch]
    gradient: Vec<f64>,
    #[scratch]
    curvature: Vec<f64>,
    #[scratch]
    scratch: DiagonalScratch,
    #[scratch]
    epoch: u64,
}

impl Optimizer for Sophia {
    type State = SophiaState;
    const NEEDS: &'static [Need] = &[Need::Hessian];

    fn start(&self, w: &[f64], _: &mut Oracle) -> SophiaState {
        let dim = w.len();
        SophiaState {
            gradient: vec![0.0; dim],
            curvature: vec![0.0; dim],
            scratch: DiagonalScratch::new(dim, self.seed),
            ..SophiaState::zeros(dim, 1)
        }
    }

    fn step(&self, w: &mut [f64], s: &mut SophiaState, oracle: &mut Oracle) -> StepOutcome {
        oracle.value_and_gradient(w, &mut s.gradient);
        update_mean(&mut s.mean_gradient, &s.gradient, self.beta1);
        let is_still = is_zero(&s.gradient) && is_zero(&s.mean_gradient);
        if is_still && self.weight_decay == 0.0 && oracle.is_deterministic() {
            return StepOutcome::AtRest;
        }
        let decayed = 1.0 - self.learning_rate * self.weight_decay;
        let updates = s.epoch.is_multiple_of(self.update_interval);
        if updates && !self.delayed {
            self.update_curvature(w, s, oracle);
        }
        let from = self.delayed.then(|| w.to_vec());
        s.epoch += 1;
        let correction = if self.bias_correction {
            bias_correction_factor(self.beta1, s.epoch)
        } else {
            1.0
        };
        let means = s.mean_gradient.iter().zip(&s.mean_curvature);
        for (w, (m, h)) in w.iter_mut().zip(means) {
            let ratio = m / correction / (self.gamma * h).max(self.epsilon);
            let limit = self.clip_threshold;
            *w = decayed * *w - self.learning_rate * ratio.clamp(-limit, limit);
        }
        if let Some(from) = from.filter(|_| updates) {
            self.update_curvature(&from, s, oracle);
        }
        StepOutcome::Continue
    }

    fn is_autonomous(&self) -> bool {
        // The interval, the bias correction, and the random signs depend on the number of the step.
        self.update_interval == 1 && !self.bias_correction && self.diagonal == DiagonalSource::Exact
    }
}

impl Sophia {
    /// Updates the mean curvature with the diagonal of the Hessian at `w` (dim).
    fn update_curvature(&self, w: &[f64], s: &mut SophiaState, oracle: &mut Oracle) {
        self.diagonal
            .evaluate(w, &mut s.curvature, &mut s.scratch, oracle);
        update_mean(&mut s.mean_curvature, &s.curvature, self.beta2);
    }
}
