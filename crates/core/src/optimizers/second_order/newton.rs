//! Newton's method.

use crate::optimizers::prelude::*;

/// Moves to the point where the gradient would be zero if the Hessian were constant.
///
/// ```text
/// w <- w - t (H + c I)^-1 g          c = damping, t from the search
/// ```
///
/// Newton's method has c = 0 and t = 1. Where the Hessian has negative eigenvalues, it can move uphill towards a saddle point or
/// a maximum. With a damping above the magnitude of the most negative eigenvalue, the step is a descent direction, as Goldfeld,
/// Quandt, and Trotter show. The default, 0.01, is the value in the script of the article; the default of its library is 1.
/// Newton-CG of `SciPy` is the entry `newton-cg`.
#[derive(Clone, Describe)]
#[entry(
    id = "newton",
    title = "Newton",
    family = SecondOrder,
    cite = "goldfeld1966maximization",
    why = REASONS
)]
pub struct Newton {
    /// Damping c, which is added to the diagonal of the Hessian.
    #[param(default = 0.01, valid = 0.0.., slider = 1e-6..=10.0, log, tuned)]
    pub damping: f64,
    /// Line search that selects the step size.
    #[param(default = "fixed")]
    pub search: Arc<dyn LineSearch>,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves along the Newton step, towards the point where the gradient of the damped quadratic model is zero",
    "-factor * solution(hessian)",
)];

/// The visible state of Newton's method.
#[derive(Clone, Debug, Inspect)]
pub struct NewtonState {
    /// Hessian plus damping before this step; zero before the first step.
    #[quantity(Curvature)]
    hessian: Matrix,
}

impl Direction for Newton {
    type State = NewtonState;
    const NEEDS: &'static [Need] = &[Need::Hessian];

    fn search(&self) -> &dyn LineSearch {
        &*self.search
    }

    fn compute_direction(
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
