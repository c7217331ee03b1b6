//! `MoMo` with the metric of Adam.

use crate::{
    numeric::linalg::dot,
    optimizers::{adaptive::bias_correction_factor, prelude::*},
};

/// Moves like Adam, at most to the point where the mean of the linear models of past losses is at its minimum.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g          v <- beta2 v + (1 - beta2) g^2          t = 1 in the first step
/// f <- beta1 f + (1 - beta1) E          c <- beta1 c + (1 - beta1) g . w
/// u = m / (sqrt(v / (1 - beta2^t)) + epsilon)
/// step = min(learning_rate / (1 - beta1^t), max(f - (1 - beta1^t) minimum - c + m . w, 0) / (m . u))
/// w <- w - step u
/// ```
///
/// This is the published form with a known minimum, as in optax.
#[derive(Clone, Debug, Describe)]
#[entry(id = "momo-adam", title = "MoMo-Adam", family = ParameterFree, cite = "schaipp2024momo", variants_of = "MoMo", variant = "step of Adam", why = REASONS, optax = "optax.contrib.momo_adam")]
pub struct MomoAdam {
    /// Maximum of the learning rate.
    #[param(default = 0.01, valid = positive, slider = 1e-5..=10.0, log, optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the means of gradients and losses.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = positive, slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
    /// A lower bound of the loss, by default the loss at the known minimum of the problem, or 0.
    #[param(default = 0.0, valid = -1e9..=1e9, slider = 0.0..=1.0, loss_bound, optax = "lower_bound=0")]
    pub minimum: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its mean gradient, divided by the root of its mean squared gradient, with a step size that a linear model of the past losses limits",
    "-[step_size] * [mean_gradient] / [sqrt(mean_square / (1 - beta2^t)) + epsilon]",
)];

/// The state of `MoMo-Adam`.
#[derive(Clone, Debug, Inspect)]
pub struct MomoAdamState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
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

impl GradientRule for MomoAdam {
    type State = MomoAdamState;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut MomoAdamState) {
        let t = here.epoch + 1;
        let m_correction = bias_correction_factor(self.beta1, t);
        let v_correction = bias_correction_factor(self.beta2, t);
        let mean = |mean: f64, value: f64| self.beta1 * mean + (1.0 - self.beta1) * value;
        s.mean_loss.0[0] = mean(s.mean_loss.0[0], here.losses[0]);
        s.mean_product.0[0] = mean(s.mean_product.0[0], dot(d, here.weights));
        let means = s.mean_gradient.iter_mut().zip(&mut s.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            let g = *d;
            *m = mean(*m, g);
            *v = self.beta2 * *v + (1.0 - self.beta2) * g * g;
            *d = *m / ((*v / v_correction).sqrt() + self.epsilon);
        }
        let square = dot(&s.mean_gradient, d);
        let gap = s.mean_loss.0[0] - m_correction * self.minimum - s.mean_product.0[0]
            + dot(&s.mean_gradient, here.weights);
        let step = if square <= f64::EPSILON {
            0.0
        } else {
            (self.learning_rate / m_correction).min(gap.max(0.0) / square)
        };
        s.step_size.0[0] = step;
        for d in d {
            *d *= -step;
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
