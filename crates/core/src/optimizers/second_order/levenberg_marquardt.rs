//! The Levenberg-Marquardt method.

use super::NormalEquations;
use crate::optimizers::prelude::*;

/// Interpolates between the Gauss-Newton step and gradient descent: the damping rises until the step decreases the loss.
///
/// ```text
/// w <- w - (J^T J + mu I)^-1 J^T r          J = the Jacobian of r, mu = damping at first
/// the loss falls:  accept the step; mu <- mu / factor
/// else:            undo it; mu <- factor mu; repeat
/// ```
///
/// The losses never increase. Marquardt's factor is 10. With `repeat=false`, the step is not undone, which is the form of the
/// library of the article: each epoch multiplies mu by the factor if the last step increased the loss, and otherwise divides it,
/// also in the first epoch. The residuals r of that library are the squared errors (p - y)^2, so it minimizes the sum of their
/// squares: `residuals=squared-errors`. The repetition then compares these sums instead of the losses.
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
    /// Initial damping mu; without `repeat`, the first epoch already divides it by `factor`.
    #[param(default = 0.01, valid = positive, slider = 1e-6..=100.0, log, tuned)]
    pub damping: f64,
    /// Factor that multiplies mu after a step that did not decrease the loss, and divides it after a step that did.
    #[param(default = 1.2, valid = 1.0.., slider = 1.0..=10.0)]
    pub factor: f64,
    /// Whether the residuals are the errors of the outputs or their squares.
    #[param(default = "errors")]
    pub residuals: ResidualKind,
    /// Whether a step that does not decrease the loss is undone and repeated with more damping.
    #[param(default = true)]
    pub repeat: bool,
}

/// Maximum number of steps with more damping in one epoch. From the smallest damping, the default factor needs about 4000 of
/// them to shorten the step below the rounding of the weights.
const MAX_REPETITIONS: usize = 10_000;

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
    /// Damping mu of this step.
    #[quantity(Number)]
    damping: PerRunScalar,
    /// Loss at the beginning of this step; infinite before the first step.
    #[quantity(Value)]
    start_loss: PerRunScalar,
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
            start_loss: PerRunScalar(vec![f64::INFINITY]),
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
            return StepOutcome::AtRest;
        }
        let found = if self.repeat {
            self.find_descent(w, s, loss, oracle)
        } else {
            s.damping.0[0] = self.next_damping(s.damping.0[0], loss > s.start_loss.0[0]);
            s.solve(w.len(), s.damping.0[0])
        };
        if let Err(why) = found {
            return StepOutcome::Stop(why);
        }
        s.start_loss.0[0] = loss;
        add_scaled(w, 1.0, &s.displacement);
        StepOutcome::Continue
    }
}

impl LevenbergMarquardt {
    /// Returns the damping after a step with `damping` that was `rejected` or accepted.
    fn next_damping(&self, damping: f64, rejected: bool) -> f64 {
        if rejected {
            // A damping that has become zero could not rise again.
            damping.max(f64::MIN_POSITIVE) * self.factor
        } else {
            damping / self.factor
        }
    }

    /// Raises the damping until the displacement from `w` (dim) decreases the loss, which is `loss` at `w`.
    ///
    /// # Errors
    /// No damping gives such a displacement.
    fn find_descent(
        &self,
        w: &[f64],
        s: &mut LevenbergMarquardtState,
        loss: f64,
        oracle: &mut Oracle,
    ) -> Result<(), StopReason> {
        let is_first = s.start_loss.0[0] == f64::INFINITY;
        let mut damping = s.damping.0[0];
        if !is_first {
            damping = self.next_damping(damping, false);
        }
        let squared = self.residuals == ResidualKind::SquaredErrors;
        for _ in 0..MAX_REPETITIONS {
            // The equations may be singular up to rounding; more damping makes them solvable.
            if s.solve(w.len(), damping).is_ok() {
                let mut point = w.to_vec();
                add_scaled(&mut point, 1.0, &s.displacement);
                if point == w {
                    break;
                }
                let falls = if squared {
                    s.equations.sum_of_fourth_powers(&point, oracle) < s.equations.sum_of_squares()
                } else {
                    oracle.value(&point) < loss
                };
                if falls {
                    s.damping.0[0] = damping;
                    return Ok(());
                }
            }
            let next = self.next_damping(damping, true);
            if next == damping || !next.is_finite() {
                break;
            }
            damping = next;
        }
        Err(StopReason::NoStep(NoStep::Damping))
    }
}

impl LevenbergMarquardtState {
    /// Computes the displacement of `dim` weights with this damping.
    ///
    /// # Errors
    /// The damped matrix is singular.
    fn solve(&mut self, dim: usize, damping: f64) -> Result<(), StopReason> {
        self.damped_matrix.clone_from(&self.equations.normal_matrix);
        shift_diagonal(&mut self.damped_matrix.0, dim, damping);
        self.equations
            .solve(&self.damped_matrix, &mut self.displacement)
    }
}
