//! Newton's method with the diagonal of the Hessian alone.

use crate::optimizers::prelude::*;

/// Divides each weight's step by its own curvature, as if the weights had nothing to do with each other.
///
/// ```text
/// w <- w - eta g / h          h = the diagonal of H; 1 / h at least -1 / min_eigval and at most 1 / min_eigval
/// ```
///
/// As the article's library has it. Becker and Le Cun divide by |h| + mu, which always goes downhill; this goes uphill where
/// the curvature is negative, and so does not reach the target from the article's start.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "hessian-diagonal",
    title = "Hessian Diagonal",
    family = SecondOrder,
    cite = "becker1989improving",
    why = WHY
)]
pub struct HessianDiagonal {
    /// Learning rate eta, as a share of the whole step.
    #[param(default = 0.1, valid = positive, slider = 1e-3..=1.0, log)]
    pub learning_rate: f64,
    /// Curvature, upwards or downwards, below which the step grows no longer.
    #[param(default = 0.01, valid = positive, slider = 1e-6..=1.0, log)]
    pub min_eigval: f64,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    StepReason::new(
        "goes against its gradient, divided by its own curvature, times the learning rate",
        "-learning_rate * gradient / curvature",
    ),
    StepReason::new(
        "goes against its gradient, divided by the least curvature that counts, for its own is less, times the learning rate",
        "-learning_rate * gradient / min_eigval",
    ),
    StepReason::new(
        "goes up along its gradient, for it curves downwards, divided by the least curvature that counts, times the learning rate",
        "learning_rate * gradient / min_eigval",
    ),
];

/// What the method shows, and the room in which it works.
#[derive(Clone, Debug, Inspect)]
pub struct HessianDiagonalState {
    /// Curvature along each weight where the step began; zero before the first.
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
            return StepOutcome::Stop(StopReason::Converged);
        }
        oracle.hessian(w, &mut s.hessian);
        let diagonal = s.hessian.iter().step_by(w.len() + 1);
        for (curvature, h) in s.curvature.iter_mut().zip(diagonal) {
            *curvature = *h;
        }
        let most = 1.0 / self.min_eigval;
        for ((w, g), h) in w.iter_mut().zip(&s.gradient).zip(&s.curvature) {
            *w -= self.learning_rate * g * (1.0 / h).clamp(-most, most);
        }
        StepOutcome::Continue
    }
}
