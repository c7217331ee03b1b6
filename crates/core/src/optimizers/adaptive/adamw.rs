//! Adam with decoupled weight decay (`AdamW`).

use super::{adam::Adam, means::MomentEstimates};
use crate::optimizers::prelude::*;

/// Takes the step of Adam and shrinks every weight by the same fraction.
///
/// ```text
/// w <- (1 - learning_rate weight_decay) w - learning_rate m_hat / (sqrt(v_hat + epsilon_root) + epsilon)
/// m_hat, v_hat as in adam, of gradients without the weight decay
/// ```
///
/// This is the form of torch and optax. The paper multiplies the weight decay by a schedule only, not by the learning rate.
/// `epsilon_root` is a setting of optax.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adamw",
    title = "AdamW",
    family = Adaptive,
    cite = "loshchilov2019decoupled",
    variants_of = "Adam",
    variant = "root of the mean squared gradient; weight decay is decoupled from the gradient",
    why = REASONS,
    torch = "torch.optim.AdamW",
    torch_options = "weight_decay=0.01",
    optax = "optax.adamw",
    optax_options = "weight_decay=0.0001",
    keras = "keras.optimizers.AdamW"
)]
pub struct AdamW {
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
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its bias-corrected mean gradient, divided by the root of its bias-corrected mean squared gradient",
    "-learning_rate * [mean_gradient / (1 - beta1^t)] / [sqrt(mean_square / (1 - beta2^t) + epsilon_root) + epsilon]",
)];

impl GradientRule for AdamW {
    type State = MomentEstimates;

    const OPTIONS: OptionDefaults = OptionDefaults {
        weight_decay: 0.01,
        ..OptionDefaults::DECOUPLED
    };

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentEstimates) {
        let adam = Adam {
            learning_rate: self.learning_rate,
            beta1: self.beta1,
            beta2: self.beta2,
            epsilon: self.epsilon,
            epsilon_root: self.epsilon_root,
            epsilon_hat: false,
            bias_correction: true,
        };
        adam.displace(d, here, s);
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
