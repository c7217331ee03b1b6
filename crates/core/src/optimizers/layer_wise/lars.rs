//! LARS (layer-wise adaptive rate scaling).

use super::trust::{BiasTreatment, add_decay, norm, trust_ratio};
use crate::{objective::blocks::layers, optimizers::prelude::*};

/// Momentum whose learning rate in each layer is a fraction of the size of the weights, divided by the size of the gradient.
///
/// ```text
/// trust_ratio = trust_coefficient |w| / (|g| + weight_decay |w| + epsilon) of each layer, or 1 if one of the norms is 0
/// v <- momentum v - learning_rate trust_ratio (g + weight_decay w)
/// w <- w + v          with nesterov: w <- w + momentum v - learning_rate trust_ratio (g + weight_decay w)
/// ```
///
/// A layer is a matrix, a bias, or all loose weights together. This is the published form. In optax, the denominator is the
/// norm of the sum, `|g + weight_decay w|`: `norm=sum`. In `pytorch_optimizer`, biases and loose weights have no trust ratio and
/// do not decay: `biases=plain`. Without weight decay and biases, all three are the same. The recurrence shows the form
/// `layer-wise` of the weight decay; with `coupled`, the norm is that of the sum.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "lars",
    title = "LARS",
    family = LayerWise,
    cite = "you2017large",
    variants_of = "layer-wise scaling",
    variant = "step of momentum, scaled to the size of the weights of its layer",
    why = REASONS,
    optax = "optax.lars",
    pytorch_optimizer = "pytorch_optimizer.LARS"
)]
pub struct Lars {
    /// Learning rate of all layers.
    #[param(default = 1.0, valid = positive, slider = 1e-3..=1000.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Momentum: the fraction of the velocity that is kept.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "momentum")]
    pub momentum: f64,
    /// Whether the step looks one velocity ahead, as in `nesterov`.
    #[param(default = false, optax = "nesterov")]
    pub nesterov: bool,
    /// Length of the step of a layer relative to its weights, at a learning rate of 1 and without momentum.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=1.0, log, optax = "trust_coefficient")]
    pub trust_coefficient: f64,
    /// Weight decay: a fraction of the weights that is added to the gradient.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1, optax = "weight_decay")]
    pub weight_decay: f64,
    /// Norms of gradient and weight decay: `separate` norms are added, or the norm of their `sum` is used.
    #[param(default = "separate", optax = "=sum")]
    pub norm: LarsNorm,
    /// Added to the denominator of the trust ratio.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps")]
    pub epsilon: f64,
    /// Biases and loose weights: `adapted` like matrices, or `plain` without trust ratio and decay.
    #[param(default = "adapted")]
    pub biases: BiasTreatment,
}

/// The norm in the denominator of the trust ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LarsNorm {
    /// The sum of the norms of the gradient and of the weight decay.
    Separate,
    /// The norm of the sum of the gradient and the weight decay.
    Sum,
}

choice!(LarsNorm {
    "separate": Separate,
    "sum": Sum,
});

/// The reasons for its steps: without weight decay, and with it.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves by a fraction of its previous velocity, minus the learning rate of its layer times its gradient",
        "momentum * before(velocity) - [learning_rate * trust_ratio] * gradient",
    ),
    StepReason::new(
        "moves by a fraction of its updated velocity, minus the learning rate of its layer times its gradient",
        "momentum * velocity - [learning_rate * trust_ratio] * gradient",
    ),
    StepReason::new(
        "moves by a fraction of its previous velocity, minus the learning rate of its layer times its gradient with the weight decay",
        "momentum * before(velocity) - [learning_rate * trust_ratio] * (gradient + weight_decay * weight)",
    ),
    StepReason::new(
        "moves by a fraction of its updated velocity, minus the learning rate of its layer times its gradient with the weight decay",
        "momentum * velocity - [learning_rate * trust_ratio] * (gradient + weight_decay * weight)",
    ),
];

/// The state of LARS.
#[derive(Clone, Debug, Inspect)]
pub struct LarsState {
    /// Velocity v.
    #[quantity(Displacement)]
    pub velocity: Vec<f64>,
    /// Factor of the learning rate in the layer of the weight; zero before the first step.
    #[quantity(Number)]
    pub trust_ratio: Vec<f64>,
}

impl Lars {
    /// Adds the weight decay to the gradient of a layer in `d`, and returns its trust ratio.
    fn decay(&self, d: &mut [f64], weights: &[f64]) -> f64 {
        let size = norm(weights);
        let gradient = norm(d);
        add_decay(d, weights, self.weight_decay);
        let denominator = match self.norm {
            LarsNorm::Separate => gradient + self.weight_decay * size,
            LarsNorm::Sum => norm(d),
        };
        if denominator > 0.0 {
            trust_ratio(self.trust_coefficient * size, denominator + self.epsilon)
        } else {
            1.0
        }
    }
}

impl GradientRule for Lars {
    type State = LarsState;

    const OPTIONS: OptionDefaults = OptionDefaults::LAYER_WISE;

    fn own_weight_decay(&mut self) -> Option<&mut f64> {
        Some(&mut self.weight_decay)
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut LarsState) {
        for layer in layers(here.blocks, d.len()) {
            let d = &mut d[layer.range.clone()];
            let mut ratio = 1.0;
            if self.biases.adapts(&layer) {
                ratio = self.decay(d, &here.weights[layer.range.clone()]);
            }
            s.trust_ratio[layer.range.clone()].fill(ratio);
            let rate = self.learning_rate * ratio;
            for (d, v) in d.iter_mut().zip(&mut s.velocity[layer.range]) {
                let push = rate * *d;
                *v = self.momentum * *v - push;
                *d = if self.nesterov {
                    self.momentum * *v - push
                } else {
                    *v
                };
            }
        }
    }
}
