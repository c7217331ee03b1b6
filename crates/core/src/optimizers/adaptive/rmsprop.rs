//! `RMSProp`.

use super::means::{update_mean, update_mean_square};
use crate::optimizers::{first_order::VelocityScale, prelude::*};

/// Divides the gradient of each weight by the root mean square of its recent gradients.
///
/// ```text
/// r <- decay r + (1 - decay) g^2
/// m <- decay m + (1 - decay) g
/// v <- momentum v - learning_rate g / (sqrt(r - m^2 + epsilon_root) + epsilon)
/// w <- w + v          - m^2 only if centered; with nesterov, the step is momentum v - learning_rate g / (...)
/// ```
///
/// The form and the defaults are those of torch. The lecture has neither momentum nor centering and uses a decay rate of 0.9.
/// Here and in optax, the velocity includes the learning rate; under a schedule, `rescale_velocity=true` gives the steps of
/// torch. The form of optax and TensorFlow is `epsilon=0,epsilon_root=1e-7`; TensorFlow 1 initialized r with 1. Near a minimum
/// the steps do not become small: the run jumps from side to side, and rounding errors grow until two libraries no longer
/// follow the same path. The comparisons end where this begins, between epochs 45 and 170.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "rmsprop",
    title = "RMSProp",
    family = Adaptive,
    cite = "tieleman2012lecture",
    variants_of = "Adagrad",
    variant = "root mean square of the gradients",
    why = REASONS,
    torch = "torch.optim.RMSprop",
    torch_options = "weight_decay",
    optax = "optax.rmsprop",
    keras = "keras.optimizers.RMSprop"
)]
pub struct RmsProp {
    /// Learning rate.
    #[param(default = 0.01, valid = positive, slider = 1e-5..=10.0, log, torch = "lr", optax = "learning_rate")]
    pub learning_rate: f64,
    /// Decay rate of the means.
    #[param(default = 0.99, valid = 0.0..1.0, torch = "alpha", optax = "decay=0.9")]
    pub decay: f64,
    /// Momentum: the fraction of the velocity that is kept.
    #[param(default = 0.0, valid = 0.0..1.0, torch = "momentum", optax = "momentum")]
    pub momentum: f64,
    /// Whether the step looks one velocity ahead, as in `nesterov`.
    #[param(default = false, optax = "nesterov")]
    pub nesterov: bool,
    /// Whether the velocity is rescaled when a schedule changes the learning rate, as in torch.
    #[param(default = false, torch = "=true", optax = "=true")]
    pub rescale_velocity: bool,
    /// Whether to divide by the standard deviation of the gradients instead of their root mean square.
    #[param(default = false, torch = "centered", optax = "centered")]
    pub centered: bool,
    /// Initial value of the mean square.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0, optax = "initial_scale")]
    pub initial_accumulator: f64,
    /// Added to the root to avoid a division by zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log, torch = "eps", optax = "=0")]
    pub epsilon: f64,
    /// Added under the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01, optax = "eps=1e-8")]
    pub epsilon_root: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its gradient, divided by the root of its mean squared gradient, without bias correction",
        "-learning_rate * [(1 - centered) * gradient] / [sqrt(mean_square + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves against its gradient, divided by the standard deviation of its gradients, without bias correction",
        "-learning_rate * gradient / [sqrt(mean_square - mean_gradient * mean_gradient + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves by a fraction of its previous velocity, minus the learning rate times its gradient, divided by the root of its mean squared gradient, without bias correction",
        "momentum * before(velocity) - learning_rate * [(1 - centered) * gradient] / [sqrt(mean_square + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves by a fraction of its previous velocity, minus the learning rate times its gradient, divided by the standard deviation of its gradients, without bias correction",
        "momentum * before(velocity) - learning_rate * gradient / [sqrt(mean_square - mean_gradient * mean_gradient + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves by a fraction of its updated velocity, minus the learning rate times its gradient, divided by the root of its mean squared gradient, without bias correction",
        "[nesterov * momentum] * velocity - learning_rate * [(1 - centered) * gradient] / [sqrt(mean_square + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves by a fraction of its updated velocity, minus the learning rate times its gradient, divided by the standard deviation of its gradients, without bias correction",
        "[nesterov * momentum] * velocity - learning_rate * gradient / [sqrt(mean_square - mean_gradient * mean_gradient + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves by a fraction of its previous velocity, rescaled to the new learning rate, minus the learning rate times its gradient, divided by the root of its mean squared gradient, without bias correction",
        "[momentum * learning_rate / before(learning_rate)] * before(velocity) - learning_rate * [(1 - centered) * gradient] / [sqrt(mean_square + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "moves by a fraction of its previous velocity, rescaled to the new learning rate, minus the learning rate times its gradient, divided by the standard deviation of its gradients, without bias correction",
        "[momentum * learning_rate / before(learning_rate)] * before(velocity) - learning_rate * gradient / [sqrt(mean_square - mean_gradient * mean_gradient + epsilon_root) + epsilon]",
    ),
];

/// The state of `RMSProp`.
#[derive(Clone, Debug, Inspect)]
pub struct RmsPropState {
    /// Moving average r of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Moving average m of the gradients; zero unless centered.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Velocity v.
    #[quantity(Displacement)]
    pub velocity: Vec<f64>,
    #[scratch]
    scale: VelocityScale,
}

impl GradientRule for RmsProp {
    type State = RmsPropState;

    fn init(&self, _: &[f64], size: StateShape) -> RmsPropState {
        RmsPropState {
            mean_square: vec![self.initial_accumulator; size.weights()],
            scale: VelocityScale::new(self.learning_rate),
            ..RmsPropState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut RmsPropState) {
        update_mean_square(&mut s.mean_square, d, self.decay);
        if self.centered {
            update_mean(&mut s.mean_gradient, d, self.decay);
        }
        let factors = s.scale.factors(self.learning_rate, self.rescale_velocity);
        let momentum = self.momentum * factors.keep;
        let n = d.len();
        let (r, m) = (&s.mean_square[..n], &s.mean_gradient[..n]);
        let v = &mut s.velocity[..n];
        for i in 0..n {
            let size = (r[i] - m[i] * m[i] + self.epsilon_root).sqrt() + self.epsilon;
            let push = factors.push * d[i] / size;
            v[i] = momentum * v[i] - push;
            let step = if self.nesterov {
                self.momentum * v[i] - push
            } else {
                v[i]
            };
            d[i] = factors.step * step;
        }
    }
}
