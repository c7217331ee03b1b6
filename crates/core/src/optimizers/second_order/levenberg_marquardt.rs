//! The Levenberg-Marquardt method.

use super::NormalEquations;
use crate::optimizers::prelude::*;

/// Interpolates between the Gauss-Newton step and gradient descent: the damping rises after a step that increased the loss.
///
/// ```text
/// mu <- factor mu if the loss rose, else mu / factor
/// w <- w - (J^T J + mu I)^-1 J^T r          J = dr/dw, mu = damping at first
/// ```
///
/// This is the form of the library of the article: the first epoch also divides mu, and a step that increases the loss is not
/// undone. Marquardt repeats such a step with a larger mu; his factor is 10. The residuals r of that library are the squared
/// errors (p - y)^2, so it minimizes the sum of their squares: `residuals=squared-errors`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "levenberg-marquardt",
    title = "Levenberg-Marquardt",
    family = SecondOrder,
    cite = "marquardt1963algorithm",
    variants_of = "least squares",
    variant = "damping adapted to the loss",
    why = REASONS
)]
pub struct LevenbergMarquardt {
    /// Initial damping mu; the first epoch already divides it by `factor`.
    #[param(default = 0.01, valid = positive, slider = 1e-6..=100.0, log)]
    pub damping: f64,
    /// Factor that multiplies mu after the loss rose and divides it otherwise.
    #[param(default = 1.2, valid = 1.0.., slider = 1.0..=10.0)]
    pub factor: f64,
    /// Whether the residuals are the errors of the outputs or their squares.
    #[param(default = "errors")]
    pub residuals: ResidualKind,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves towards the minimum of the sum of squares of the linearized residuals, by a step that the damping shortens",
    "",
)];

/// The residuals, whose squares are summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResidualKind {
    /// The residuals p - y of the problem.
    Errors,
    /// The squares of these residuals.
    SquaredErrors,
}

choice!(ResidualKind {
    "errors": Errors,
    "squared-errors": SquaredErrors,
});

/// The state of the method and its scratch memory.
#[derive(Clone, Debug, Inspect)]
pub struct LevenbergMarquardtState {
    /// Damping mu of this step, multiplied by the factor if the step before it increased the loss, else divided by it.
    #[quantity(Number)]
    damping: PerRunScalar,
    /// Loss before this step; infinite before the first step.
    #[quantity(Value)]
    loss: PerRunScalar,
    /// Damped matrix J^T J + mu I of this step; zero before the first step.
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
        let loss = s.equations.evaluate(w, squared, oracle);
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
        s.damped_matrix.clone_from(&s.equations.normal_matrix);
        shift_diagonal(&mut s.damped_matrix.0, w.len(), *damping);
        let solved = s.equations.solve(&s.damped_matrix, &mut s.displacement);
        if let Err(why) = solved {
            return StepOutcome::Stop(why);
        }
        add_scaled(w, 1.0, &s.displacement);
        StepOutcome::Continue
    }
}
