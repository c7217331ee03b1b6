//! `ACProp`.

use super::means::bias_correction_factor;
use crate::optimizers::prelude::*;

/// Moves against the gradient, divided by the root of the mean squared deviation of the earlier gradients.
///
/// ```text
/// w <- w - learning_rate g / (sqrt(s / (1 - beta2^(t - 1))) + epsilon)            without the root for t = 1
/// m <- beta1 m + (1 - beta1) g
/// s <- beta2 s + (1 - beta2) (g - m)^2 + epsilon_root
/// ```
///
/// The divisor does not contain the gradient of the step, so a large gradient makes a long step. The first step has no earlier
/// gradients and is not divided. This is the published form, where m contains the gradient; optax uses m before this step:
/// `deviation_from=previous-mean`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "acprop",
    title = "ACProp",
    family = Adaptive,
    cite = "zhuang2021momentum",
    why = REASONS,
    optax = "optax.contrib.acprop",
    optax_options = "weight_decay"
)]
pub struct AcProp {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared deviation.
    #[param(default = 0.999, valid = 0.0..1.0, optax = "b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-16, valid = 0.0.., slider = 1e-16..=1.0, log, optax = "eps")]
    pub epsilon: f64,
    /// Added to the mean squared deviation in each step.
    #[param(default = 1e-16, valid = 0.0.., slider = 1e-16..=1.0, log, optax = "eps_root")]
    pub epsilon_root: f64,
    /// The mean from which the deviation of a gradient is measured.
    #[param(default = "mean", optax = "=previous-mean")]
    pub deviation_from: Center,
}

/// The mean from which deviations are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Center {
    /// The mean with the gradient of this step.
    Mean,
    /// The mean without the gradient of this step.
    PreviousMean,
}

choice!(Center {
    "mean": Mean,
    "previous-mean": PreviousMean,
});

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its gradient, divided by the root of the mean squared deviation of its earlier gradients",
        "-learning_rate * gradient / [sqrt(before(mean_square_deviation) / (1 - beta2^(t - 1))) + epsilon]",
    ),
    StepReason::new(
        "moves against its gradient, which is not divided in the first step",
        "-learning_rate * gradient / [1 + epsilon]",
    ),
];

/// The state of `ACProp`.
#[derive(Clone, Debug, Inspect)]
pub struct AcPropState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average s of the squared deviations of the gradients from their mean.
    #[quantity(GradientSquared)]
    pub mean_square_deviation: Vec<f64>,
}

impl GradientRule for AcProp {
    type State = AcPropState;

    const OPTIONS: OptionDefaults = OptionDefaults::DECOUPLED;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, state: &mut AcPropState) {
        let correction = bias_correction_factor(self.beta2, here.epoch);
        let means = state
            .mean_gradient
            .iter_mut()
            .zip(&mut state.mean_square_deviation);
        for (d, (m, s)) in d.iter_mut().zip(means) {
            let (g, previous) = (*d, *m);
            let square = if here.epoch == 0 {
                1.0
            } else {
                *s / correction
            };
            *d = -self.learning_rate * g / (square.sqrt() + self.epsilon);
            *m = self.beta1 * *m + (1.0 - self.beta1) * g;
            let deviation = match self.deviation_from {
                Center::Mean => g - *m,
                Center::PreviousMean => g - previous,
            };
            *s = self.beta2 * *s + (1.0 - self.beta2) * (deviation * deviation) + self.epsilon_root;
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
