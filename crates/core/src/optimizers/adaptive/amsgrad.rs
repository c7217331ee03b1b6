//! Adam with the greatest mean square so far (`AMSGrad`).

use super::means::{bias_correction_factor, update_mean, update_mean_square};
use crate::optimizers::prelude::*;

/// Variant of Adam that divides by the root of the maximum mean squared gradient so far, which never decreases.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// v <- beta2 v + (1 - beta2) g^2
/// v_max <- max(v_max, v)                  v_hat = v_max / (1 - beta2^t)
/// w <- w - learning_rate m_hat / (sqrt(v_hat + epsilon_root) + epsilon)
/// ```
///
/// This is the form of torch. optax corrects v before it takes the maximum: `maximum=corrected`. The paper has neither bias
/// correction nor epsilon. Weight decay is part of the gradient, as in Adam of torch, or decoupled from it, as in `AdamW`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "amsgrad",
    title = "AMSGrad",
    family = Adaptive,
    cite = "reddi2018convergence",
    variants_of = "Adam",
    variant = "root of the maximum mean squared gradient so far",
    why = REASONS,
    torch = "torch.optim.Adam with amsgrad=True",
    torch_options = "weight_decay, decoupled_weight_decay",
    optax = "optax.amsgrad",
    keras = "keras.optimizers.Adam with amsgrad=True"
)]
pub struct AmsGrad {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]", optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]", optax = "b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "eps")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps_root")]
    pub epsilon_root: f64,
    /// Whether the maximum is taken before or after the bias correction.
    #[param(default = "uncorrected", optax = "=corrected")]
    pub maximum: Maximum,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its bias-corrected mean gradient, divided by the root of its maximum mean squared gradient so far, also bias-corrected",
        "-learning_rate * [mean_gradient / (1 - beta1^t)] / [sqrt(max_square / (1 - beta2^t) + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves against its bias-corrected mean gradient, divided by the root of its maximum mean squared gradient so far, also bias-corrected",
        "-learning_rate * [mean_gradient / (1 - beta1^t)] / [sqrt(max_square + epsilon_root) + epsilon]",
    ),
];

/// Whether the maximum is taken before or after the bias correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maximum {
    /// The maximum of the uncorrected mean squares; the bias correction follows.
    Uncorrected,
    /// The maximum of the bias-corrected mean squares.
    Corrected,
}

choice!(Maximum {
    "uncorrected": Uncorrected,
    "corrected": Corrected,
});

/// The state of `AMSGrad`.
#[derive(Clone, Debug, Inspect)]
pub struct AmsGradState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Maximum mean squared gradient so far.
    #[quantity(GradientSquared)]
    pub max_square: Vec<f64>,
}

/// Updates the mean square that divides a step: the maximum of `square` so far, or `square` itself.
pub(super) fn update_divisor(divisor: &mut [f64], square: &[f64], is_maximum: bool) {
    for (divisor, square) in divisor.iter_mut().zip(square) {
        if !(is_maximum && *divisor > *square) {
            *divisor = *square;
        }
    }
}

impl GradientRule for AmsGrad {
    type State = AmsGradState;

    const OPTIONS: OptionDefaults = OptionDefaults::AS_IN_TORCH;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AmsGradState) {
        update_mean(&mut s.mean_gradient, d, self.beta1);
        update_mean_square(&mut s.mean_square, d, self.beta2);
        let t = here.epoch + 1;
        let rate = self.learning_rate / bias_correction_factor(self.beta1, t);
        let (before, after) = match self.maximum {
            Maximum::Uncorrected => (1.0, bias_correction_factor(self.beta2, t)),
            Maximum::Corrected => (bias_correction_factor(self.beta2, t), 1.0),
        };
        let n = d.len();
        let (m, v) = (&s.mean_gradient[..n], &s.mean_square[..n]);
        let max = &mut s.max_square[..n];
        for i in 0..n {
            let square = v[i] / before;
            max[i] = if max[i] > square { max[i] } else { square };
            d[i] = -rate * m[i] / ((max[i] / after + self.epsilon_root).sqrt() + self.epsilon);
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
