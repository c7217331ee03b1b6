//! Rectified Adam (`RAdam`).

use super::means::{MomentEstimates, weight};
use crate::optimizers::prelude::*;

/// Adam that does not trust its mean square as long as few gradients stand behind it: it begins with plain momentum.
///
/// ```text
/// m, v, m_hat as in adam          t = 1 in the first step
/// rho_inf = 2 / (1 - beta2) - 1          rho = rho_inf - 2 t beta2^t / (1 - beta2^t)
/// rho > threshold: r = sqrt((rho - 4) (rho - 2) rho_inf / ((rho_inf - 4) (rho_inf - 2) rho))
///                  w <- w - learning_rate r m_hat sqrt(1 - beta2^t) / (sqrt(v) + epsilon)
/// otherwise:       w <- w - learning_rate m_hat
/// ```
///
/// As in torch; the paper has a threshold of 4 and no epsilon. optax adds epsilon after v is corrected:
/// `epsilon_hat=false`. The first steps are gradients times the learning rate, so that what suits them depends on how
/// steep the problem is. Weight decay is part of the gradient, or decoupled from it.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "radam",
    title = "RAdam",
    family = Adaptive,
    cite = "liu2020variance",
    kin = "Adam",
    variant = "plain momentum until the mean square can be trusted, then weighed by that trust",
    why = WHY
)]
pub struct RAdam {
    /// Learning rate: about the length of each weight's step once the mean square is trusted.
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
    /// Whether epsilon is added before the mean square is corrected, not after.
    #[param(default = true)]
    pub epsilon_hat: bool,
    /// Number rho of gradients above which the mean square is trusted.
    #[param(default = 5.0, valid = 4.0.., slider = 4.0..=20.0)]
    pub threshold: f64,
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
        "goes against the mean of its gradients, corrected for its beginning at zero, for the mean of their squares stands on too few to be trusted",
        "-learning_rate * [mean_gradient / (1 - beta1^t)]",
    ),
    StepReason::new(
        "goes against the mean of its gradients, divided by the root of the mean of their squares, both corrected for their beginning at zero, times a learning rate weighed by how far that root can be trusted",
        "-factor * [mean_gradient / (1 - beta1^t)] / [sqrt(mean_square / (1 - beta2^t)) + epsilon]",
    ),
];

impl RAdam {
    /// How much the mean square of step `t` is trusted, up to 1; nothing where it is not used at all.
    fn trust(&self, t: u64) -> Option<f64> {
        let all = 2.0 / (1.0 - self.beta2) - 1.0;
        let steps = t as f64;
        let rho = all - 2.0 * steps * powf(self.beta2, steps) / weight(self.beta2, t);
        let share = (rho - 4.0) * (rho - 2.0) * all / ((all - 4.0) * (all - 2.0) * rho);
        (rho > self.threshold).then(|| share.sqrt())
    }
}

impl GradientRule for RAdam {
    type State = MomentEstimates;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomentEstimates) {
        if !self.decoupled {
            couple(d, here.weights, self.weight_decay);
        }
        s.take_in(d, self.beta1, self.beta2);
        let t = here.epoch + 1;
        let rate = self.learning_rate / weight(self.beta1, t);
        if let Some(trust) = self.trust(t) {
            let of_v = weight(self.beta2, t);
            let epsilon = if self.epsilon_hat {
                self.epsilon / of_v.sqrt()
            } else {
                self.epsilon
            };
            let means = s.mean_gradient.iter().zip(&s.mean_square);
            for (d, (m, v)) in d.iter_mut().zip(means) {
                *d = -rate * trust * m / ((v / of_v).sqrt() + epsilon);
            }
        } else {
            for (d, m) in d.iter_mut().zip(&s.mean_gradient) {
                *d = -rate * m;
            }
        }
        if self.decoupled {
            decouple(d, here.weights, self.learning_rate * self.weight_decay);
        }
    }
}
