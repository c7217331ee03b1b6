//! Quasi-hyperbolic momentum (QHM).

use crate::optimizers::prelude::*;

/// Moves against a weighted average of the gradient and the mean gradient.
///
/// ```text
/// m <- beta m + (1 - beta) g
/// w <- w - eta ((1 - nu) g + nu m)
/// ```
///
/// `nu=0` is gradient descent, `nu=1` is momentum with the learning rate eta (1 - beta), and `nu=beta` is Nesterov momentum.
/// This is the published form with the defaults of the paper.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "qhm",
    title = "QHM",
    family = FirstOrder,
    cite = "ma2019quasi",
    variants_of = "momentum",
    variant = "average of the gradient and a mean gradient",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.QHM"
)]
pub struct Qhm {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient)]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.999, valid = 0.0..1.0)]
    pub beta: f64,
    /// Fraction of the mean gradient in the step.
    #[param(default = 0.7, valid = 0.0..=1.0)]
    pub nu: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against an average of its gradient and its mean gradient",
    "-learning_rate * ([1 - nu] * gradient + [nu] * mean_gradient)",
)];

/// The state of QHM.
#[derive(Clone, Debug, Inspect)]
pub struct QhmState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
}

impl GradientRule for Qhm {
    type State = QhmState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut QhmState) {
        for (d, m) in d.iter_mut().zip(&mut s.mean_gradient) {
            *m = self.beta * *m + (1.0 - self.beta) * *d;
            *d = -self.learning_rate * ((1.0 - self.nu) * *d + self.nu * *m);
        }
    }
}
