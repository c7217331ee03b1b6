//! Adafactor.

use super::{
    factors::{estimate, rms, update_factors},
    means::update_mean,
};
use crate::{
    objective::blocks::{Layer, layers},
    optimizers::prelude::*,
};

/// Divides the gradient by its root mean square, clips the result, and scales it by the size of the weights.
///
/// ```text
/// v <- t^beta2_decay g^2 + (1 - t^beta2_decay) v          t = 1 in the first step
/// u = g / sqrt(max(v, epsilon^2))                         u <- u / max(1, rms(u) / clip)
/// eta = min(learning_rate, 1 / sqrt(t)) max(min_scale, rms(w))
/// m <- momentum m + (1 - momentum) eta u
/// w <- (1 - learning_rate weight_decay) w - m
/// ```
///
/// The root mean squares are those of a layer: of a matrix, of a bias, or of all loose weights together. Of a matrix with
/// at least `factor_from` rows and columns, only the means R of the squared gradients in each row and C in each column are
/// averaged in this way, and v is factorized: `v_ij = R_i C_j / max(mean(R), epsilon)`. All other weights have their own v.
///
/// This is the form of torch. The paper and optax add epsilon to the squared gradients, which is the same unless these are
/// tiny. `momentum` is a setting of optax, whose mean m is not bias-corrected. optax factorizes matrices from 128 rows and
/// columns on (`factor_from=128`), always uses the given learning rate (`relative_step=false`), and computes `t^beta2_decay` in
/// single precision. Near a minimum, Adafactor jumps from side to side like `rmsprop`: on the article's problem, the last bit
/// of a weight decides where the run continues after epoch 60, where the comparisons end.
#[derive(Clone, Debug, Describe)]
#[entry(id = "adafactor", title = "Adafactor", family = Adaptive, cite = "shazeer2018adafactor", variants_of = "Adafactor", variant = "root mean square of the gradients, with steps scaled to the weights", why = REASONS, without_matrices = "RMSProp with a clip and a step scaled to the weights", torch = "torch.optim.Adafactor", torch_options = "weight_decay", optax = "optax.adafactor", keras = "keras.optimizers.Adafactor")]
pub struct Adafactor {
    /// Maximum length of a step relative to the weights.
    #[param(default = 0.01, valid = positive, slider = 1e-4..=1.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Exponent of the decay: step t adds the new squared gradient to the mean with the factor `t^beta2_decay`.
    #[param(default = -0.8, valid = ..=0.0, slider = -1.0..=0.0, optax = "-decay_rate", torch = "beta2_decay")]
    pub beta2_decay: f64,
    /// Minimum of the root of the mean square.
    #[param(default = 2.220_446_049_250_313e-16, valid = positive, slider = 1e-18..=1.0, log, torch = "eps[0]")]
    pub epsilon: f64,
    /// Minimum of the root mean square of the weights, which scales the steps.
    #[param(default = 0.001, valid = positive, slider = 1e-6..=1.0, log, torch = "eps[1]")]
    pub min_scale: f64,
    /// Maximum root mean square of u, the step without the learning rate.
    #[param(default = 1.0, valid = positive, slider = 0.1..=10.0, log, torch = "d", optax = "clipping_threshold")]
    pub clip: f64,
    /// Whether the learning rate is at most 1 divided by the root of the number of steps.
    #[param(default = true, optax = "=false")]
    pub relative_step: bool,
    /// Smallest number of rows and of columns of a matrix whose mean square is factorized.
    #[param(default = 2, valid = 2.0..=1e6, slider = 2.0..=256.0, optax = "min_dim_size_to_factor=128")]
    pub factor_from: u64,
    /// Decay rate of the moving average of the steps; 0 for none.
    #[param(default = 0.0, valid = 0.0..1.0, optax = "momentum")]
    pub momentum: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its gradient, divided by the root of its mean squared gradient and scaled by the size of the weights",
        "-step_scale * gradient / [sqrt(mean_square)]",
    ),
    StepReason::new(
        "moves by the mean of its steps, each of which is against its gradient, divided by the root of its mean squared gradient and scaled by the size of the weights",
        "momentum * before(mean_step) - [(1 - momentum) * step_scale] * gradient / [sqrt(mean_square)]",
    ),
];

/// The state of Adafactor.
#[derive(Clone, Debug, Inspect)]
pub struct AdafactorState {
    /// Moving average v of the squared gradients, with a decay rate that rises towards 1; factorized in matrices.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Moving average R of the mean squared gradient in the row of the weight; zero if v is not factorized.
    #[quantity(GradientSquared)]
    pub row_mean_square: Vec<f64>,
    /// Moving average C of the mean squared gradient in the column of the weight; zero if v is not factorized.
    #[quantity(GradientSquared)]
    pub column_mean_square: Vec<f64>,
    /// Factor of u in the layer of the weight: the learning rate times the size of the weights, after clipping; zero before the
    /// first step.
    #[quantity(Number)]
    pub step_scale: Vec<f64>,
    /// Moving average of the steps, without the weight decay; zero without momentum.
    #[quantity(Displacement)]
    pub mean_step: Vec<f64>,
}

impl AdafactorState {
    /// Updates the mean squares of a layer and divides its gradient `d` by their roots.
    fn normalize(&mut self, d: &mut [f64], layer: &Layer, fraction: f64, rule: &Adafactor) {
        let means = &mut self.mean_square[layer.range.clone()];
        let min_square = rule.epsilon * rule.epsilon;
        let from = rule.factor_from as usize;
        if layer.shape.iter().any(|side| *side < from) {
            for (d, v) in d.iter_mut().zip(means) {
                *v = fraction * (*d * *d) + (1.0 - fraction) * *v;
                *d /= v.max(min_square).sqrt();
            }
            return;
        }
        let rows = &mut self.row_mean_square[layer.range.clone()];
        let columns = &mut self.column_mean_square[layer.range.clone()];
        let squares = |i: usize| d[i] * d[i];
        let factors = [1.0 - fraction, fraction];
        update_factors([&mut *rows, &mut *columns], layer.shape, factors, squares);
        estimate([rows, columns], layer.shape, rule.epsilon, means);
        for (d, v) in d.iter_mut().zip(means) {
            *d /= v.max(min_square).sqrt();
        }
    }
}

impl GradientRule for Adafactor {
    type State = AdafactorState;

    const OPTIONS: OptionDefaults = OptionDefaults::DECOUPLED;

    fn init(&self, w: &[f64], size: StateShape) -> AdafactorState {
        assert_eq!(
            size.runs, 1,
            "Adafactor combines the weights of a run, so it cannot batch runs"
        );
        AdafactorState::zeros(w.len(), 1)
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AdafactorState) {
        let t = (here.epoch + 1) as f64;
        let fraction = powf(t, self.beta2_decay);
        let max_rate = if self.relative_step {
            1.0 / t.sqrt()
        } else {
            f64::INFINITY
        };
        for layer in layers(here.blocks, d.len()) {
            let d = &mut d[layer.range.clone()];
            let weights = &here.weights[layer.range.clone()];
            s.normalize(d, &layer, fraction, self);
            let rate = self.learning_rate.min(max_rate) * rms(weights).max(self.min_scale);
            let factor = -rate / (rms(d) / self.clip).max(1.0);
            for d in &mut *d {
                *d *= factor;
            }
            s.step_scale[layer.range.clone()].fill(-factor);
            if self.momentum > 0.0 {
                let mean = &mut s.mean_step[layer.range];
                update_mean(mean, d, self.momentum);
                d.copy_from_slice(mean);
            }
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
