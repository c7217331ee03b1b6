//! Adam with Nesterov momentum (`NAdam`).

use super::means::{bias_correction_factor, update_mean, update_mean_square};
use crate::optimizers::prelude::*;

/// Variant of Adam with Nesterov momentum: it uses the mean gradient that is expected one step ahead.
///
/// ```text
/// mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2)          t = 1 in the first step
/// p <- p mu_t
/// m <- beta1 m + (1 - beta1) g          v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
/// n = (1 - mu_t) / (1 - p) g + mu_t+1 / (1 - p mu_t+1) m
/// w <- w - learning_rate n / (sqrt(v_hat + epsilon_root) + epsilon)
/// ```
///
/// This is the form of torch. The report updates m with `mu_t`, where torch uses `beta1`. optax keeps the momentum constant:
/// `momentum_schedule=constant`, with `mu_t = beta1`. Weight decay is part of the gradient or decoupled from it. On Rosenbrock
/// the comparison with torch ends at epoch 50: from there on the run jumps across the valley, and the last bit of a weight
/// decides where it continues.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "nadam",
    title = "NAdam",
    family = Adaptive,
    cite = "dozat2016incorporating",
    variants_of = "Adam",
    variant = "Nesterov momentum: the mean gradient is taken one step ahead",
    why = REASONS,
    torch = "torch.optim.NAdam",
    torch_options = "weight_decay, decoupled_weight_decay",
    optax = "optax.nadam",
    keras = "keras.optimizers.Nadam"
)]
pub struct NAdam {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 0.002, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]", optax = "b1")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]", optax = "b2")]
    pub beta2: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "eps")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps_root")]
    pub epsilon_root: f64,
    /// Whether the momentum rises to `beta1` or equals it from the first step.
    #[param(default = "rising", optax = "=constant")]
    pub momentum_schedule: MomentumSchedule,
    /// Rate at which a rising momentum grows from half of `beta1` to `beta1`.
    #[param(default = 0.004, valid = 0.0.., slider = 1e-4..=1.0, log, torch = "momentum_decay")]
    pub momentum_decay: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against the look-ahead estimate of its mean gradient, divided by the root of its bias-corrected mean squared gradient",
        "-learning_rate * [(1 - (beta1 * (1 - 0.5 * 0.96^(t * momentum_decay)))) / (1 - momentum_product) * gradient + (beta1 * (1 - 0.5 * 0.96^((t + 1) * momentum_decay))) / (1 - momentum_product * (beta1 * (1 - 0.5 * 0.96^((t + 1) * momentum_decay)))) * mean_gradient] / [sqrt(mean_square / (1 - beta2^t) + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves against the look-ahead estimate of its mean gradient, divided by the root of its bias-corrected mean squared gradient",
        "-learning_rate * [(1 - beta1) / (1 - momentum_product) * gradient + beta1 / (1 - momentum_product * beta1) * mean_gradient] / [sqrt(mean_square / (1 - beta2^t) + epsilon_root) + epsilon]",
    ),
];

/// How the momentum of `NAdam` changes over the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentumSchedule {
    /// Rises from half of beta1 to beta1.
    Rising,
    /// Equals beta1 in all steps.
    Constant,
}

choice!(MomentumSchedule {
    "rising": Rising,
    "constant": Constant,
});

/// The state of `NAdam`.
#[derive(Clone, Debug, Inspect)]
pub struct NAdamState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Product p of the momentum values so far.
    #[quantity(Number)]
    pub momentum_product: SharedScalar,
}

impl NAdam {
    /// Returns the momentum of step `t`, counted from 1.
    fn momentum(&self, t: u64) -> f64 {
        match self.momentum_schedule {
            MomentumSchedule::Rising => {
                self.beta1 * (1.0 - 0.5 * powf(0.96, t as f64 * self.momentum_decay))
            }
            MomentumSchedule::Constant => self.beta1,
        }
    }
}

impl GradientRule for NAdam {
    type State = NAdamState;

    const OPTIONS: OptionDefaults = OptionDefaults::AS_IN_TORCH;

    fn init(&self, _: &[f64], size: StateShape) -> NAdamState {
        NAdamState {
            momentum_product: SharedScalar(1.0),
            ..NAdamState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut NAdamState) {
        update_mean(&mut s.mean_gradient, d, self.beta1);
        update_mean_square(&mut s.mean_square, d, self.beta2);
        let t = here.epoch + 1;
        let (current, next) = (self.momentum(t), self.momentum(t + 1));
        s.momentum_product.0 *= current;
        let product = s.momentum_product.0;
        let g_factor = (1.0 - current) / (1.0 - product);
        let m_factor = next / (1.0 - product * next);
        let v_correction = bias_correction_factor(self.beta2, t);
        let means = s.mean_gradient.iter().zip(&s.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            let ahead = g_factor * *d + m_factor * m;
            *d = -self.learning_rate * ahead
                / ((v / v_correction + self.epsilon_root).sqrt() + self.epsilon);
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
