//! Adam with the greatest gradient (Adamax).

use super::means::{bias_correction_factor, update_mean};
use crate::optimizers::prelude::*;

/// Variant of Adam that divides by a decaying maximum of the gradient magnitudes instead of a root mean square.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// u <- max(beta2 u, |g| + epsilon)
/// w <- w - learning_rate m_hat / u
/// ```
///
/// This is the form of torch and optax; the paper has no epsilon. TensorFlow adds epsilon to the denominator:
/// `epsilon_placement=divisor`. Weight decay is part of the gradient, as in torch, or decoupled from it, as in `adamaxw` of
/// optax.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adamax",
    title = "Adamax",
    family = Adaptive,
    cite = "kingma2015adam",
    variants_of = "Adam",
    variant = "decaying maximum of the gradient magnitudes",
    why = REASONS,
    torch = "torch.optim.Adamax",
    torch_options = "weight_decay",
    optax = "optax.adamax",
    keras = "keras.optimizers.Adamax"
)]
pub struct Adamax {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.002, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]", optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the maximum gradient magnitude.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]", optax = "b2")]
    pub beta2: f64,
    /// Keeps the denominator above zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "eps")]
    pub epsilon: f64,
    /// Whether epsilon is added to the gradient magnitudes or to the divisor.
    #[param(default = "gradient")]
    pub epsilon_placement: EpsilonPlacement,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its bias-corrected mean gradient, divided by the decaying maximum of its gradient magnitudes",
    "-learning_rate * [mean_gradient / (1 - beta1^t)] / greatest_gradient",
)];

/// Where Adamax adds epsilon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpsilonPlacement {
    /// To the magnitude of each gradient, so that the maximum includes it.
    Gradient,
    /// To the maximum, whenever it is the denominator.
    Divisor,
}

choice!(EpsilonPlacement {
    "gradient": Gradient,
    "divisor": Divisor,
});

/// The state of Adamax.
#[derive(Clone, Debug, Inspect)]
pub struct AdamaxState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Decaying maximum u of the gradient magnitudes.
    #[quantity(Gradient)]
    pub greatest_gradient: Vec<f64>,
}

impl GradientRule for Adamax {
    type State = AdamaxState;

    const OPTIONS: OptionDefaults = OptionDefaults::AS_IN_TORCH;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AdamaxState) {
        update_mean(&mut s.mean_gradient, d, self.beta1);
        let rate = self.learning_rate / bias_correction_factor(self.beta1, here.epoch + 1);
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
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
