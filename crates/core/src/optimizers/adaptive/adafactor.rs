//! Adafactor.

use crate::optimizers::prelude::*;

/// Divides the gradient by its root mean square, clips the result, and scales it by the size of the weights.
///
/// ```text
/// v <- t^beta2_decay g^2 + (1 - t^beta2_decay) v          t = 1 in the first step
/// u = g / sqrt(max(v, epsilon^2))                         u <- u / max(1, rms(u) / clip)
/// eta = min(learning_rate, 1 / sqrt(t)) max(min_scale, rms(w))
/// w <- (1 - learning_rate weight_decay) w - eta u
/// ```
///
/// This is the form of torch. The paper and optax add epsilon to the squared gradients, which is the same unless these are
/// tiny. optax always uses the given learning rate (`relative_step=false`) and computes `t^beta2_decay` in single precision.
/// The paper factorizes v of a matrix into one factor per row and one per column. Here the weights are one vector, so v is
/// not factorized. Near a minimum, Adafactor jumps from side to side like `rmsprop`: on the article's problem, the last bit
/// of a weight decides where the run continues after epoch 60, where the comparisons end.
#[derive(Clone, Debug, Describe)]
#[entry(id = "adafactor", title = "Adafactor", family = Adaptive, cite = "shazeer2018adafactor", why = REASONS, torch = "torch.optim.Adafactor", optax = "optax.adafactor")]
pub struct Adafactor {
    /// Maximum length of a step relative to the weights.
    #[param(default = 0.01, valid = positive, slider = 1e-4..=1.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Exponent of the decay: step t adds the new squared gradient to the mean with the factor `t^beta2_decay`.
    #[param(default = -0.8, valid = ..=0.0, slider = -1.0..=0.0, optax = "decay_rate")]
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
    #[param(default = true)]
    pub relative_step: bool,
    /// Weight decay: each step subtracts this fraction of the weights, times the learning rate.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1)]
    pub weight_decay: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = decoupled_reasons! {
    "moves against its gradient, divided by the root of its mean squared gradient and scaled by the size of the weights"
        => "-factor * gradient / [sqrt(mean_square)]",
};

/// The state of Adafactor.
#[derive(Clone, Debug, Inspect)]
pub struct AdafactorState {
    /// Moving average v of the squared gradients, with a decay rate that rises towards 1.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
}

/// Returns the root mean square of `x`.
fn rms(x: &[f64]) -> f64 {
    (dot(x, x) / x.len() as f64).sqrt()
}

impl GradientRule for Adafactor {
    type State = AdafactorState;

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
        let min_square = self.epsilon * self.epsilon;
        for (d, v) in d.iter_mut().zip(&mut s.mean_square) {
            *v = fraction * (*d * *d) + (1.0 - fraction) * *v;
            *d /= v.max(min_square).sqrt();
        }
        let max_rate = if self.relative_step {
            1.0 / t.sqrt()
        } else {
            f64::INFINITY
        };
        let rate = self.learning_rate.min(max_rate) * rms(here.weights).max(self.min_scale);
        let factor = -rate / (rms(d) / self.clip).max(1.0);
        for d in &mut *d {
            *d *= factor;
        }
        apply_decoupled_decay(d, here.weights, self.learning_rate * self.weight_decay);
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
