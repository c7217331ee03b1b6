//! Schedule-free gradient descent, and the average that schedule-free optimizers share.

use crate::optimizers::prelude::*;

/// Moves between a point that makes gradient steps and the average of its positions.
///
/// ```text
/// z <- z - eta g                                the gradient is evaluated at w
/// x <- (1 - c) x + c z                          c = eta^p / sum_t eta^p, which is 1 / t for constant eta
/// w <- beta x + (1 - beta) z
/// ```
///
/// The average replaces a schedule that lowers the learning rate. The path shows w, where the gradients are evaluated; x is
/// the result, and a channel. This is the published form, with the largest learning rate so far for eta in c, as in optax.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "schedule-free-sgd",
    title = "Schedule-free SGD",
    family = FirstOrder,
    cite = "defazio2024road",
    variants_of = "schedule-free",
    variant = "gradient steps",
    why = SCHEDULE_FREE_REASONS,
    optax = "optax.contrib.schedule_free_sgd"
)]
pub struct ScheduleFreeSgd {
    /// Learning rate eta.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, optax = "learning_rate=1")]
    pub learning_rate: f64,
    /// Fraction of the average in w.
    #[param(default = 0.9, valid = 0.0..=1.0, optax = "b1")]
    pub beta: f64,
    /// Exponent p of the learning rate in the weights of the average.
    #[param(default = 2.0, valid = 0.0.., slider = 0.0..=4.0, optax = "weight_lr_power")]
    pub weight_power: f64,
}

/// The reason for the steps of schedule-free optimizers.
pub(in crate::optimizers) const SCHEDULE_FREE_REASONS: &[StepReason] = &[StepReason::new(
    "moves to a point between the average and the fast weights",
    "[beta * average + (1 - beta) * fast_weight] - weight",
)];

/// The points of a schedule-free optimizer.
#[derive(Clone, Debug, Inspect)]
pub struct ScheduleFreeState {
    /// Fast weights z, which make the steps.
    #[quantity(Position)]
    pub fast_weight: Vec<f64>,
    /// Weighted average x of the fast weights: the result.
    #[quantity(Position)]
    pub average: Vec<f64>,
    /// Largest learning rate so far.
    #[quantity(Number)]
    pub max_rate: SharedScalar,
    /// Sum of the weights of the average.
    #[quantity(Number)]
    pub weight_sum: SharedScalar,
}

/// The points of a schedule-free optimizer during a step.
pub(in crate::optimizers) struct SchedulePoints<'s> {
    pub(in crate::optimizers) fast: &'s mut [f64],
    pub(in crate::optimizers) average: &'s mut [f64],
    pub(in crate::optimizers) max_rate: &'s mut f64,
    pub(in crate::optimizers) weight_sum: &'s mut f64,
}

impl SchedulePoints<'_> {
    /// Moves the fast weights by `d`, updates the average, and replaces `d` by the displacement of the weights `w`.
    pub(in crate::optimizers) fn advance(
        self,
        d: &mut [f64],
        w: &[f64],
        [rate, power, beta]: [f64; 3],
    ) {
        *self.max_rate = self.max_rate.max(rate);
        let weight = powf(*self.max_rate, power);
        *self.weight_sum += weight;
        let c = weight / *self.weight_sum;
        let points = self.fast.iter_mut().zip(self.average);
        for ((d, w), (z, x)) in d.iter_mut().zip(w).zip(points) {
            *z += *d;
            *x = (1.0 - c) * *x + c * *z;
            *d = beta * *x + (1.0 - beta) * *z - w;
        }
    }
}

impl GradientRule for ScheduleFreeSgd {
    type State = ScheduleFreeState;

    fn init(&self, w: &[f64], _: StateShape) -> ScheduleFreeState {
        ScheduleFreeState {
            fast_weight: w.to_vec(),
            average: w.to_vec(),
            max_rate: SharedScalar(0.0),
            weight_sum: SharedScalar(0.0),
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut ScheduleFreeState) {
        for d in &mut *d {
            *d *= -self.learning_rate;
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
