//! Newton's method with only the diagonal of the Hessian.

use crate::optimizers::prelude::*;

/// Divides the gradient of each weight by its second derivative, as if the Hessian were diagonal.
///
/// ```text
/// w <- w - eta g / h          h = the diagonal of H; -1 / min_eigval <= 1 / h <= 1 / min_eigval
/// ```
///
/// This is the form of the library of the article. Becker and Le Cun divide by |h| + mu, which always moves downhill. This form
/// moves uphill where the curvature is negative, and therefore does not reach the target from the article's initial point.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "hessian-diagonal",
    title = "Hessian Diagonal",
    family = SecondOrder,
    cite = "becker1989improving",
    why = REASONS
)]
pub struct HessianDiagonal {
    /// Learning rate eta: the fraction of the full Newton step.
    #[param(default = 0.1, valid = positive, slider = 1e-3..=1.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Minimum magnitude of the curvature that divides the gradient.
    #[param(default = 0.01, valid = positive, slider = 1e-6..=1.0, log)]
    pub min_eigval: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its gradient, divided by its curvature, times the learning rate",
        "-learning_rate * gradient / [abs(curvature)]",
    ),
    StepReason::new(
        "moves along its gradient, divided by the magnitude of its curvature, times the learning rate, because its curvature is negative",
        "learning_rate * gradient / [abs(curvature)]",
    ),
    StepReason::new(
        "moves against its gradient, divided by the minimum curvature, times the learning rate, because its own curvature is smaller",
        "-learning_rate * gradient / min_eigval",
    ),
    StepReason::new(
        "moves along its gradient, divided by the minimum curvature, times the learning rate, because its curvature is negative",
        "learning_rate * gradient / min_eigval",
    ),
];

/// The visible state of the method and its scratch memory.
#[derive(Clone, Debug, Inspect)]
pub struct HessianDiagonalState {
    /// Second derivative of the loss with respect to each weight before this step; zero before the first step.
    #[quantity(Curvature)]
    curvature: Vec<f64>,
    #[scratch]
    gradient: Vec<f64>,
    #[scratch]
    hessian: Vec<f64>,
}

impl Optimizer for HessianDiagonal {
    type State = HessianDiagonalState;
    const NEEDS: &'static [Need] = &[Need::Hessian];

    fn start(&self, w: &[f64], _: &mut Oracle) -> HessianDiagonalState {
        HessianDiagonalState {
            gradient: vec![0.0; w.len()],
            hessian: vec![0.0; w.len() * w.len()],
            ..HessianDiagonalState::zeros(w.len(), 1)
        }
    }

    fn step(
        &self,
        w: &mut [f64],
        s: &mut HessianDiagonalState,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        oracle.value_and_gradient(w, &mut s.gradient);
        if is_zero(&s.gradient) {
            return StepOutcome::AtRest;
        }
        oracle.hessian(w, &mut s.hessian);
        let diagonal = s.hessian.iter().step_by(w.len() + 1);
        for (curvature, h) in s.curvature.iter_mut().zip(diagonal) {
            *curvature = *h;
        }
        let max_inverse = 1.0 / self.min_eigval;
        for ((w, g), h) in w.iter_mut().zip(&s.gradient).zip(&s.curvature) {
            *w -= self.learning_rate * g * (1.0 / h).clamp(-max_inverse, max_inverse);
        }
        StepOutcome::Continue
    }
}
