//! Adam with the greatest mean square so far (`AMSGrad`).

use super::means::{take_in, take_in_squares, weight};
use crate::optimizers::prelude::*;

/// Adam that never lets a weight's steps grow again: it divides by the greatest size that the gradients have had.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// v <- beta2 v + (1 - beta2) g^2
/// v_max <- max(v_max, v)                  v_hat = v_max / (1 - beta2^t)
/// w <- w - learning_rate m_hat / (sqrt(v_hat) + epsilon)
/// ```
///
/// As in torch. optax corrects v before it takes the maximum: `maximum=corrected`. The paper corrects neither mean and
/// has no epsilon. Weight decay is part of the gradient, as in torch's Adam, or decoupled from it, as in its `AdamW`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "amsgrad",
    title = "AMSGrad",
    family = Adaptive,
    cite = "reddi2018convergence",
    kin = "Adam",
    variant = "divides by the greatest mean square so far",
    why = WHY
)]
pub struct AmsGrad {
    /// Learning rate: about the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log)]
    pub learning_rate: f64,
    /// Share of the mean gradient that is kept from step to step.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub beta1: f64,
    /// Share of the mean square that is kept from step to step.
    #[param(default = 0.999, valid = 0.0..1.0)]
    pub beta2: f64,
    /// Added to the root, so that it is never zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub epsilon: f64,
    /// Which mean square the maximum is taken of.
    #[param(default = "uncorrected")]
    pub maximum: Maximum,
    /// Strength of the pull towards zero.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1)]
    pub weight_decay: f64,
    /// Whether the pull goes past the means.
    #[param(default = false)]
    pub decoupled: bool,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    StepReason::new(
        "goes against the mean of its gradients, divided by the root of the greatest mean of their squares so far, both corrected for their beginning at zero",
        "-learning_rate * [mean_gradient / (1 - beta1^t)] / [sqrt(max_square / (1 - beta2^t)) + epsilon]",
    ),
    StepReason::new(
        "goes against the mean of its gradients, divided by the root of the greatest mean of their squares so far, both corrected for their beginning at zero",
        "-learning_rate * [mean_gradient / (1 - beta1^t)] / [sqrt(max_square) + epsilon]",
    ),
];

/// Which mean square the maximum is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maximum {
    /// The mean square as it is; the maximum is corrected afterwards.
    Uncorrected,
    /// The mean square once it is corrected for its beginning at zero.
    Corrected,
}

choice!(Maximum {
    "uncorrected": Uncorrected,
    "corrected": Corrected,
});

/// What `AMSGrad` remembers.
#[derive(Clone, Debug, Inspect)]
pub struct AmsGradState {
    /// Decaying mean m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Decaying mean v of their squares.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Greatest mean square so far.
    #[quantity(GradientSquared)]
    pub max_square: Vec<f64>,
}

impl GradientRule for AmsGrad {
    type State = AmsGradState;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AmsGradState) {
        if !self.decoupled {
            couple(d, here.weights, self.weight_decay);
        }
        take_in(&mut s.mean_gradient, d, self.beta1);
        take_in_squares(&mut s.mean_square, d, self.beta2);
        let t = here.epoch + 1;
        let rate = self.learning_rate / weight(self.beta1, t);
        let (before, after) = match self.maximum {
            Maximum::Uncorrected => (1.0, weight(self.beta2, t)),
            Maximum::Corrected => (weight(self.beta2, t), 1.0),
        };
        let n = d.len();
        let (m, v) = (&s.mean_gradient[..n], &s.mean_square[..n]);
        let max = &mut s.max_square[..n];
        for i in 0..n {
            let square = v[i] / before;
            max[i] = if max[i] > square { max[i] } else { square };
            d[i] = -rate * m[i] / ((max[i] / after).sqrt() + self.epsilon);
        }
        if self.decoupled {
            decouple(d, here.weights, self.learning_rate * self.weight_decay);
        }
    }
}
