//! `RMSProp`.

use super::means::{take_in, take_in_squares};
use crate::optimizers::prelude::*;

/// Divides every weight's gradient by the size that it has had of late.
///
/// ```text
/// r <- decay r + (1 - decay) g^2
/// m <- decay m + (1 - decay) g
/// v <- momentum v - learning_rate g / (sqrt(r - m^2 + epsilon_root) + epsilon)
/// w <- w + v          without - m^2 unless centered
/// ```
///
/// The form is torch's, the defaults too; the lecture has neither momentum nor centering and takes a decay of 0.9. Here
/// the velocity holds the learning rate. optax and TensorFlow: `epsilon=0,epsilon_root=1e-7`; TensorFlow 1 began r
/// at 1. Near a minimum the steps do not become small: the run jumps from side to side, and every rounding error grows
/// until no two libraries go the same way. The comparisons end where that begins, between epoch 45
/// and 170.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "rmsprop",
    title = "RMSProp",
    family = Adaptive,
    cite = "tieleman2012lecture",
    kin = "Adagrad",
    variant = "divides by the root of a mean of squares",
    why = WHY
)]
pub struct RmsProp {
    /// Learning rate.
    #[param(default = 0.01, valid = positive, slider = 1e-5..=10.0, log)]
    pub learning_rate: f64,
    /// Share of the means that is kept from step to step.
    #[param(default = 0.99, valid = 0.0..1.0)]
    pub decay: f64,
    /// Share of the velocity that is kept.
    #[param(default = 0.0, valid = 0.0..1.0)]
    pub momentum: f64,
    /// Whether to divide by the spread of the gradients around their mean.
    #[param(default = false)]
    pub centered: bool,
    /// What the mean square begins with.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0)]
    pub initial_accumulator: f64,
    /// Added to the root, so that it is never zero.
    #[param(default = 1e-8, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub epsilon: f64,
    /// Added below the root.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.01)]
    pub epsilon_root: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    StepReason::new(
        "goes against its gradient, divided by the root of the mean of the squares that it had of late, and so by about one learning rate, however steep it is, while its gradients do not shrink",
        "-learning_rate * gradient / [sqrt(mean_square - mean_gradient * mean_gradient + epsilon_root) + epsilon]",
    ),
    StepReason::new(
        "keeps a share of the velocity that it had and goes against its gradient, divided by the root of the mean of the squares that it had of late",
        "momentum * before(velocity) - learning_rate * gradient / [sqrt(mean_square - mean_gradient * mean_gradient + epsilon_root) + epsilon]",
    ),
];

/// What `RMSProp` remembers.
#[derive(Clone, Debug, Inspect)]
pub struct RmsPropState {
    /// Decaying mean r of the squares of the gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Decaying mean m of the gradients; zero unless centered.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Velocity v.
    #[quantity(Displacement)]
    pub velocity: Vec<f64>,
}

impl GradientRule for RmsProp {
    type State = RmsPropState;

    fn init(&self, _: &[f64], size: StateShape) -> RmsPropState {
        RmsPropState {
            mean_square: vec![self.initial_accumulator; size.weights()],
            ..RmsPropState::zeros(size.dim, size.runs)
        }
    }

    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut RmsPropState) {
        take_in_squares(&mut s.mean_square, d, self.decay);
        if self.centered {
            take_in(&mut s.mean_gradient, d, self.decay);
        }
        let n = d.len();
        let (r, m) = (&s.mean_square[..n], &s.mean_gradient[..n]);
        let v = &mut s.velocity[..n];
        for i in 0..n {
            let size = (r[i] - m[i] * m[i] + self.epsilon_root).sqrt() + self.epsilon;
            v[i] = self.momentum * v[i] - self.learning_rate * d[i] / size;
            d[i] = v[i];
        }
    }
}
