//! Aggregated momentum (`AggMo`).

use crate::optimizers::prelude::*;

/// Moves against the mean of three velocities, which keep different fractions of the past gradients.
///
/// ```text
/// v_i <- mu_i v_i + g          for i = 1, 2, 3 with the momentum mu_i
/// w <- w - learning_rate (v_1 + v_2 + v_3) / 3
/// ```
///
/// A large momentum moves fast along a valley but oscillates across it; the velocities with a small momentum damp these
/// oscillations. This is the published form with its usual three velocities, whose momenta are `1 - 0.1^(i-1)`. The velocities
/// do not include the learning rate, unlike those of `momentum`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "aggmo",
    title = "AggMo",
    family = FirstOrder,
    cite = "lucas2019aggregated",
    variants_of = "momentum",
    variant = "gradient at the weights; the step is the mean of three velocities",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.AggMo"
)]
pub struct AggMo {
    /// Learning rate.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, torch = "lr")]
    pub learning_rate: f64,
    /// Fraction of the first velocity that is kept.
    #[param(default = 0.0, valid = 0.0..1.0, torch = "betas[0]")]
    pub momentum1: f64,
    /// Fraction of the second velocity that is kept.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[1]")]
    pub momentum2: f64,
    /// Fraction of the third velocity that is kept.
    #[param(default = 0.99, valid = 0.0..1.0, torch = "betas[2]")]
    pub momentum3: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against the mean of its three velocities, times the learning rate",
    "-learning_rate * [(velocity1 + velocity2 + velocity3) / 3]",
)];

/// The state of `AggMo`.
#[derive(Clone, Debug, Inspect)]
pub struct AggMoState {
    /// First velocity: the sum of the gradients, each multiplied by `momentum1` in every later step.
    #[quantity(Gradient)]
    pub velocity1: Vec<f64>,
    /// Second velocity: the sum of the gradients, each multiplied by `momentum2` in every later step.
    #[quantity(Gradient)]
    pub velocity2: Vec<f64>,
    /// Third velocity: the sum of the gradients, each multiplied by `momentum3` in every later step.
    #[quantity(Gradient)]
    pub velocity3: Vec<f64>,
}

impl GradientRule for AggMo {
    type State = AggMoState;

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut AggMoState) {
        let n = d.len();
        let (first, second) = (&mut s.velocity1[..n], &mut s.velocity2[..n]);
        let third = &mut s.velocity3[..n];
        let rate = self.learning_rate / 3.0;
        for i in 0..n {
            first[i] = self.momentum1 * first[i] + d[i];
            second[i] = self.momentum2 * second[i] + d[i];
            third[i] = self.momentum3 * third[i] + d[i];
            d[i] = -rate * (first[i] + second[i] + third[i]);
        }
    }
}
