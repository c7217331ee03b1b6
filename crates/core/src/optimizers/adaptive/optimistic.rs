//! Optimistic Adam.

use super::means::{bias_correction_factor, update_mean, update_mean_square};
use crate::optimizers::prelude::*;

/// Moves in the direction of Adam, extrapolated by the change of this direction since the previous step.
///
/// ```text
/// m, v, m_hat, v_hat as in adam
/// r = m_hat / (sqrt(v_hat + epsilon_root) + epsilon)
/// w <- w - learning_rate (r + optimism (r - r_previous))          r_previous = r in the first step
/// ```
///
/// As in `optimistic-gradient-descent`, the change predicts the next direction. This is the published form, except that the
/// paper has a zero `r_previous` in the first step. In optax, m is taken one step ahead, as in `nadam` with a constant
/// momentum: `nesterov=true`. Its deprecated form `optimistic_adam` has an optimism that includes the learning rate.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "optimistic-adam",
    title = "Optimistic Adam",
    family = Adaptive,
    cite = "daskalakis2018training",
    variants_of = "Adam",
    variant = "step extrapolated by the change of the direction",
    why = REASONS,
    optax = "optax.optimistic_adam_v2"
)]
pub struct OptimisticAdam {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, optax = "learning_rate")]
    pub learning_rate: f64,
    /// Factor of the change of the direction.
    #[param(default = 1.0, valid = 0.0.., slider = 0.0..=2.0, optax = "beta")]
    pub optimism: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps_root")]
    pub epsilon_root: f64,
    /// Whether the mean gradient is taken one step ahead.
    #[param(default = false, optax = "nesterov=true")]
    pub nesterov: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves along the direction of Adam, extrapolated by its change since the previous step",
        "-learning_rate * (kept_direction + optimism * (kept_direction - before(kept_direction)))",
    ),
    StepReason::new(
        "moves along the direction of Adam, because the first step has no previous one",
        "-learning_rate * kept_direction",
    ),
];

/// The state of optimistic Adam.
#[derive(Clone, Debug, Inspect)]
pub struct OptimisticAdamState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Direction r of this step, remembered for the next one; zero before the first.
    #[quantity(Number)]
    pub kept_direction: Vec<f64>,
}

impl OptimisticAdam {
    /// Returns the factors of the mean gradient and of the gradient in the numerator of step `t`, counted from 1.
    fn shares(&self, t: u64) -> [f64; 2] {
        let now = bias_correction_factor(self.beta1, t);
        if self.nesterov {
            let next = bias_correction_factor(self.beta1, t + 1);
            [self.beta1 / next, (1.0 - self.beta1) / now]
        } else {
            [1.0 / now, 0.0]
        }
    }
}

impl GradientRule for OptimisticAdam {
    type State = OptimisticAdamState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut OptimisticAdamState) {
        update_mean(&mut s.mean_gradient, d, self.beta1);
        update_mean_square(&mut s.mean_square, d, self.beta2);
        let t = here.epoch + 1;
        let [of_mean, of_gradient] = self.shares(t);
        let v_correction = bias_correction_factor(self.beta2, t);
        let n = d.len();
        let (m, v) = (&s.mean_gradient[..n], &s.mean_square[..n]);
        let kept = &mut s.kept_direction[..n];
        for i in 0..n {
            let root = (v[i] / v_correction + self.epsilon_root).sqrt() + self.epsilon;
            let direction = (of_mean * m[i] + of_gradient * d[i]) / root;
            let change = if here.epoch == 0 {
                0.0
            } else {
                direction - kept[i]
            };
            kept[i] = direction;
            d[i] = -self.learning_rate * (direction + self.optimism * change);
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
