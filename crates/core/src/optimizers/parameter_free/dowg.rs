//! `DoWG` (distance over weighted gradients).

use super::{squared_distance, squared_norm};
use crate::optimizers::prelude::*;

/// Moves like `DoG`, but the sum weighs each squared gradient by the squared distance at its step.
///
/// ```text
/// r^2 <- max(r^2, |w - w_0|^2)          r^2 = initial_square before the first step
/// G <- G + r^2 |g|^2
/// w <- w - learning_rate r^2 / (sqrt(G) + epsilon) g
/// ```
///
/// Early gradients, which were measured near the initial point, count less. This is the published form with epsilon as in
/// optax.
#[derive(Clone, Debug, Describe)]
#[entry(id = "dowg", title = "DoWG", family = ParameterFree, cite = "khaled2023dowg", variants_of = "DoG", variant = "sum of the squared gradients, weighted by the distance", why = REASONS, optax = "optax.contrib.dowg")]
pub struct Dowg {
    /// Factor of the step size.
    #[param(default = 1.0, valid = positive, slider = 0.01..=10.0, log, optax = "learning_rate")]
    pub learning_rate: f64,
    /// Initial squared distance.
    #[param(default = 1e-4, valid = positive, slider = 1e-12..=1.0, log, optax = "init_estim_sq_dist")]
    pub initial_square: f64,
    /// Added to the root of the sum.
    #[param(default = 1e-4, valid = positive, slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its gradient, with the largest squared distance from the initial point divided by the root of all weighted squared gradients as the step size",
    "-learning_rate * [max_square_distance / (sqrt(weighted_sum) + epsilon)] * gradient",
)];

/// The state of `DoWG`.
#[derive(Clone, Debug, Inspect)]
pub struct DowgState {
    /// Largest squared distance from the initial point so far.
    #[quantity(Number)]
    pub max_square_distance: PerRunScalar,
    /// Sum G of the squared lengths of the gradients, each times the squared distance at its step.
    #[quantity(Number)]
    pub weighted_sum: PerRunScalar,
    /// Initial point.
    #[quantity(Position)]
    pub initial_weight: Vec<f64>,
}

impl GradientRule for Dowg {
    type State = DowgState;

    fn init(&self, w: &[f64], size: StateShape) -> DowgState {
        DowgState {
            max_square_distance: PerRunScalar(vec![self.initial_square]),
            initial_weight: w.to_vec(),
            ..DowgState::zeros(size.dim, size.runs)
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut DowgState) {
        let distance = squared_distance(here.weights, &s.initial_weight);
        let square = s.max_square_distance.0[0].max(distance);
        s.max_square_distance.0[0] = square;
        s.weighted_sum.0[0] += square * squared_norm(d);
        let rate = self.learning_rate * (square / (s.weighted_sum.0[0].sqrt() + self.epsilon));
        for d in d {
            *d *= -rate;
        }
    }
}
