//! LAMB (layer-wise adaptive moments for batch training).

use super::trust::{BiasTreatment, add_decay, norm, trust_ratio};
use crate::{
    objective::blocks::layers,
    optimizers::{
        adaptive::{bias_correction_factor, update_mean, update_mean_square},
        prelude::*,
    },
};

/// Moves like Adam, with steps scaled such that their length is a fraction of the size of the weights in each layer.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
/// u = m_hat / (sqrt(v_hat + epsilon_root) + epsilon) + weight_decay w
/// trust_ratio = min(|w|, norm_limit) / (|u| + ratio_epsilon) of each layer, or 1 if one of the norms is 0
/// w <- w - learning_rate trust_ratio u
/// ```
///
/// A layer is a matrix, a bias, or all loose weights together. This is the published form and that of optax, where
/// `norm_limit`, the function phi of the paper, is off. `biases=plain` exempts biases and loose weights from trust ratio and
/// decay, as programs for language models do. The recurrence shows the form `layer-wise` of the weight decay.
///
/// `pytorch_optimizer` does not correct the means, but divides the learning rate by `1 - beta1^t`, which makes the first
/// steps longer; its form is `bias_correction=rate,norm_limit=10,ratio_epsilon=1e-6`. Its weight decay is subtracted
/// from the weights before the step unless `weight_decouple` is off.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "lamb",
    title = "LAMB",
    family = LayerWise,
    cite = "you2020large",
    variants_of = "layer-wise scaling",
    variant = "step of Adam, scaled to the size of the weights of its layer",
    why = REASONS,
    optax = "optax.lamb",
    keras = "keras.optimizers.Lamb",
    pytorch_optimizer = "pytorch_optimizer.Lamb"
)]
pub struct Lamb {
    /// Learning rate: the length of the step of each layer, relative to its weights.
    #[param(default = 0.01, valid = positive, slider = 1e-5..=1.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]", optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]", optax = "b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-6, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "eps")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps_root")]
    pub epsilon_root: f64,
    /// Quantities that are bias-corrected: `means`, the `rate`, or `none`.
    #[param(default = "means")]
    pub bias_correction: RateCorrection,
    /// Weight decay: a fraction of the weights that is added to the update before it is scaled.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1, optax = "weight_decay")]
    pub weight_decay: f64,
    /// Limit of the size of the weights in the trust ratio; 0 means no limit.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=100.0)]
    pub norm_limit: f64,
    /// Added to the size of the update in the trust ratio.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01)]
    pub ratio_epsilon: f64,
    /// Biases and loose weights: `adapted` like matrices, or `plain` without trust ratio and decay.
    #[param(default = "adapted")]
    pub biases: BiasTreatment,
}

/// The quantities that are bias-corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateCorrection {
    /// Both means.
    Means,
    /// The learning rate, by the factor of the mean gradient.
    Rate,
    /// None.
    None,
}

choice!(RateCorrection {
    "means": Means,
    "rate": Rate,
    "none": None,
});

/// The reasons for its steps: without weight decay, and with it.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its bias-corrected mean gradient, divided by the root of its bias-corrected mean squared gradient, with a step scaled to the size of the weights of its layer",
        "-[learning_rate * trust_ratio] * [mean_gradient / (1 - beta1^t)] / [sqrt(mean_square / (1 - beta2^t) + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves against its mean gradient, divided by the root of its mean squared gradient, with a step scaled to the size of the weights of its layer and a bias-corrected learning rate",
        "-[learning_rate / (1 - beta1^t) * trust_ratio] * mean_gradient / [sqrt(mean_square + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves against its mean gradient, divided by the root of its mean squared gradient, with a step scaled to the size of the weights of its layer",
        "-[learning_rate * trust_ratio] * mean_gradient / [sqrt(mean_square + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves, with the weight decay, against its bias-corrected mean gradient, divided by the root of its bias-corrected mean squared gradient, with a step scaled to the size of the weights of its layer",
        "-[learning_rate * trust_ratio] * ([mean_gradient / (1 - beta1^t)] / [sqrt(mean_square / (1 - beta2^t) + epsilon_root) + epsilon] + weight_decay * weight)",
    ),
    StepReason::new(
        "moves, with the weight decay, against its mean gradient, divided by the root of its mean squared gradient, with a step scaled to the size of the weights of its layer and a bias-corrected learning rate",
        "-[learning_rate / (1 - beta1^t) * trust_ratio] * (mean_gradient / [sqrt(mean_square + epsilon_root) + epsilon] + weight_decay * weight)",
    ),
    StepReason::new(
        "moves, with the weight decay, against its mean gradient, divided by the root of its mean squared gradient, with a step scaled to the size of the weights of its layer",
        "-[learning_rate * trust_ratio] * (mean_gradient / [sqrt(mean_square + epsilon_root) + epsilon] + weight_decay * weight)",
    ),
];

/// The state of LAMB.
#[derive(Clone, Debug, Inspect)]
pub struct LambState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Size of the weights of the layer, divided by the size of its update; zero before the first step.
    #[quantity(Number)]
    pub trust_ratio: Vec<f64>,
}

impl Lamb {
    /// Replaces the gradient in `d` by the update of Adam without weight decay, and returns the learning rate.
    fn adapt(&self, d: &mut [f64], t: u64, s: &mut LambState) -> f64 {
        update_mean(&mut s.mean_gradient, d, self.beta1);
        update_mean_square(&mut s.mean_square, d, self.beta2);
        let first = bias_correction_factor(self.beta1, t);
        let (rate, m_correction, v_correction) = match self.bias_correction {
            RateCorrection::Means => {
                let second = bias_correction_factor(self.beta2, t);
                (self.learning_rate, first, second)
            }
            RateCorrection::Rate => (self.learning_rate / first, 1.0, 1.0),
            RateCorrection::None => (self.learning_rate, 1.0, 1.0),
        };
        let means = s.mean_gradient.iter().zip(&s.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            let root = (v / v_correction + self.epsilon_root).sqrt() + self.epsilon;
            // Without epsilon, a weight that has only seen gradients of 0 stays.
            *d = if root > 0.0 {
                m / m_correction / root
            } else {
                0.0
            };
        }
        rate
    }
}

impl Lamb {
    /// Returns the trust ratio of a layer with weights and an update of these sizes.
    fn ratio(&self, weights: f64, update: f64) -> f64 {
        let limited = if self.norm_limit > 0.0 {
            weights.min(self.norm_limit)
        } else {
            weights
        };
        if update > 0.0 {
            trust_ratio(limited, update + self.ratio_epsilon)
        } else {
            1.0
        }
    }
}

impl GradientRule for Lamb {
    type State = LambState;

    const OPTIONS: OptionDefaults = OptionDefaults::LAYER_WISE;

    fn own_weight_decay(&mut self) -> Option<&mut f64> {
        Some(&mut self.weight_decay)
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut LambState) {
        let rate = self.adapt(d, here.epoch + 1, s);
        for layer in layers(here.blocks, d.len()) {
            let d = &mut d[layer.range.clone()];
            let weights = &here.weights[layer.range.clone()];
            let mut ratio = 1.0;
            if self.biases.adapts(&layer) {
                add_decay(d, weights, self.weight_decay);
                ratio = self.ratio(norm(weights), norm(d));
            }
            s.trust_ratio[layer.range].fill(ratio);
            for d in d {
                *d *= -rate * ratio;
            }
        }
    }

    fn is_autonomous(&self) -> bool {
        self.bias_correction == RateCorrection::None
    }
}
