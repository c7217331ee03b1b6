//! SWATS (switching from Adam to SGD).

use super::means::{bias_correction_factor, update_mean, update_mean_square};
use crate::optimizers::prelude::*;

/// Begins as Adam and switches to gradient descent with momentum, with a learning rate that it derives from the steps of Adam.
///
/// ```text
/// m, v as in adam          t = 1 in the first step
/// p = -learning_rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v + epsilon_root) + epsilon)          w <- w + p
/// gamma = |p|^2 / (-p . g)          lambda <- beta2 lambda + (1 - beta2) gamma          only if p . g is not 0
/// rate = lambda / (1 - beta2^t)          switch if t > 1 and |rate - gamma| < tolerance and rate > 0
/// after the switch: u <- beta1 u + g          w <- w - (1 - beta1) rate u
/// ```
///
/// gamma is the learning rate of a gradient step whose projection on the step of Adam is this step. When it equals its own
/// mean, it no longer changes, and the run switches. This is the published form, with one rate for all weights. On smooth
/// problems gamma rarely comes within 1e-9 of its mean; a larger tolerance switches earlier. `pytorch_optimizer` is
/// `epsilon=1e-6,tolerance=1e-8,relative_tolerance=1e-6` and adds 1e-15 to v. A schedule has no effect after the switch.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "swats",
    title = "SWATS",
    family = Adaptive,
    cite = "keskar2017improving",
    variants_of = "Adam",
    variant = "root of the mean squared gradient, until the run switches to momentum",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.SWATS"
)]
pub struct Swats {
    /// Learning rate of Adam: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient, and momentum after the switch.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient, and of the mean of gamma.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-9, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01)]
    pub epsilon_root: f64,
    /// Difference between gamma and its mean below which the run switches.
    #[param(default = 1e-9, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub tolerance: f64,
    /// Fraction of gamma that is added to the tolerance.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1)]
    pub relative_tolerance: f64,
}

/// The reasons for its steps. The sign of the rate after the switch is 0 before it.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves like Adam, because the learning rate of gradient descent that its steps imply still changes",
        "-[(1 - sign(descent_rate)) * learning_rate * sqrt(1 - beta2^t) / (1 - beta1^t)] * mean_gradient / [sqrt(mean_square + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves like Adam for the last time: the learning rate of gradient descent that its steps imply equals its mean, so the run switches to gradient descent with momentum",
        "-[sign(descent_rate) * (1 - sign(before(descent_rate))) * learning_rate * sqrt(1 - beta2^t) / (1 - beta1^t)] * mean_gradient / [sqrt(mean_square + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves against its velocity, because the run has switched to gradient descent with momentum",
        "-[sign(before(descent_rate)) * (1 - beta1) * descent_rate] * velocity",
    ),
];

/// The state of SWATS.
#[derive(Clone, Debug, Inspect)]
pub struct SwatsState {
    /// Moving average m of the gradients, until the switch.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients, until the switch.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Moving average lambda of gamma, the learning rate of gradient descent that a step of Adam implies.
    #[quantity(Number)]
    pub mean_implied_rate: PerRunScalar,
    /// Learning rate of gradient descent; zero before the switch.
    #[quantity(Number)]
    pub descent_rate: PerRunScalar,
    /// Velocity u of gradient descent, without the learning rate; zero before the switch.
    #[quantity(Gradient)]
    pub velocity: Vec<f64>,
}

impl Swats {
    /// Replaces the gradient `d` by the step `t` of Adam, counted from 1. Returns the learning rate gamma that it implies,
    /// unless the step is orthogonal to the gradient.
    fn adapt(&self, d: &mut [f64], t: u64, s: &mut SwatsState) -> Option<f64> {
        update_mean(&mut s.mean_gradient, d, self.beta1);
        update_mean_square(&mut s.mean_square, d, self.beta2);
        let correction =
            bias_correction_factor(self.beta2, t).sqrt() / bias_correction_factor(self.beta1, t);
        let rate = self.learning_rate * correction;
        let (mut square, mut slope) = (0.0, 0.0);
        let means = s.mean_gradient.iter().zip(&s.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            let step = -rate * m / ((v + self.epsilon_root).sqrt() + self.epsilon);
            square += step * step;
            slope += step * *d;
            *d = step;
        }
        (slope != 0.0).then(|| square / -slope)
    }
}

impl GradientRule for Swats {
    type State = SwatsState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut SwatsState) {
        let descent_rate = s.descent_rate.0[0];
        if descent_rate > 0.0 {
            for (d, u) in d.iter_mut().zip(&mut s.velocity) {
                *u = self.beta1 * *u + *d;
                *d = -descent_rate * ((1.0 - self.beta1) * *u);
            }
            return;
        }
        let t = here.epoch + 1;
        let Some(implied) = self.adapt(d, t, s) else {
            return;
        };
        let [mean] = &mut s.mean_implied_rate.0[..] else {
            unreachable!("the state of one run");
        };
        *mean = self.beta2 * *mean + (1.0 - self.beta2) * implied;
        let corrected = *mean / bias_correction_factor(self.beta2, t);
        let limit = self.tolerance + self.relative_tolerance * implied.abs();
        if t > 1 && corrected > 0.0 && (corrected - implied).abs() < limit {
            s.descent_rate.0[0] = corrected;
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
