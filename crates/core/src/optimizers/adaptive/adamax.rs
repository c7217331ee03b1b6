//! Adam with the greatest gradient (Adamax).

use super::means::{take_in, weight};
use crate::optimizers::prelude::*;

/// Adam that divides by the greatest gradient of late, which fades, where Adam divides by the root of a mean square.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// u <- max(beta2 u, |g| + epsilon)
/// w <- w - learning_rate m_hat / u
/// ```
///
/// As in torch and optax; the paper has no epsilon. TensorFlow adds it where it divides: `epsilon_placement=divisor`.
/// Weight decay is part of the gradient, as in torch, or decoupled from it, as in optax's `adamaxw`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adamax",
    title = "Adamax",
    family = Adaptive,
    cite = "kingma2015adam",
    kin = "Adam",
    variant = "divides by the greatest gradient of late in place of a root mean square",
    why = WHY
)]
pub struct Adamax {
    /// Learning rate: about the length of each weight's step.
    #[param(default = 0.002, valid = positive, slider = 1e-5..=10.0, log)]
    pub learning_rate: f64,
    /// Share of the mean gradient that is kept from step to step.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub beta1: f64,
    /// Share of the greatest gradient that is kept from step to step.
    #[param(default = 0.999, valid = 0.0..1.0)]
    pub beta2: f64,
    /// Keeps the divisor above zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub epsilon: f64,
    /// What epsilon is added to.
    #[param(default = "gradient")]
    pub epsilon_placement: EpsilonPlacement,
    /// Strength of the pull towards zero.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1)]
    pub weight_decay: f64,
    /// Whether the pull goes past the means.
    #[param(default = false)]
    pub decoupled: bool,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "goes against the mean of its gradients, corrected for its beginning at zero, divided by the greatest of them of late, and so by about one learning rate, however steep it is, while its gradients do not shrink",
    "-learning_rate * [mean_gradient / (1 - beta1^t)] / greatest_gradient",
)];

/// What Adamax's epsilon is added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpsilonPlacement {
    /// The size of each gradient, and so the greatest one remembers it.
    Gradient,
    /// The greatest gradient, each time that it divides.
    Divisor,
}

choice!(EpsilonPlacement {
    "gradient": Gradient,
    "divisor": Divisor,
});

/// What Adamax remembers.
#[derive(Clone, Debug, Inspect)]
pub struct AdamaxState {
    /// Decaying mean m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Greatest size u of a gradient of late.
    #[quantity(Gradient)]
    pub greatest_gradient: Vec<f64>,
}

impl GradientRule for Adamax {
    type State = AdamaxState;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AdamaxState) {
        if !self.decoupled {
            couple(d, here.weights, self.weight_decay);
        }
        take_in(&mut s.mean_gradient, d, self.beta1);
        let rate = self.learning_rate / weight(self.beta1, here.epoch + 1);
        let (of_gradient, of_divisor) = match self.epsilon_placement {
            EpsilonPlacement::Gradient => (self.epsilon, 0.0),
            EpsilonPlacement::Divisor => (0.0, self.epsilon),
        };
        let n = d.len();
        let (m, u) = (&s.mean_gradient[..n], &mut s.greatest_gradient[..n]);
        for i in 0..n {
            let (old, new) = (self.beta2 * u[i], d[i].abs() + of_gradient);
            u[i] = if old > new { old } else { new };
            d[i] = -rate * m[i] / (u[i] + of_divisor);
        }
        if self.decoupled {
            decouple(d, here.weights, self.learning_rate * self.weight_decay);
        }
    }
}
