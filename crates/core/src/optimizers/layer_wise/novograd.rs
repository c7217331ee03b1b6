//! `NovoGrad`.

use super::trust::{add_decay, norm};
use crate::{objective::blocks::layers, optimizers::prelude::*};

/// Divides the gradient of each layer by the root of its mean squared norm, and moves by the sum of these gradients.
///
/// ```text
/// v <- |g|^2 in the first step, then beta2 v + (1 - beta2) |g|^2          one number per layer
/// u = g / (sqrt(v + epsilon_root) + epsilon) + weight_decay w
/// m <- beta1 m + u          with averaging, after the first step: m <- beta1 m + (1 - beta1) u
/// w <- w - learning_rate m
/// ```
///
/// A layer is a matrix, a bias, or all loose weights together. This is the published form and, with other defaults, that of
/// optax (`beta1=0.9,beta2=0.25`, and `epsilon_root`) and `pytorch_optimizer`, where `averaging` is called `grad_averaging`. m is a
/// sum, so a long run of equal gradients moves by up to 1 / (1 - beta1) times the learning rate. The recurrence shows the form
/// `layer-wise` of the weight decay.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "novograd",
    title = "NovoGrad",
    family = LayerWise,
    cite = "ginsburg2019stochastic",
    variants_of = "layer-wise scaling",
    variant = "gradient divided by the mean size of the gradients of its layer",
    why = REASONS,
    optax = "optax.novograd",
    pytorch_optimizer = "pytorch_optimizer.NovoGrad"
)]
pub struct NovoGrad {
    /// Learning rate.
    #[param(default = 0.01, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the sum of the normalized gradients.
    #[param(default = 0.95, valid = 0.0..1.0, torch = "betas[0]", optax = "b1=0.9")]
    pub beta1: f64,
    /// Decay rate of the mean squared norm of the gradients.
    #[param(default = 0.98, valid = 0.0..1.0, torch = "betas[1]", optax = "b2=0.25")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "eps=1e-6")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps_root")]
    pub epsilon_root: f64,
    /// Weight decay: a fraction of the weights that is added to the normalized gradient.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1, optax = "weight_decay")]
    pub weight_decay: f64,
    /// Whether new gradients are multiplied by 1 - `beta1`.
    #[param(default = false)]
    pub averaging: bool,
}

/// The reasons for its steps: without weight decay, and with it.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against the decaying sum of its gradients, each divided by the mean size of the gradients of its layer",
        "-learning_rate * (beta1 * before(gradient_sum) + [1 - averaging * beta1] * gradient / [sqrt(mean_square_norm + epsilon_root) + epsilon])",
    ),
    StepReason::new(
        "moves against its gradient, divided by the size of the gradient of its layer",
        "-learning_rate * gradient_sum",
    ),
    StepReason::new(
        "moves against the decaying sum of its gradients, each divided by the mean size of the gradients of its layer and with the weight decay",
        "-learning_rate * (beta1 * before(gradient_sum) + [1 - averaging * beta1] * (gradient / [sqrt(mean_square_norm + epsilon_root) + epsilon] + weight_decay * weight))",
    ),
];

/// The state of `NovoGrad`.
#[derive(Clone, Debug, Inspect)]
pub struct NovoGradState {
    /// Decaying sum m of the normalized gradients.
    #[quantity(Gradient)]
    pub gradient_sum: Vec<f64>,
    /// Moving average v of the squared norms of the gradients of the layer.
    #[quantity(GradientSquared)]
    pub mean_square_norm: Vec<f64>,
}

impl GradientRule for NovoGrad {
    type State = NovoGradState;

    const OPTIONS: OptionDefaults = OptionDefaults::LAYER_WISE;

    fn own_weight_decay(&mut self) -> Option<&mut f64> {
        Some(&mut self.weight_decay)
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut NovoGradState) {
        let is_first = here.epoch == 0;
        let fraction = if self.averaging && !is_first {
            1.0 - self.beta1
        } else {
            1.0
        };
        for layer in layers(here.blocks, d.len()) {
            let d = &mut d[layer.range.clone()];
            let size = norm(d);
            let mean = &mut s.mean_square_norm[layer.range.clone()];
            let new = if is_first {
                size * size
            } else {
                self.beta2 * mean[0] + (1.0 - self.beta2) * (size * size)
            };
            mean.fill(new);
            let root = (new + self.epsilon_root).sqrt() + self.epsilon;
            for d in &mut *d {
                // Without epsilon, a layer that has only seen gradients of 0 stays.
                *d = if root > 0.0 { *d / root } else { 0.0 };
            }
            add_decay(d, &here.weights[layer.range.clone()], self.weight_decay);
            for (d, m) in d.iter_mut().zip(&mut s.gradient_sum[layer.range]) {
                *m = self.beta1 * *m + fraction * *d;
                *d = -self.learning_rate * *m;
            }
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
