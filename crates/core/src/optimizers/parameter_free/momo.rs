//! `MoMo` (model-based momentum).

use super::squared_norm;
use crate::{numeric::linalg::dot, optimizers::prelude::*};

/// Moves against the mean gradient, at most to the point where the mean of the linear models of past losses is at its minimum.
///
/// ```text
/// m <- beta m + (1 - beta) g          f <- beta f + (1 - beta) E          c <- beta c + (1 - beta) g . w
/// step = min(learning_rate, max(f - minimum - c + m . w, 0) / |m|^2)
/// w <- w - step m
/// ```
///
/// In the first step, the means equal their values. This is the published form with a known minimum, as in optax.
#[derive(Clone, Debug, Describe)]
#[entry(id = "momo", title = "MoMo", family = ParameterFree, cite = "schaipp2024momo", variants_of = "MoMo", variant = "step along the mean gradient", why = REASONS, optax = "optax.contrib.momo")]
pub struct Momo {
    /// Maximum of the step size.
    #[param(default = 1.0, valid = positive, slider = 0.001..=1000.0, log, optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the means.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "beta")]
    pub beta: f64,
    /// A lower bound of the loss, by default the loss at the known minimum of the problem, or 0.
    #[param(default = 0.0, valid = -1e9..=1e9, slider = 0.0..=1.0, loss_bound, optax = "lower_bound=0")]
    pub minimum: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its mean gradient, with the step size at which a linear model of the past losses reaches its minimum, or the largest one",
    "-[step_size] * mean_gradient",
)];

/// The state of `MoMo`.
#[derive(Clone, Debug, Inspect)]
pub struct MomoState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average f of the losses.
    #[quantity(Value)]
    pub mean_loss: PerRunScalar,
    /// Moving average c of the products of gradients and weights.
    #[quantity(Number)]
    pub mean_product: PerRunScalar,
    /// Step size of this step.
    #[quantity(Number)]
    pub step_size: PerRunScalar,
}

impl GradientRule for Momo {
    type State = MomoState;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomoState) {
        let beta = if here.epoch == 0 { 0.0 } else { self.beta };
        let mean = |mean: f64, value: f64| beta * mean + (1.0 - beta) * value;
        let product = dot(d, here.weights);
        for (m, d) in s.mean_gradient.iter_mut().zip(&*d) {
            *m = mean(*m, *d);
        }
        s.mean_loss.0[0] = mean(s.mean_loss.0[0], here.losses[0]);
        s.mean_product.0[0] = mean(s.mean_product.0[0], product);
        let square = squared_norm(&s.mean_gradient);
        let gap = s.mean_loss.0[0] - self.minimum - s.mean_product.0[0]
            + dot(&s.mean_gradient, here.weights);
        let step = if square <= f64::EPSILON {
            0.0
        } else {
            self.learning_rate.min(gap.max(0.0) / square)
        };
        s.step_size.0[0] = step;
        for (d, m) in d.iter_mut().zip(&s.mean_gradient) {
            *d = -step * m;
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
