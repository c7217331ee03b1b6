//! Optimistic gradient descent.

use crate::optimizers::prelude::*;

/// Moves against the gradient, extrapolated by its change since the previous step.
///
/// ```text
/// w <- w - eta (g + optimism (g - g_previous))          g_previous = g in the first step
/// ```
///
/// The change predicts the next gradient. The method was made for games, in which plain gradient steps turn around the
/// solution. optax has two factors, alpha and beta: they equal the learning rate times alpha and `optimism` = beta / alpha.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "optimistic-gradient-descent",
    title = "Optimistic gradient descent",
    family = FirstOrder,
    cite = "daskalakis2018training",
    why = REASONS,
    optax = "optax.optimistic_gradient_descent"
)]
pub struct OptimisticGradientDescent {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, optax = "learning_rate")]
    pub learning_rate: f64,
    /// Factor of the change of the gradient.
    #[param(default = 1.0, valid = 0.0.., slider = 0.0..=2.0, optax = "beta")]
    pub optimism: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against an extrapolation of its gradient by the change since the previous step",
        "-learning_rate * (gradient + [optimism] * (gradient - before(kept_gradient)))",
    ),
    StepReason::new(
        "moves against its gradient, because the first step has no previous one",
        "-learning_rate * gradient",
    ),
];

/// The state of optimistic gradient descent.
#[derive(Clone, Debug, Inspect)]
pub struct OptimisticState {
    /// Gradient of this step, remembered for the next one; zero before the first.
    #[quantity(Gradient)]
    pub kept_gradient: Vec<f64>,
}

impl GradientRule for OptimisticGradientDescent {
    type State = OptimisticState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut OptimisticState) {
        for (d, previous) in d.iter_mut().zip(&mut s.kept_gradient) {
            let change = if here.epoch == 0 { 0.0 } else { *d - *previous };
            *previous = *d;
            *d = -self.learning_rate * (*d + self.optimism * change);
        }
    }

    fn ignores_step_number(&self) -> bool {
        false
    }
}
