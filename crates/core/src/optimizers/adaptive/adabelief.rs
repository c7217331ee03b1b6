//! `AdaBelief`.

use super::means::{bias_correction_factor, update_mean};
use crate::optimizers::prelude::*;

/// Moves against the bias-corrected mean gradient, divided by the root of the mean squared deviation of the gradients from it.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g                                  m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// s <- beta2 s + (1 - beta2) (g - m)^2 + epsilon_root           s_hat = s / (1 - beta2^t)
/// w <- w - learning_rate m_hat / (sqrt(s_hat) + epsilon)
/// ```
///
/// Steps are long where the gradient is as expected, and short where it deviates. This is the published form, and that of
/// optax, with the defaults of optax. The paper uses the same number for both epsilons.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adabelief",
    title = "AdaBelief",
    family = Adaptive,
    cite = "zhuang2020adabelief",
    variants_of = "Adam",
    variant = "root of the mean squared deviation from the mean gradient",
    why = REASONS,
    optax = "optax.adabelief",
    pytorch_optimizer = "pytorch_optimizer.AdaBelief"
)]
pub struct AdaBelief {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared deviation.
    #[param(default = 0.999, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-16, valid = 0.0.., slider = 1e-16..=1.0, log, optax = "eps")]
    pub epsilon: f64,
    /// Added to the mean squared deviation in each step.
    #[param(default = 1e-16, valid = 0.0.., slider = 1e-16..=1.0, log, optax = "eps_root")]
    pub epsilon_root: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its bias-corrected mean gradient, divided by the root of the mean squared deviation from it",
    "-learning_rate * [mean_gradient / (1 - beta1^t)] / [sqrt(mean_square_deviation / (1 - beta2^t)) + epsilon]",
)];

/// The state of `AdaBelief`.
#[derive(Clone, Debug, Inspect)]
pub struct AdaBeliefState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average s of the squared deviations of the gradients from m.
    #[quantity(GradientSquared)]
    pub mean_square_deviation: Vec<f64>,
}

impl GradientRule for AdaBelief {
    type State = AdaBeliefState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, state: &mut AdaBeliefState) {
        update_mean(&mut state.mean_gradient, d, self.beta1);
        let t = here.epoch + 1;
        let m_correction = bias_correction_factor(self.beta1, t);
        let s_correction = bias_correction_factor(self.beta2, t);
        let rate = self.learning_rate / m_correction;
        let means = state
            .mean_gradient
            .iter()
            .zip(&mut state.mean_square_deviation);
        for (d, (m, s)) in d.iter_mut().zip(means) {
            let deviation = *d - m;
            *s = self.beta2 * *s + (1.0 - self.beta2) * (deviation * deviation) + self.epsilon_root;
            *d = -rate * m / ((*s / s_correction).sqrt() + self.epsilon);
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
