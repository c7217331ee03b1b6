//! `AdaHessian`.

use super::{
    DiagonalSource,
    diagonal_source::{DiagonalScratch, decayed_reasons},
};
use crate::optimizers::{
    adaptive::means::{bias_correction_factor, update_mean, update_mean_square},
    prelude::*,
};

/// Moves like Adam, but divides by the curvature of each weight instead of the size of its gradient.
///
/// ```text
/// m <- beta1 m + (1 - beta1) g                     m_hat = m / (1 - beta1^t)          t = 1 in the first step
/// v <- beta2 v + (1 - beta2) diag(H)^2             v_hat = v / (1 - beta2^t)
/// w <- w - learning_rate m_hat / (v_hat^(k/2) + epsilon)          k = hessian_power
/// ```
///
/// The square makes the divisor positive where the curvature is negative. The paper estimates the diagonal of the Hessian by
/// Hutchinson's method, `diagonal=hutchinson`, and averages it over the weights of a filter; here each weight has its own.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "adahessian",
    title = "AdaHessian",
    family = SecondOrder,
    cite = "yao2021adahessian",
    why = REASONS,
    pytorch_optimizer = "pytorch_optimizer.AdaHessian"
)]
pub struct AdaHessian {
    /// Learning rate: the fraction of the Newton step of each weight if `hessian_power` is 1.
    #[param(default = 0.15, valid = positive, slider = 1e-4..=10.0, log)]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub beta1: f64,
    /// Decay rate of the mean squared curvature.
    #[param(default = 0.999, valid = 0.0..1.0)]
    pub beta2: f64,
    /// Power k of the curvature that divides the mean gradient: 1 for a Newton step per weight, 0 for gradient descent.
    #[param(default = 1.0, valid = 0.0..=2.0, slider = 0.0..=1.0)]
    pub hessian_power: f64,
    /// Added to the divisor to avoid a division by zero.
    #[param(default = 1e-4, valid = 0.0.., slider = 1e-12..=1.0, log)]
    pub epsilon: f64,
    /// Weight decay: each step subtracts this fraction of the weights, times the learning rate.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0)]
    pub weight_decay: f64,
    /// How the diagonal of the Hessian is computed.
    #[param(default = "exact")]
    pub diagonal: DiagonalSource,
    /// Seed of the random signs of `diagonal=hutchinson`.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = decayed_reasons! {
    "moves against its bias-corrected mean gradient, divided by the bias-corrected root mean square of its curvature"
        => "-learning_rate * [mean_gradient / (1 - beta1^t)] / [(mean_square / (1 - beta2^t))^(hessian_power / 2) + epsilon]",
};

/// The state of `AdaHessian` and its scratch memory.
#[derive(Clone, Debug, Inspect)]
pub struct AdaHessianState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    mean_gradient: Vec<f64>,
    /// Moving average v of the squared diagonal of the Hessian.
    #[quantity(Number)]
    mean_square: Vec<f64>,
    /// Second derivative of the loss with respect to each weight before this step, or its estimate; zero before the first step.
    #[quantity(Curvature)]
    curvature: Vec<f64>,
    #[scratch]
    gradient: Vec<f64>,
    #[scratch]
    scratch: DiagonalScratch,
    #[scratch]
    epoch: u64,
}

impl Optimizer for AdaHessian {
    type State = AdaHessianState;
    const NEEDS: &'static [Need] = &[Need::Hessian];

    fn start(&self, w: &[f64], _: &mut Oracle) -> AdaHessianState {
        let dim = w.len();
        AdaHessianState {
            gradient: vec![0.0; dim],
            scratch: DiagonalScratch::new(dim, self.seed),
            ..AdaHessianState::zeros(dim, 1)
        }
    }

    fn step(&self, w: &mut [f64], s: &mut AdaHessianState, oracle: &mut Oracle) -> StepOutcome {
        oracle.value_and_gradient(w, &mut s.gradient);
        update_mean(&mut s.mean_gradient, &s.gradient, self.beta1);
        let is_still = is_zero(&s.gradient) && is_zero(&s.mean_gradient);
        if is_still && self.weight_decay == 0.0 && oracle.is_deterministic() {
            return StepOutcome::AtRest;
        }
        self.diagonal
            .evaluate(w, &mut s.curvature, &mut s.scratch, oracle);
        update_mean_square(&mut s.mean_square, &s.curvature, self.beta2);
        s.epoch += 1;
        let [first, second] =
            [self.beta1, self.beta2].map(|beta| bias_correction_factor(beta, s.epoch));
        let decayed = 1.0 - self.learning_rate * self.weight_decay;
        let means = s.mean_gradient.iter().zip(&s.mean_square);
        for (w, (m, v)) in w.iter_mut().zip(means) {
            let divisor = powf(v / second, 0.5 * self.hessian_power) + self.epsilon;
            // Without curvature and epsilon, a weight without a gradient has no step.
            let ratio = if *m == 0.0 { 0.0 } else { m / first / divisor };
            *w = decayed * *w - self.learning_rate * ratio;
        }
        StepOutcome::Continue
    }

    fn is_autonomous(&self) -> bool {
        // The bias corrections depend on the number of the step.
        false
    }
}
