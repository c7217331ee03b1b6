//! Newton's method.

use crate::optimizers::prelude::*;

/// Steps to where the slope would vanish if the curvature stayed as it is here.
///
/// ```text
/// w <- w - t (H + c I)^-1 g          c = damping, t from the search
/// ```
///
/// Newton has c = 0 and t = 1. He goes uphill where the loss curves downwards, towards a saddle or a maximum; a damping
/// above the downward curvature makes the step one downhill, as Goldfeld, Quandt and Trotter show. The default is the
/// small one of the article's script, 0.01; its library's own is 1. `SciPy`'s Newton-CG has another path: it solves for the
/// step by conjugate gradients, no further than its tolerance asks, and stops where the curvature is downward.
#[derive(Clone, Describe)]
#[entry(
    id = "newton",
    title = "Newton",
    family = SecondOrder,
    cite = "goldfeld1966maximization",
    why = WHY
)]
pub struct Newton {
    /// Curvature c that is added in every direction.
    #[param(default = 0.01, valid = 0.0.., slider = 1e-6..=10.0, log)]
    pub damping: f64,
    /// Line search that says how far to go in each step.
    #[param(default = "fixed")]
    pub search: Arc<dyn LineSearch>,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "goes to where the slope would vanish if the curvature stayed as it is, as far as the line search says",
    "-factor * solution(hessian)",
)];

/// What Newton's method shows.
#[derive(Clone, Debug, Inspect)]
pub struct NewtonState {
    /// Hessian with the damping, where the step began; zero before the first.
    #[quantity(Curvature)]
    hessian: Matrix,
}

impl Direction for Newton {
    type State = NewtonState;
    const NEEDS: &'static [Need] = &[Need::Hessian];

    fn search(&self) -> &dyn LineSearch {
        &*self.search
    }

    fn direct(
        &self,
        w: &[f64],
        d: &mut [f64],
        s: &mut NewtonState,
        oracle: &mut Oracle,
    ) -> Result<(), StopReason> {
        let hessian = &mut s.hessian.0;
        oracle.hessian(w, hessian);
        shift_diagonal(hessian, w.len(), self.damping);
        solve(&mut hessian.clone(), d).map_err(|SingularMatrix| StopReason::Singular)?;
        negate(d);
        Ok(())
    }
}
