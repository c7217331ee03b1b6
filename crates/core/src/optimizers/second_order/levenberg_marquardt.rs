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
    pub residuals: Residuals,
}

/// Why its steps are as they are.
const WHY: &[Why] = &[Why::new(
    "goes to where the sum of squares would be least if every residual were linear in the weights, held back by the damping",
    "[-factor * solution(damped_matrix)]",
)];

/// What is squared and added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Residuals {
    /// The problem's own residuals, p - y.
    Errors,
    /// Their squares.
    SquaredErrors,
}

choice!(Residuals {
    "errors": Errors,
    "squared-errors": SquaredErrors,
});

/// What is shown of what the method remembers.
#[derive(Clone, Debug, Inspect)]
pub struct State {
    /// Damping mu of the step.
    #[quantity(Number)]
    damping: PerRun,
    /// Loss where the step began; infinite before the first.
    #[quantity(Value)]
    loss: PerRun,
    /// J^T J + mu I where the step began; zero before the first.
    #[quantity(Curvature)]
    damped_matrix: Matrix,
}

/// A state, and the room in which the method works.
#[derive(Clone, Debug, Inspect)]
pub struct Working {
    #[inner]
    shown: State,
    equations: NormalEquations,
    displacement: Vec<f64>,
}

impl Optimizer for LevenbergMarquardt {
    type State = Working;
    const NEEDS: &'static [Need] = &[Need::Residuals];

    fn start(&self, w: &[f64], _: &mut Oracle) -> Working {
        let dim = w.len();
        Working {
            shown: State {
                damping: PerRun(vec![self.damping]),
                loss: PerRun(vec![f64::INFINITY]),
                damped_matrix: Matrix(vec![0.0; dim * dim]),
            },
            equations: NormalEquations::new(dim),
            displacement: vec![0.0; dim],
        }
    }

    fn step(&self, w: &mut [f64], s: &mut Working, oracle: &mut Oracle) -> Flow {
        let squared = self.residuals == Residuals::SquaredErrors;
        let loss = s.equations.ask(w, squared, oracle);
        if s.equations.gradient.iter().all(|g| *g == 0.0) {
            return Flow::Stop(Stop::Converged);
        }
        let State {
            damping: PerRun(damping),
            loss: PerRun(before),
            damped_matrix: Matrix(matrix),
        } = &mut s.shown;
        if loss > before[0] {
            damping[0] *= self.factor;
        } else {
            damping[0] /= self.factor;
        }
        before[0] = loss;
        if let Err(why) = s.equations.solve(damping[0], &mut s.displacement) {
            return Flow::Stop(why);
        }
        matrix.copy_from_slice(&s.equations.matrix);
        shift_diagonal(matrix, w.len(), damping[0]);
        for (w, d) in w.iter_mut().zip(&s.displacement) {
            *w += d;
        }
        Flow::Continue
    }
}
