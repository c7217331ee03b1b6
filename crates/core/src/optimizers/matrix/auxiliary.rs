//! The rules for weights that are not part of a matrix.

use crate::{
    Error,
    catalog::{Build, Entry, Kind, Param, Registry, Setting, Settings, Text},
    optimizers::{
        adaptive::means::{bias_correction_factor, update_mean, update_mean_square},
        prelude::*,
    },
};

/// Takes the step of Adam with decoupled weight decay, for the biases and loose weights that are not part of a matrix.
///
/// ```text
/// w <- (1 - learning_rate weight_decay) w - learning_rate n / (sqrt(v_hat) + epsilon)
/// n = m_hat, or with Nesterov momentum: beta1 m / (1 - beta1^(t+1)) + (1 - beta1) g / (1 - beta1^t)
/// ```
///
/// m, `m_hat`, and `v_hat` are as in `adam`. The defaults are those of the program that introduced Muon.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adamw",
    title = "AdamW",
    torch = "torch.optim.AdamW",
    optax = "optax.adamw"
)]
pub struct AuxiliaryAdamW {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 3e-4, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "adam_learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]", optax = "adam_b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.95, valid = 0.0..1.0, torch = "betas[1]", optax = "adam_b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-10, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "eps")]
    pub epsilon: f64,
    /// Weight decay: each step subtracts this fraction of the weights, times the learning rate.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0, optax = "adam_weight_decay")]
    pub weight_decay: f64,
    /// Whether the mean gradient is taken one step ahead, as in `nadam`. optax does so if `nesterov` of Muon is true.
    #[param(default = false)]
    pub nesterov: bool,
}

/// All rules for weights outside of matrices.
pub static REGISTRY: Registry<AuxiliaryAdamW> = Registry {
    kind: "auxiliary rule",
    entries: &[Entry::of::<AuxiliaryAdamW>()],
};

impl Setting for AuxiliaryAdamW {
    const KIND: Kind = Kind::Part(Text::Borrowed(REGISTRY.kind));

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        settings.part(param, &REGISTRY, None)
    }
}

impl Build<Self> for AuxiliaryAdamW {
    fn build(self) -> Result<Self, Error> {
        Ok(self)
    }
}

impl AuxiliaryAdamW {
    /// Replaces the gradient in `d` by the displacement of step `t`, counted from 1. `w` are the weights, and `mean_gradient`
    /// and `mean_square` are the state, one number per weight.
    pub(super) fn displace(
        &self,
        d: &mut [f64],
        w: &[f64],
        t: u64,
        [mean_gradient, mean_square]: [&mut [f64]; 2],
    ) {
        update_mean(mean_gradient, d, self.beta1);
        update_mean_square(mean_square, d, self.beta2);
        let [now, next] = [t, t + 1].map(|t| bias_correction_factor(self.beta1, t));
        let v_correction = bias_correction_factor(self.beta2, t);
        for (d, (m, v)) in d.iter_mut().zip(mean_gradient.iter().zip(mean_square)) {
            let n = if self.nesterov {
                self.beta1 * (m / next) + (1.0 - self.beta1) * (*d / now)
            } else {
                m / now
            };
            *d = -self.learning_rate * n / ((*v / v_correction).sqrt() + self.epsilon);
        }
        let fraction = self.learning_rate * self.weight_decay;
        if fraction != 0.0 {
            add_scaled(d, -fraction, w);
        }
    }
}

/// Makes the reasons of a rule with an auxiliary rule: those given for the weights of matrices, and those of the other
/// weights, without the weight decay of the auxiliary rule and with it.
macro_rules! reasons_with_auxiliary {
    ($($words:literal => $step:literal,)*) => {
        &[
            $(StepReason::new($words, $step),)*
            StepReason::new(
                "moves against its bias-corrected mean gradient, divided by the root of its bias-corrected mean squared gradient, because it is not part of a matrix",
                "-auxiliary.learning_rate * [mean_gradient / (1 - auxiliary.beta1^t)] / [sqrt(mean_square / (1 - auxiliary.beta2^t)) + auxiliary.epsilon]",
            ),
            StepReason::new(
                "moves against its look-ahead mean gradient, divided by the root of its bias-corrected mean squared gradient, because it is not part of a matrix",
                "-auxiliary.learning_rate * [auxiliary.beta1 * mean_gradient / (1 - auxiliary.beta1^(t + 1)) + (1 - auxiliary.beta1) * gradient / (1 - auxiliary.beta1^t)] / [sqrt(mean_square / (1 - auxiliary.beta2^t)) + auxiliary.epsilon]",
            ),
            StepReason::new(
                "moves against its bias-corrected mean gradient, divided by the root of its bias-corrected mean squared gradient, because it is not part of a matrix, and shrinks by the weight decay of the auxiliary rule",
                "-auxiliary.learning_rate * [mean_gradient / (1 - auxiliary.beta1^t)] / [sqrt(mean_square / (1 - auxiliary.beta2^t)) + auxiliary.epsilon] - [auxiliary.learning_rate * auxiliary.weight_decay] * weight",
            ),
            StepReason::new(
                "moves against its look-ahead mean gradient, divided by the root of its bias-corrected mean squared gradient, because it is not part of a matrix, and shrinks by the weight decay of the auxiliary rule",
                "-auxiliary.learning_rate * [auxiliary.beta1 * mean_gradient / (1 - auxiliary.beta1^(t + 1)) + (1 - auxiliary.beta1) * gradient / (1 - auxiliary.beta1^t)] / [sqrt(mean_square / (1 - auxiliary.beta2^t)) + auxiliary.epsilon] - [auxiliary.learning_rate * auxiliary.weight_decay] * weight",
            ),
        ]
    };
}
pub(super) use reasons_with_auxiliary;
