//! `StableAdamW`.

use super::{
    factors::rms,
    means::{bias_correction_factor, update_mean, update_mean_square},
};
use crate::{objective::blocks::layers, optimizers::prelude::*};

/// Takes the step of `AdamW`, with a smaller learning rate in layers whose gradients exceed their root mean square.
///
/// ```text
/// m <- b1 m + (1 - b1) g            b1 = beta1 (1 - beta1^(t-1)) / (1 - beta1^t)          t = 1 in the first step
/// v <- b2 v + (1 - b2) g^2          b2 = beta2 (1 - beta2^(t-1)) / (1 - beta2^t)
/// eta = learning_rate / max(1, rms(g / max(sqrt(v), epsilon))) of each layer
/// w <- (1 - eta weight_decay) w - eta m / (sqrt(v) + epsilon)
/// ```
///
/// The decay rates b1 and b2 are those of the bias-corrected means of Adam. A layer is a matrix, a bias, or all loose weights
/// together. The limit is that of `adafactor`: after a sudden growth of the gradients, the mean square is too small for some
/// steps. This is the published form; `pytorch_optimizer` has the defaults `epsilon=1e-8,weight_decay=0.01`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "stable-adamw",
    title = "StableAdamW",
    family = Adaptive,
    cite = "wortsman2023stable",
    variants_of = "Adam",
    variant = "root of the mean squared gradient; the learning rate of a layer is limited",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.StableAdamW"
)]
pub struct StableAdamW {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.99, valid = 0.0..1.0, torch = "betas[1]")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-6, valid = positive, slider = 1e-12..=1.0, log, torch = "eps")]
    pub epsilon: f64,
    /// Coefficient of the weight decay, which is multiplied by the limited learning rate.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1)]
    pub weight_decay: f64,
}

/// The reasons for its steps: without weight decay, and with it.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its mean gradient, divided by the root of its mean squared gradient, times the limited learning rate of its layer",
        "-limited_rate * mean_gradient / [sqrt(mean_square) + epsilon]",
    ),
    StepReason::new(
        "moves against its mean gradient, divided by the root of its mean squared gradient, times the limited learning rate of its layer, and shrinks by the weight decay",
        "-limited_rate * mean_gradient / [sqrt(mean_square) + epsilon] - [limited_rate * weight_decay] * weight",
    ),
];

/// The state of `StableAdamW`.
#[derive(Clone, Debug, Inspect)]
pub struct StableAdamWState {
    /// Bias-corrected moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Bias-corrected moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Learning rate eta of the layer of the weight in this step; zero before the first.
    #[quantity(Number)]
    pub limited_rate: Vec<f64>,
}

/// Returns the decay rate with which a moving average is bias-corrected after step `t`, counted from 1.
fn corrected_decay(beta: f64, t: u64) -> f64 {
    beta * bias_correction_factor(beta, t - 1) / bias_correction_factor(beta, t)
}

impl StableAdamW {
    /// Returns the learning rate of a layer with the gradient `g` and its mean squares.
    fn limited(&self, g: &[f64], mean_square: &[f64]) -> f64 {
        let pairs = g.iter().zip(mean_square);
        let ratios = pairs.map(|(g, v)| g / v.sqrt().max(self.epsilon));
        self.learning_rate / rms(&ratios.collect::<Vec<_>>()).max(1.0)
    }
}

impl GradientRule for StableAdamW {
    type State = StableAdamWState;

    const OPTIONS: OptionDefaults = OptionDefaults::LAYER_WISE;

    fn own_weight_decay(&mut self) -> Option<&mut f64> {
        Some(&mut self.weight_decay)
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut StableAdamWState) {
        let t = here.epoch + 1;
        update_mean(&mut s.mean_gradient, d, corrected_decay(self.beta1, t));
        update_mean_square(&mut s.mean_square, d, corrected_decay(self.beta2, t));
        for layer in layers(here.blocks, d.len()) {
            let range = layer.range;
            let d = &mut d[range.clone()];
            let squares = &s.mean_square[range.clone()];
            let rate = self.limited(d, squares);
            let means = s.mean_gradient[range.clone()].iter().zip(squares);
            for (d, (m, v)) in d.iter_mut().zip(means) {
                *d = -rate * m / (v.sqrt() + self.epsilon);
            }
            if self.weight_decay != 0.0 {
                add_scaled(d, -rate * self.weight_decay, &here.weights[range.clone()]);
            }
            s.limited_rate[range].fill(rate);
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
