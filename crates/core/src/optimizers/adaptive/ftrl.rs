//! Follow the regularized leader (FTRL-Proximal).

use crate::optimizers::{prelude::*, sign_based::sign};

/// Moves to the minimum of the sum of all past linear models of the loss plus penalties, which can set weights to exactly zero.
///
/// ```text
/// z <- z + g - (sqrt(n + g^2) - sqrt(n)) / learning_rate w
/// n <- n + g^2
/// w <- -(z - l1 sign(z)) / ((beta + sqrt(n)) / learning_rate + l2)          or 0 if |z| <= l1
/// ```
///
/// Without penalties, this is `adagrad`. The penalty `l1` sets weights to zero and keeps them there. `beta` is a part of
/// `1 / learning_rate` that does not grow; with a zero `z` before the first step, it also pulls the first weights to zero. The
/// paper begins with zero weights and `beta=1`; here it is 0, as in `pytorch_optimizer` and Keras, because a run can begin
/// anywhere. As in the paper, a weight whose gradient is zero is skipped.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "ftrl",
    title = "FTRL",
    family = Adaptive,
    cite = "mcmahan2013ad",
    variants_of = "Adagrad",
    variant = "minimum of all past linear models with penalties",
    why = REASONS,
    keras = "keras.optimizers.Ftrl",
    pytorch_optimizer = "pytorch_optimizer.FTRL"
)]
pub struct Ftrl {
    /// Learning rate: the length of each weight's first step if beta and the penalties are 0.
    #[param(default = 0.1, valid = positive, slider = 1e-5..=10.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Added to the root of the sum of the squared gradients.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0)]
    pub beta: f64,
    /// Coefficient of the penalty on the magnitude of each weight.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1, torch = "lambda_1")]
    pub l1: f64,
    /// Coefficient of the penalty on the square of each weight.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=0.1, torch = "lambda_2")]
    pub l2: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves to the minimum of the sum of its linear models and its penalties",
        "-(linear_term - [sign(linear_term) * l1]) / [(beta + sqrt(square_sum)) / learning_rate + l2] - weight",
    ),
    StepReason::new(
        "moves to zero, because the magnitude of its linear term z is at most the penalty l1",
        "-weight",
    ),
];

/// The state of FTRL.
#[derive(Clone, Debug, Inspect)]
pub struct FtrlState {
    /// Linear term z: the slope at zero of the sum of the linear models, each with a penalty around the weight where it was made.
    #[quantity(Gradient)]
    pub linear_term: Vec<f64>,
    /// Sum n of the squared gradients.
    #[quantity(GradientSquared)]
    pub square_sum: Vec<f64>,
}

impl GradientRule for Ftrl {
    type State = FtrlState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut FtrlState) {
        let n = d.len();
        let (w, z) = (&here.weights[..n], &mut s.linear_term[..n]);
        let sums = &mut s.square_sum[..n];
        for i in 0..n {
            if d[i] == 0.0 {
                continue;
            }
            let sum = sums[i] + d[i] * d[i];
            let growth = (sum.sqrt() - sums[i].sqrt()) / self.learning_rate;
            z[i] += d[i] - growth * w[i];
            sums[i] = sum;
            let curvature = (self.beta + sum.sqrt()) / self.learning_rate + self.l2;
            let target = if z[i].abs() <= self.l1 {
                0.0
            } else {
                -(z[i] - self.l1 * sign(z[i])) / curvature
            };
            d[i] = target - w[i];
        }
    }
}
