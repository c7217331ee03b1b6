//! Schedule-free `AdamW`.

use super::means::{bias_correction_factor, update_mean_square};
use crate::optimizers::{
    first_order::{SCHEDULE_FREE_REASONS, SchedulePoints},
    prelude::*,
};

/// Moves between a point that makes steps of `RMSProp` with bias correction and the average of its positions.
///
/// ```text
/// v <- beta2 v + (1 - beta2) g^2                          v_hat = v / (1 - beta2^t)          t = 1 in the first step
/// z <- z - learning_rate g / (sqrt(v_hat) + epsilon)      the gradient is evaluated at w
/// x <- (1 - c) x + c z                                    c = r^p / sum_t r^p, r = the largest eta so far
/// w <- beta x + (1 - beta) z
/// ```
///
/// The average replaces the mean gradient of Adam and a schedule. The path shows w, where the gradients are evaluated; x is the
/// result, and a channel. This is the published form, as in optax.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "schedule-free-adamw",
    title = "Schedule-free AdamW",
    family = Adaptive,
    cite = "defazio2024road",
    variants_of = "schedule-free",
    variant = "steps of Adam",
    why = SCHEDULE_FREE_REASONS,
    optax = "optax.contrib.schedule_free_adamw"
)]
pub struct ScheduleFreeAdamW {
    /// Learning rate: approximately the length of each step of the fast weights.
    #[param(default = 0.0025, valid = positive, slider = 1e-5..=10.0, log, optax = "learning_rate")]
    pub learning_rate: f64,
    /// Fraction of the average in w.
    #[param(default = 0.9, valid = 0.0..=1.0, optax = "b1")]
    pub beta: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
    /// Exponent p of the learning rate in the weights of the average.
    #[param(default = 2.0, valid = 0.0.., slider = 0.0..=4.0, optax = "weight_lr_power")]
    pub weight_power: f64,
}

/// The state of schedule-free `AdamW`.
#[derive(Clone, Debug, Inspect)]
pub struct ScheduleFreeAdamWState {
    /// Fast weights z, which make the steps.
    #[quantity(Position)]
    pub fast_weight: Vec<f64>,
    /// Weighted average x of the fast weights: the result.
    #[quantity(Position)]
    pub average: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Largest learning rate so far.
    #[quantity(Number)]
    pub max_rate: SharedScalar,
    /// Sum of the weights of the average.
    #[quantity(Number)]
    pub weight_sum: SharedScalar,
}

impl GradientRule for ScheduleFreeAdamW {
    type State = ScheduleFreeAdamWState;

    fn init(&self, w: &[f64], size: StateShape) -> ScheduleFreeAdamWState {
        ScheduleFreeAdamWState {
            fast_weight: w.to_vec(),
            average: w.to_vec(),
            ..ScheduleFreeAdamWState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut ScheduleFreeAdamWState) {
        update_mean_square(&mut s.mean_square, d, self.beta2);
        let correction = bias_correction_factor(self.beta2, here.epoch + 1);
        for (d, v) in d.iter_mut().zip(&s.mean_square) {
            *d = -self.learning_rate * *d / ((v / correction).sqrt() + self.epsilon);
        }
        let settings = [self.learning_rate, self.weight_power, self.beta];
        let points = SchedulePoints {
            fast: &mut s.fast_weight,
            average: &mut s.average,
            max_rate: &mut s.max_rate.0,
            weight_sum: &mut s.weight_sum.0,
        };
        points.advance(d, here.weights, settings);
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
