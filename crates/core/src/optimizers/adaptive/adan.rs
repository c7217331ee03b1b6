//! Adan (adaptive Nesterov momentum).

use super::means::{bias_correction_factor, update_mean};
use crate::optimizers::prelude::*;

/// Moves against the mean gradient plus the mean change of the gradient, divided by the root of the mean square of both.
///
/// ```text
/// delta = g - g_previous                                  0 in the first step
/// m <- beta1 m + (1 - beta1) g                            m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// v <- beta2 v + (1 - beta2) delta                        v_hat = v / (1 - beta2^t)
/// n <- beta3 n + (1 - beta3) (g + c delta)^2              n_hat = n / (1 - beta3^t)
/// w <- w - learning_rate (m_hat + c v_hat) / (sqrt(n_hat + epsilon_root) + epsilon)
/// ```
///
/// The change of the gradient predicts the gradient at the next point, as Nesterov's momentum does, without a second
/// evaluation. The factor c is beta2, as in the paper, whose betas are 1 minus these, and in its program. optax 0.2.8 uses
/// 1 - beta2: `change_factor=0.08`, and epsilon under the root as well.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adan",
    title = "Adan",
    family = Adaptive,
    cite = "xie2022adan",
    why = REASONS,
    optax = "optax.adan",
    optax_options = "weight_decay",
    pytorch_optimizer = "pytorch_optimizer.Adan"
)]
pub struct Adan {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.98, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean change of the gradient.
    #[param(default = 0.92, valid = 0.0..1.0, optax = "=0.92")]
    pub beta2: f64,
    /// Decay rate of the mean square.
    #[param(default = 0.99, valid = 0.0..1.0, optax = "b3")]
    pub beta3: f64,
    /// Factor c of the change of the gradient.
    #[param(default = 0.92, valid = 0.0..=1.0, optax = "=0.08")]
    pub change_factor: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps_root=1e-8")]
    pub epsilon_root: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its mean gradient plus the mean change of its gradient, divided by the root of the mean square of both",
    "-learning_rate * [mean_gradient / (1 - beta1^t) + change_factor * mean_change / (1 - beta2^t)] / [sqrt(mean_square / (1 - beta3^t) + epsilon_root) + epsilon]",
)];

/// The state of Adan.
#[derive(Clone, Debug, Inspect)]
pub struct AdanState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the changes of the gradient from step to step.
    #[quantity(Gradient)]
    pub mean_change: Vec<f64>,
    /// Moving average n of the squares of the predicted gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Gradient of this step, remembered for the next one; zero before the first.
    #[quantity(Gradient)]
    pub kept_gradient: Vec<f64>,
}

impl GradientRule for Adan {
    type State = AdanState;

    const OPTIONS: OptionDefaults = OptionDefaults::DECOUPLED;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AdanState) {
        let t = here.epoch + 1;
        update_mean(&mut s.mean_gradient, d, self.beta1);
        let c = self.change_factor;
        let (m_correction, v_correction, n_correction) = (
            bias_correction_factor(self.beta1, t),
            bias_correction_factor(self.beta2, t),
            bias_correction_factor(self.beta3, t),
        );
        let means = s.mean_gradient.iter().zip(&mut s.mean_change);
        let rest = s.mean_square.iter_mut().zip(&mut s.kept_gradient);
        for (d, ((m, v), (n, previous))) in d.iter_mut().zip(means.zip(rest)) {
            let change = if here.epoch == 0 { 0.0 } else { *d - *previous };
            *previous = *d;
            *v = self.beta2 * *v + (1.0 - self.beta2) * change;
            let ahead = *d + c * change;
            *n = self.beta3 * *n + (1.0 - self.beta3) * (ahead * ahead);
            let root = (*n / n_correction + self.epsilon_root).sqrt() + self.epsilon;
            *d = -self.learning_rate * (m / m_correction + c * (*v / v_correction)) / root;
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
