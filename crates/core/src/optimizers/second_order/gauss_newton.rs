//! The Gauss-Newton method.

use super::NormalEquations;
use crate::optimizers::prelude::*;

/// Steps to where the sum of squares would be least if every residual were linear in the weights.
///
/// ```text
/// w <- w - t (J^T J)^-1 J^T r          r = p - y, J = dr/dw, t from the search
/// ```
///
/// Gauss has t = 1. J^T J is the Hessian without the curvature of the residuals, so that the step goes downhill wherever
/// the matrix has an inverse.
#[derive(Clone, Describe)]
#[entry(
    id = "gauss-newton",
    title = "Gauss-Newton",
    family = SecondOrder,
    cite = "gauss1809theoria",
    kin = "least squares",
    variant = "without damping",
    why = WHY
)]
pub struct GaussNewton {
    /// Line search that says how far to go in each step.
    #[param(default = "fixed")]
    pub search: Arc<dyn LineSearch>,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "goes to where the sum of squares would be least if every residual were linear in the weights, as far as the line search says",
    "[-factor * solution(normal_matrix)]",
)];

impl Direction for GaussNewton {
    type State = NormalEquations;
    const NEEDS: &'static [Need] = &[Need::Residuals];

    fn search(&self) -> &dyn LineSearch {
        &*self.search
    }

    /// The residuals bring the loss and the gradient along, so that nothing else is asked for.
    fn look(
        &self,
        w: &[f64],
        g: &mut [f64],
        _: Option<f64>,
        s: &mut NormalEquations,
        oracle: &mut Oracle,
    ) -> f64 {
        let loss = s.ask(w, false, oracle);
        // The loss is some multiple c of the sum of squares: its gradient is 2 c J^T r.
        let sum = s.sum_of_squares();
        let scale = if sum > 0.0 { 2.0 * loss / sum } else { 0.0 };
        for (g, gradient) in g.iter_mut().zip(&s.gradient) {
            *g = scale * gradient;
        }
        loss
    }

    fn direct(
        &self,
        _: &[f64],
        d: &mut [f64],
        s: &mut NormalEquations,
        _: &mut Oracle,
    ) -> Result<(), StopReason> {
        s.solve(0.0, d)
    }
}
