//! `AdamW` with variance reduction (MARS).

use super::{adamw::AdamW, means::MomentEstimates};
use crate::optimizers::prelude::*;

/// Takes the step of `adamw` with a gradient to which a multiple of its change since the last step is added.
///
/// ```text
/// c = g + mars beta1 / (1 - beta1) (g - g_before)          c <- c / max(1, |c|)
/// w <- w - learning_rate m_hat / (sqrt(v_hat) + epsilon)
/// m_hat, v_hat as in adam, of c instead of g
/// ```
///
/// This is `adamw` with the option `mars=0.025`, and `MARS-AdamW` of the paper in the approximate form, whose previous gradient is
/// that of the previous mini-batch. The norm of c is limited in each block. The first step has no previous gradient, so c = g;
/// the program of the authors subtracts zero instead.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "mars",
    title = "MARS",
    family = Adaptive,
    cite = "yuan2024mars",
    variants_of = "Adam",
    variant = "AdamW whose gradient contains a multiple of its last change",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.MARS"
)]
pub struct Mars {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.003, valid = positive, slider = 1e-5..=10.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.95, valid = 0.0..1.0)]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.99, valid = 0.0..1.0)]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its bias-corrected mean gradient, divided by the root of its bias-corrected mean squared gradient",
    "-learning_rate * [mean_gradient / (1 - beta1^t)] / [sqrt(mean_square / (1 - beta2^t)) + epsilon]",
)];

impl GradientRule for Mars {
    type State = MomentEstimates;

    const OPTIONS: OptionDefaults = OptionDefaults {
        mars: 0.025,
        ..OptionDefaults::DECOUPLED
    };

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentEstimates) {
        let adamw = AdamW {
            learning_rate: self.learning_rate,
            beta1: self.beta1,
            beta2: self.beta2,
            epsilon: self.epsilon,
            epsilon_root: 0.0,
        };
        adamw.displace(d, here, s);
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
