//! The Gauss-Newton method.

use super::NormalEquations;
use crate::optimizers::prelude::*;

/// Moves to the minimum of the sum of squares of the linearized residuals.
///
/// ```text
/// w <- w - t (J^T J)^-1 J^T r          r = p - y, J = the Jacobian of r, t from the search
/// ```
///
/// The method of Gauss has t = 1. J^T J is the Hessian without the second derivatives of the residuals. If it is invertible,
/// the direction is a descent direction.
#[derive(Clone, Describe)]
#[entry(
    id = "gauss-newton",
    title = "Gauss-Newton",
    family = SecondOrder,
    cite = "gauss1809theoria",
    variants_of = "least squares",
    variant = "without damping",
    why = REASONS
)]
pub struct GaussNewton {
    /// Line search that selects the step size.
    #[param(default = "fixed")]
    pub search: Arc<dyn LineSearch>,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves towards the minimum of the sum of squares of the linearized residuals",
    "",
)];

impl Direction for GaussNewton {
    type State = NormalEquations;
    const NEEDS: &'static [Need] = &[Need::Residuals];

    fn search(&self) -> &dyn LineSearch {
        &*self.search
    }

    /// Derives the loss and the gradient from the residuals, so that no other evaluation is needed.
    fn evaluate(
        &self,
        w: &[f64],
        g: &mut [f64],
        _: Option<f64>,
        s: &mut NormalEquations,
        oracle: &mut Oracle,
    ) -> f64 {
        let loss = s.evaluate(w, false, oracle);
        // The loss is a multiple c of the sum of squares, so its gradient is 2 c J^T r.
        let sum = s.sum_of_squares();
        let scale = if sum > 0.0 { 2.0 * loss / sum } else { 0.0 };
        for (g, gradient) in g.iter_mut().zip(&s.gradient) {
            *g = scale * gradient;
        }
        loss
    }

    fn compute_direction(
        &self,
        _: &[f64],
        d: &mut [f64],
        s: &mut NormalEquations,
        _: &mut Oracle,
    ) -> Result<(), StopReason> {
        s.solve(&s.normal_matrix, d)
    }
}
