//! Adam.

use super::means::{MomentEstimates, weight};
use crate::optimizers::prelude::*;

/// Follows a mean of the last gradients, each weight's divided by the size that its gradients have had.
///
/// ```text
/// g <- g + weight_decay w
/// m <- beta1 m + (1 - beta1) g            m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
/// w <- w - learning_rate m_hat / (sqrt(v_hat + epsilon_root) + epsilon)
/// ```
///
/// As published and as in torch, whose weight decay is the gradient of an L2 penalty. `epsilon_root` is optax's.
/// TensorFlow has the paper's other form, where epsilon stands beside the root of v itself: `epsilon_hat=true`.
/// Without bias correction m and v stand in the places of `m_hat` and `v_hat`; it is there to show what that does.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adam",
    title = "Adam",
    family = Adaptive,
    cite = "kingma2015adam",
    kin = "Adam",
    variant = "both means corrected for their beginning at zero unless told otherwise, epsilon beside the root; weight decay coupled, through the means",
    why = WHY
)]
pub struct Adam {
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
    /// Added below the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01)]
    pub epsilon_root: f64,
    /// Whether epsilon is added before the mean square is corrected, not after.
    #[param(default = false)]
    pub epsilon_hat: bool,
    /// Whether both means are corrected for their beginning at zero.
    #[param(default = true)]
    pub bias_correction: bool,
    /// Strength of the pull towards zero, which is part of the gradient.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1)]
    pub weight_decay: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    StepReason::new(
        "goes against the mean of its gradients, divided by the root of the mean of their squares, both corrected for their beginning at zero, and so by about one learning rate, however steep it is, while its gradients do not shrink",
        "-learning_rate * [bias_correction * mean_gradient / (1 - beta1^t)] / [sqrt(mean_square / (1 - beta2^t) + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "goes against the mean of its gradients, divided by the root of the mean of their squares, neither of them corrected for its beginning at zero",
        "-learning_rate * [(1 - bias_correction) * mean_gradient] / [sqrt(mean_square + epsilon_root) + epsilon]",
    ),
];

impl GradientRule for Adam {
    type State = MomentEstimates;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentEstimates) {
        couple(d, here.weights, self.weight_decay);
        s.take_in(d, self.beta1, self.beta2);
        let t = here.epoch + 1;
        let (of_m, of_v) = if self.bias_correction {
            (weight(self.beta1, t), weight(self.beta2, t))
        } else {
            (1.0, 1.0)
        };
        let rate = self.learning_rate / of_m;
        // The correction of v divides what stands beside its root as well.
        let epsilon = if self.epsilon_hat {
            self.epsilon / of_v.sqrt()
        } else {
            self.epsilon
        };
        let means = s.mean_gradient.iter().zip(&s.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            *d = -rate * m / ((v / of_v + self.epsilon_root).sqrt() + epsilon);
        }
    }
}
