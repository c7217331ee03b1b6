//! The Levenberg-Marquardt method.

use super::NormalEquations;
use crate::optimizers::prelude::*;

/// Goes between the Gauss-Newton step and the gradient: the nearer to the gradient, the worse the last step was.
///
/// ```text
/// mu <- factor mu if the loss rose, else mu / factor
/// w <- w - (J^T J + mu I)^-1 J^T r          J = dr/dw, mu = damping at first
/// ```
///
/// As the article's library has it: the first epoch divides mu too, and a step that made the loss rise is not taken
/// back, while Marquardt repeats it with a larger mu; his factor is 10. That library's residuals r are the squared errors
/// (p - y)^2, so that the loss it lowers is the sum of their squares; `residuals=squared-errors` is that form.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "levenberg-marquardt",
    title = "Levenberg-Marquardt",
    family = SecondOrder,
    cite = "marquardt1963algorithm",
    kin = "least squares",
    variant = "with a damping that follows the loss",
    why = WHY
)]
pub struct LevenbergMarquardt {
    /// Damping mu of the first epoch, before it changes.
    #[param(default = 0.01, valid = positive, slider = 1e-6..=100.0, log)]
    pub damping: f64,
    /// What mu is multiplied by where the loss rose, and divided by elsewhere.
    #[param(default = 1.2, valid = 1.0.., slider = 1.0..=10.0)]
    pub factor: f64,
    /// What the residuals are.
    #[param(default = "errors")]
    pub residuals: ResidualKind,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[StepReason::new(
    "goes to where the sum of squares would be least if every residual were linear in the weights, held back by the damping",
    "[-factor * solution(damped_matrix)]",
)];

/// What is squared and added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResidualKind {
    /// The problem's own residuals, p - y.
    Errors,
    /// Their squares.
    SquaredErrors,
}

choice!(ResidualKind {
    "errors": Errors,
    "squared-errors": SquaredErrors,
});

/// What the method remembers, and the room in which it works.
#[derive(Clone, Debug, Inspect)]
pub struct LevenbergMarquardtState {
    /// Damping mu of the step.
    #[quantity(Number)]
    damping: PerRunScalar,
    /// Loss where the step began; infinite before the first.
    #[quantity(Value)]
    loss: PerRunScalar,
    /// J^T J + mu I where the step began; zero before the first.
    #[quantity(Curvature)]
    damped_matrix: Matrix,
    #[scratch]
    equations: NormalEquations,
    #[scratch]
    displacement: Vec<f64>,
}

impl Optimizer for LevenbergMarquardt {
    type State = LevenbergMarquardtState;
    const NEEDS: &'static [Need] = &[Need::Residuals];

    fn start(&self, w: &[f64], _: &mut Oracle) -> LevenbergMarquardtState {
        let dim = w.len();
        LevenbergMarquardtState {
            damping: PerRunScalar(vec![self.damping]),
            loss: PerRunScalar(vec![f64::INFINITY]),
            equations: NormalEquations::zeros(dim, 1),
            displacement: vec![0.0; dim],
            ..LevenbergMarquardtState::zeros(dim, 1)
        }
    }

    fn step(
        &self,
        w: &mut [f64],
        s: &mut LevenbergMarquardtState,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        let squared = self.residuals == ResidualKind::SquaredErrors;
        let loss = s.equations.ask(w, squared, oracle);
        if is_zero(&s.equations.gradient) {
            return StepOutcome::Stop(StopReason::Converged);
        }
        let (damping, before) = (&mut s.damping.0[0], &mut s.loss.0[0]);
        if loss > *before {
            *damping *= self.factor;
        } else {
            *damping /= self.factor;
        }
        *before = loss;
        if let Err(why) = s.equations.solve(*damping, &mut s.displacement) {
            return StepOutcome::Stop(why);
        }
        s.damped_matrix.clone_from(&s.equations.normal_matrix);
        shift_diagonal(&mut s.damped_matrix.0, w.len(), *damping);
        add_scaled(w, 1.0, &s.displacement);
        StepOutcome::Continue
    }
}
