//! `AdaBound`.

use super::{
    amsgrad::update_divisor,
    means::{bias_correction_factor, update_mean, update_mean_square},
};
use crate::optimizers::prelude::*;

/// Moves like Adam, with a learning rate per weight that is limited by two bounds, which approach each other.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g
/// v <- beta2 v + (1 - beta2) g^2
/// lower = final_rate (1 - 1 / (gamma t + 1))          upper = final_rate (1 + 1 / (gamma t))          t = 1 in the first step
/// eta = learning_rate sqrt(1 - beta2^t) / (1 - beta1^t) / (sqrt(v + epsilon_root) + epsilon)
/// w <- w - min(max(eta, lower), upper) m
/// ```
///
/// The rule begins as Adam and ends as gradient descent with momentum, whose learning rate is `final_rate`. This is the form of
/// the authors' program; the paper has no bias correction and multiplies the step by `1 / sqrt(t)`. `amsbound=true` divides by
/// the maximum of v so far. A schedule of the learning rate also scales the bounds. `pytorch_optimizer` always adds 1e-15 under
/// the root.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adabound",
    title = "AdaBound",
    family = Adaptive,
    cite = "luo2019adaptive",
    variants_of = "Adam",
    variant = "learning rate of each weight within bounds",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.AdaBound"
)]
pub struct AdaBound {
    /// Learning rate: approximately the length of each weight's step, within the bounds.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Learning rate of gradient descent that both bounds approach.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, torch = "final_lr")]
    pub final_rate: f64,
    /// Speed at which the bounds approach each other.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=1.0, log)]
    pub gamma: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01)]
    pub epsilon_root: f64,
    /// Whether the maximum mean squared gradient so far divides the step instead of the current one.
    #[param(default = false, torch = "ams_bound")]
    pub amsbound: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves like Adam, because this learning rate of the weight is within the bounds",
        "-[learning_rate * sqrt(1 - beta2^t) / (1 - beta1^t)] * mean_gradient / [sqrt(divisor_square + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves against its mean gradient, times the lower bound, because the learning rate of Adam is below it",
        "-lower_bound * mean_gradient",
    ),
    StepReason::new(
        "moves against its mean gradient, times the upper bound, because the learning rate of Adam is above it",
        "-upper_bound * mean_gradient",
    ),
];

/// The state of `AdaBound`.
#[derive(Clone, Debug, Inspect)]
pub struct AdaBoundState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Mean squared gradient that divides the step: the maximum so far if `amsbound` is on, otherwise v.
    #[quantity(GradientSquared)]
    pub divisor_square: Vec<f64>,
    /// Lower bound of the learning rate of each weight; zero before the first step.
    #[quantity(Number)]
    pub lower_bound: SharedScalar,
    /// Upper bound of the learning rate of each weight; zero before the first step.
    #[quantity(Number)]
    pub upper_bound: SharedScalar,
    /// The learning rate without a schedule.
    #[scratch]
    base_rate: f64,
}

impl GradientRule for AdaBound {
    type State = AdaBoundState;

    fn init(&self, _: &[f64], size: StateShape) -> AdaBoundState {
        AdaBoundState {
            base_rate: self.learning_rate,
            ..AdaBoundState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AdaBoundState) {
        update_mean(&mut s.mean_gradient, d, self.beta1);
        update_mean_square(&mut s.mean_square, d, self.beta2);
        update_divisor(&mut s.divisor_square, &s.mean_square, self.amsbound);
        let t = here.epoch + 1;
        let final_rate = self.final_rate * self.learning_rate / s.base_rate;
        let passed = self.gamma * t as f64;
        let lower = final_rate * (1.0 - 1.0 / (passed + 1.0));
        let upper = final_rate * (1.0 + 1.0 / passed);
        (s.lower_bound.0, s.upper_bound.0) = (lower, upper);
        let correction =
            bias_correction_factor(self.beta2, t).sqrt() / bias_correction_factor(self.beta1, t);
        let rate = self.learning_rate * correction;
        let means = s.mean_gradient.iter().zip(&s.divisor_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            let own = rate / ((v + self.epsilon_root).sqrt() + self.epsilon);
            *d = -(own.max(lower).min(upper) * m);
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
