//! Adam with Nesterov's momentum (`NAdam`).

use super::means::{take_in, take_in_squares, weight};
use crate::optimizers::prelude::*;

/// Adam that goes at once as far as its new mean gradient would take it next.
///
/// ```text
/// mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2)          t = 1 in the first step
/// p <- p mu_t
/// m <- beta1 m + (1 - beta1) g          v <- beta2 v + (1 - beta2) g^2          v_hat = v / (1 - beta2^t)
/// n = (1 - mu_t) / (1 - p) g + mu_t+1 / (1 - p mu_t+1) m
/// w <- w - learning_rate n / (sqrt(v_hat) + epsilon)
/// ```
///
/// As in torch. The report forgets m by `mu_t` where torch takes `beta1`. optax keeps the momentum:
/// `momentum_schedule=constant`, where `mu_t = beta1`. Weight decay is part of the gradient, or decoupled from it.
/// On Rosenbrock the comparison with torch stops at epoch 50: from there on the run jumps across the valley, and the last
/// bit of a weight decides where it lands.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "nadam",
    title = "NAdam",
    family = Adaptive,
    cite = "dozat2016incorporating",
    kin = "Adam",
    variant = "looks ahead by one step of the mean gradient, as nesterov does",
    why = WHY
)]
pub struct NAdam {
    /// Learning rate: about the length of each weight's step.
    #[param(default = 0.002, valid = positive, slider = 1e-5..=10.0, log)]
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
    /// Whether the momentum rises to `beta1` or has that value from the first step on.
    #[param(default = "rising")]
    pub momentum_schedule: MomentumSchedule,
    /// Pace at which a rising momentum goes from half of `beta1` to all of it.
    #[param(default = 0.004, valid = 0.0.., slider = 1e-4..=1.0, log)]
    pub momentum_decay: f64,
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
        "goes against the mean of its gradients as far as it can be foreseen one step ahead, divided by the root of the mean of their squares, and so by about one learning rate, however steep it is, while its gradients do not shrink",
        "-learning_rate * [(1 - (beta1 * (1 - 0.5 * 0.96^(t * momentum_decay)))) / (1 - momentum_product) * gradient + (beta1 * (1 - 0.5 * 0.96^((t + 1) * momentum_decay))) / (1 - momentum_product * (beta1 * (1 - 0.5 * 0.96^((t + 1) * momentum_decay)))) * mean_gradient] / [sqrt(mean_square / (1 - beta2^t)) + epsilon]",
    ),
    StepReason::new(
        "goes against the mean of its gradients as far as it can be foreseen one step ahead, divided by the root of the mean of their squares, and so by about one learning rate, however steep it is, while its gradients do not shrink",
        "-learning_rate * [(1 - beta1) / (1 - momentum_product) * gradient + beta1 / (1 - momentum_product * beta1) * mean_gradient] / [sqrt(mean_square / (1 - beta2^t)) + epsilon]",
    ),
];

/// How `NAdam`'s momentum goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentumSchedule {
    /// From half of beta1 up to it.
    Rising,
    /// Beta1 from the first step on.
    Constant,
}

choice!(MomentumSchedule {
    "rising": Rising,
    "constant": Constant,
});

/// What `NAdam` remembers.
#[derive(Clone, Debug, Inspect)]
pub struct NAdamState {
    /// Decaying mean m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Decaying mean v of their squares.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Product p of the momenta so far.
    #[quantity(Number)]
    pub momentum_product: SharedScalar,
}

impl NAdam {
    /// The momentum of step `t`.
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

    fn init(&self, _: &[f64], size: StateShape) -> NAdamState {
        NAdamState {
            momentum_product: SharedScalar(1.0),
            ..NAdamState::zeros(size.dim, size.runs)
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut NAdamState) {
        if !self.decoupled {
            couple(d, here.weights, self.weight_decay);
        }
        take_in(&mut s.mean_gradient, d, self.beta1);
        take_in_squares(&mut s.mean_square, d, self.beta2);
        let t = here.epoch + 1;
        let (now, next) = (self.momentum(t), self.momentum(t + 1));
        s.momentum_product.0 *= now;
        let product = s.momentum_product.0;
        let of_g = (1.0 - now) / (1.0 - product);
        let of_m = next / (1.0 - product * next);
        let of_v = weight(self.beta2, t);
        let means = s.mean_gradient.iter().zip(&s.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            let ahead = of_g * *d + of_m * m;
            *d = -self.learning_rate * ahead / ((v / of_v).sqrt() + self.epsilon);
        }
        if self.decoupled {
            decouple(d, here.weights, self.learning_rate * self.weight_decay);
        }
    }
}
