//! Adafactor.

use crate::optimizers::prelude::*;

/// Divides every weight's gradient by the size that it has had, and makes steps in proportion to the weights.
///
/// ```text
/// v <- t^beta2_decay g^2 + (1 - t^beta2_decay) v          t = 1 in the first step
/// u = g / sqrt(max(v, epsilon^2))                         u <- u / max(1, rms(u) / clip)
/// eta = min(learning_rate, 1 / sqrt(t)) max(min_scale, rms(w))
/// w <- (1 - learning_rate weight_decay) w - eta u
/// ```
///
/// As in torch. The paper adds epsilon to the squares of the gradients, as optax does, which is the same where they are
/// not tiny. optax takes the learning rate as it is, `relative_step=false`, and computes `t^beta2_decay` in single
/// precision. What the name comes from, keeping v of a matrix as one factor for its rows and one for its columns, does
/// not arise: here the weights are one vector. Like `rmsprop` it jumps from side to side near a minimum: on
/// the article's problem the comparisons stop at epoch 60, where the last bit of a weight decides where it lands.
#[derive(Clone, Debug, Describe)]
#[entry(id = "adafactor", title = "Adafactor", family = Adaptive, cite = "shazeer2018adafactor", why = WHY)]
pub struct Adafactor {
    /// Greatest length of a step, as a share of the weights.
    #[param(default = 0.01, valid = positive, slider = 1e-4..=1.0, log)]
    pub learning_rate: f64,
    /// Power of the number of steps with which a new gradient counts less in the mean square.
    #[param(default = -0.8, valid = ..=0.0, slider = -1.0..=0.0)]
    pub beta2_decay: f64,
    /// Least root of the mean square.
    #[param(default = 2.220_446_049_250_313e-16, valid = positive, slider = 1e-18..=1.0, log)]
    pub epsilon: f64,
    /// Least size of the weights that the steps are in proportion to.
    #[param(default = 0.001, valid = positive, slider = 1e-6..=1.0, log)]
    pub min_scale: f64,
    /// Greatest root mean square of a step, before the learning rate.
    #[param(default = 1.0, valid = positive, slider = 0.1..=10.0, log)]
    pub clip: f64,
    /// Whether the learning rate is at most one over the root of the number of steps.
    #[param(default = true)]
    pub relative_step: bool,
    /// Share of the weights that is taken away in each step, times the learning rate.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1)]
    pub weight_decay: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "goes against its gradient, divided by the root of the mean of its squares, by a length in proportion to the weights",
    "-factor * gradient / [sqrt(mean_square)]",
)];

/// What Adafactor remembers.
#[derive(Clone, Debug, Inspect)]
pub struct AdafactorState {
    /// Mean v of the squares of the gradients, which forgets ever more slowly.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
}

/// Root of the mean of the squares of `x`.
fn rms(x: &[f64]) -> f64 {
    (x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64).sqrt()
}

impl GradientRule for Adafactor {
    type State = AdafactorState;

    fn init(&self, w: &[f64], size: StateShape) -> AdafactorState {
        assert_eq!(size.runs, 1, "a rule that looks across weights runs alone");
        AdafactorState::zeros(w.len(), 1)
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AdafactorState) {
        let t = (here.epoch + 1) as f64;
        let share = powf(t, self.beta2_decay);
        let least = self.epsilon * self.epsilon;
        for (d, v) in d.iter_mut().zip(&mut s.mean_square) {
            *v = share * (*d * *d) + (1.0 - share) * *v;
            *d /= v.max(least).sqrt();
        }
        let most = if self.relative_step {
            1.0 / t.sqrt()
        } else {
            f64::INFINITY
        };
        let rate = self.learning_rate.min(most) * rms(here.weights).max(self.min_scale);
        let factor = -rate / (rms(d) / self.clip).max(1.0);
        for d in &mut *d {
            *d *= factor;
        }
        decouple(d, here.weights, self.learning_rate * self.weight_decay);
    }
}
