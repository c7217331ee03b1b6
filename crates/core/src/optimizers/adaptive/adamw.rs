//! Adam with decoupled weight decay (`AdamW`).

use super::{adam::Adam, means::MomentEstimates};
use crate::optimizers::prelude::*;

/// Takes Adam's step, and lets every weight shrink by the same share beside it.
///
/// ```text
/// w <- (1 - learning_rate weight_decay) w - learning_rate m_hat / (sqrt(v_hat) + epsilon)
/// m_hat, v_hat as in adam, of gradients that know nothing of the decay
/// ```
///
/// As in torch and optax. The paper multiplies the decay by a schedule alone and not by the learning rate.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adamw",
    title = "AdamW",
    family = Adaptive,
    cite = "loshchilov2019decoupled",
    kin = "Adam",
    variant = "weight decay decoupled, past the means: every weight shrinks by the same share",
    why = WHY
)]
pub struct AdamW {
    /// Learning rate: about the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log)]
    pub learning_rate: f64,
    /// Share of the mean gradient that is kept from step to step.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub beta1: f64,
    /// Share of the mean square that is kept from step to step.
    #[param(default = 0.999, valid = 0.0..1.0)]
    pub beta2: f64,
    /// Added to the root, so that it is never zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub epsilon: f64,
    /// Share of the weights that is taken away in each step, times the learning rate.
    #[param(default = 0.01, valid = 0.0.., slider = 0.0..=1.0)]
    pub weight_decay: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "goes against the mean of its gradients, divided by the root of the mean of their squares, both corrected for their beginning at zero, and shrinks by a share of itself",
    "-learning_rate * [mean_gradient / (1 - beta1^t)] / [sqrt(mean_square / (1 - beta2^t)) + epsilon] - [learning_rate * weight_decay] * weight",
)];

impl AdamW {
    fn without_decay(&self) -> Adam {
        Adam {
            learning_rate: self.learning_rate,
            beta1: self.beta1,
            beta2: self.beta2,
            epsilon: self.epsilon,
            epsilon_root: 0.0,
            epsilon_hat: false,
            bias_correction: true,
            weight_decay: 0.0,
        }
    }
}

impl GradientRule for AdamW {
    type State = MomentEstimates;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentEstimates) {
        self.without_decay().displace(d, here, s);
        decouple(d, here.weights, self.learning_rate * self.weight_decay);
    }
}
