//! Fromage (Frobenius matched gradient descent).

use super::trust::{norm, trust_ratio};
use crate::{objective::blocks::layers, optimizers::prelude::*};

/// Moves each layer against its gradient by a fraction of the size of its weights, and then shrinks the weights.
///
/// ```text
/// trust_ratio = max(|w|, min_norm) / max(|g|, min_norm) of each layer, or 1 if one of the norms is 0
/// w <- (w - learning_rate trust_ratio g) / sqrt(1 + learning_rate^2)
/// ```
///
/// The step has the same relative length in all layers. A step orthogonal to the weights makes them longer; the root makes
/// up for this. Therefore, the weights also shrink where the gradient is zero. A layer is a matrix, a bias, or all loose
/// weights together.
///
/// This is the published form, with the treatment of zeros in the program that the paper published. `pytorch_optimizer` has the
/// same form; its `p_bound` is not available here. optax uses `min_norm=1e-6`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "fromage",
    title = "Fromage",
    family = LayerWise,
    cite = "bernstein2020distance",
    variants_of = "layer-wise scaling",
    variant = "gradient scaled to the size of the weights of its layer, which then shrink",
    why = REASONS,
    optax = "optax.fromage",
    pytorch_optimizer = "pytorch_optimizer.Fromage"
)]
pub struct Fromage {
    /// Learning rate: the length of the step of each layer, relative to its weights.
    #[param(default = 0.01, valid = positive, slider = 1e-4..=1.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Minimum of both norms.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "min_norm=1e-6")]
    pub min_norm: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves by minus its gradient, scaled to a fraction of the size of the weights of its layer, and then shrinks",
    "-[learning_rate * trust_ratio / sqrt(1 + learning_rate^2)] * gradient - [1 - 1 / sqrt(1 + learning_rate^2)] * weight",
)];

/// The state of Fromage.
#[derive(Clone, Debug, Inspect)]
pub struct FromageState {
    /// Size of the weights of the layer, divided by the size of its gradient; zero before the first step.
    #[quantity(Number)]
    pub trust_ratio: Vec<f64>,
}

impl GradientRule for Fromage {
    type State = FromageState;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut FromageState) {
        let scale = 1.0 / (1.0 + self.learning_rate * self.learning_rate).sqrt();
        for layer in layers(here.blocks, d.len()) {
            let d = &mut d[layer.range.clone()];
            let weights = &here.weights[layer.range.clone()];
            let numerator = norm(weights).max(self.min_norm);
            let ratio = trust_ratio(numerator, norm(d).max(self.min_norm));
            s.trust_ratio[layer.range].fill(ratio);
            let rate = self.learning_rate * scale * ratio;
            for (d, w) in d.iter_mut().zip(weights) {
                *d = (scale - 1.0) * w - rate * *d;
            }
        }
    }
}
