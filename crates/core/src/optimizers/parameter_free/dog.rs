//! `DoG` (distance over gradients).

use super::{squared_distance, squared_norm};
use crate::optimizers::prelude::*;

/// Moves against the gradient, with the largest distance from the initial point divided by the root of all squared gradients.
///
/// ```text
/// r <- max(r, |w - w_0|)          r = initial_distance (1 + |w_0|) before the first step
/// G <- G + |g|^2
/// w <- w - learning_rate r / sqrt(G + epsilon) g
/// ```
///
/// The step size grows with the distance that the run has moved, so no learning rate is needed. This is the published form
/// and that of optax, with one distance for all weights. The paper recommends to average the weights.
#[derive(Clone, Debug, Describe)]
#[entry(id = "dog", title = "DoG", family = ParameterFree, cite = "ivgi2023dog", variants_of = "DoG", variant = "sum of the squared gradients", why = REASONS, optax = "optax.contrib.dog")]
pub struct Dog {
    /// Factor of the step size.
    #[param(default = 1.0, valid = positive, slider = 0.01..=10.0, log, optax = "learning_rate")]
    pub learning_rate: f64,
    /// Initial distance, as a fraction of 1 plus the length of the weights.
    #[param(default = 1e-6, valid = positive, slider = 1e-8..=1.0, log)]
    pub initial_distance: f64,
    /// Added to the sum of the squared gradients.
    #[param(default = 1e-8, valid = positive, slider = 1e-16..=1.0, log, optax = "eps")]
    pub epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its gradient, with the largest distance from the initial point divided by the root of all squared gradients as the step size",
    "-learning_rate * [max_distance / sqrt(square_sum + epsilon)] * gradient",
)];

/// The state of `DoG`.
#[derive(Clone, Debug, Inspect)]
pub struct DogState {
    /// Largest distance r from the initial point so far.
    #[quantity(Number)]
    pub max_distance: PerRunScalar,
    /// Sum G of the squared lengths of the gradients.
    #[quantity(Number)]
    pub square_sum: PerRunScalar,
    /// Initial point.
    #[quantity(Position)]
    pub initial_weight: Vec<f64>,
}

impl GradientRule for Dog {
    type State = DogState;

    fn init(&self, w: &[f64], size: StateShape) -> DogState {
        DogState {
            max_distance: PerRunScalar(vec![
                self.initial_distance * (1.0 + squared_norm(w).sqrt()),
            ]),
            initial_weight: w.to_vec(),
            ..DogState::zeros(size.dim, size.runs)
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut DogState) {
        let ([r], [sum]) = (&mut s.max_distance.0[..], &mut s.square_sum.0[..]) else {
            unreachable!("the state of one run");
        };
        *r = r.max(squared_distance(here.weights, &s.initial_weight).sqrt());
        *sum += squared_norm(d);
        let rate = self.learning_rate * (*r / (*sum + self.epsilon).sqrt());
        for d in d {
            *d *= -rate;
        }
    }
}
