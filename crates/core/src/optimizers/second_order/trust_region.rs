//! The trust-region Newton method.

use super::model_step::{LocalModel, ModelStep, StepLimit};
use crate::optimizers::prelude::*;

/// Minimizes a quadratic model of the loss within a radius, which grows while the model predicts the loss well.
///
/// ```text
/// m(p) = g.p + p.H p / 2          p = the minimum of m within the radius r          r = initial_radius at first
/// ratio = (f(w + p) - f(w)) / m(p)
/// ratio > acceptance:  w <- w + p
/// ratio < 1/4:  r <- r / 4          ratio > 3/4 and |p| = r:  r <- min(2 r, max_radius)
/// ```
///
/// An epoch is one proposed step, also if it is rejected, as in `SciPy`. With `subproblem=exact`, p solves (H + lambda I) p = -g
/// with the smallest lambda >= 0 for which |p| is at most r and the matrix is positive semidefinite. Moré and Sorensen show that
/// this is the minimum; it leaves a saddle point, too. trust-exact of `SciPy` ends its search for lambda when |p| is within 10%
/// of r; with a small tolerance, the paths are the same. With `subproblem=dogleg`, p lies on the lines from w to the minimum
/// along the gradient (the Cauchy point) and from there to the Newton step, as Powell proposed. `SciPy` refuses an indefinite
/// Hessian, for which p is here the Cauchy point within the radius.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "trust-region",
    title = "Trust region",
    family = SecondOrder,
    cite = "more1983computing",
    variants_of = "models with limited steps",
    variant = "limit of the length",
    why = REASONS
)]
pub struct TrustRegion {
    /// How the step within the trust region is computed.
    #[param(default = "exact")]
    pub subproblem: Subproblem,
    /// Initial radius of the trust region.
    #[param(default = 1.0, valid = positive, slider = 0.01..=100.0, log, tuned, at_most = "max_radius")]
    pub initial_radius: f64,
    /// Maximum radius of the trust region.
    #[param(default = 1000.0, valid = positive, slider = 1.0..=1e4, log)]
    pub max_radius: f64,
    /// A step is taken if the decrease of the loss, divided by the predicted decrease, exceeds this number.
    #[param(default = 0.15, valid = 0.0..0.25, slider = 0.0..=0.24)]
    pub acceptance: f64,
}

/// How the step within the trust region is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subproblem {
    /// The global minimum of the model within the trust region.
    Exact,
    /// The lowest point of the path from the weights by the Cauchy point to the Newton step.
    Dogleg,
}

choice!(Subproblem {
    "exact": Exact,
    "dogleg": Dogleg,
});

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves along the Newton step of the damped Hessian, which minimizes the quadratic model within the trust region",
        "-solution(damped_hessian)",
    ),
    StepReason::new(
        "stays in place, because the proposed step did not lower the loss enough",
        "0",
    ),
    StepReason::new(
        "moves against its gradient, to the minimum of the quadratic model in this direction or to the boundary of the trust region",
        "-factor * gradient",
    ),
    StepReason::new(
        "moves along the dogleg path, on its line from the Cauchy point towards the Newton step, to the boundary of the trust region",
        "cauchy_step - factor * (solution(damped_hessian) + cauchy_step)",
    ),
    StepReason::new(
        "moves to the minimum of the quadratic model within the trust region",
        "proposal",
    ),
];

/// The visible state of the method and its scratch memory.
#[derive(Clone, Debug, Inspect)]
pub struct TrustRegionState {
    /// Radius r of the trust region of this step.
    #[quantity(StepSize)]
    radius: PerRunScalar,
    /// Step p that the model proposes; zero before the first step.
    #[quantity(Displacement)]
    proposal: Vec<f64>,
    /// Step to the minimum of the model along the negative gradient, within the trust region; zero without `subproblem=dogleg`.
    #[quantity(Displacement)]
    cauchy_step: Vec<f64>,
    /// Decrease of the loss by the proposed step, divided by the predicted decrease; 1 before the first step.
    #[quantity(Number)]
    ratio: PerRunScalar,
    /// Damping lambda of this step; zero if the radius does not limit the step.
    #[quantity(Number)]
    damping: PerRunScalar,
    /// Hessian plus damping before this step; zero before the first step.
    #[quantity(Curvature)]
    damped_hessian: Matrix,
    #[scratch]
    model: LocalModel,
    /// Whether the radius limits the proposed step.
    #[scratch]
    is_limited: bool,
}

/// Below this ratio, the radius shrinks.
const LOW_RATIO: f64 = 0.25;
/// Above this ratio, the radius grows if it limits the step.
const HIGH_RATIO: f64 = 0.75;

impl Optimizer for TrustRegion {
    type State = TrustRegionState;
    const NEEDS: &'static [Need] = &[Need::Hessian];

    fn start(&self, w: &[f64], _: &mut Oracle) -> TrustRegionState {
        TrustRegionState {
            radius: PerRunScalar(vec![self.initial_radius]),
            ratio: PerRunScalar(vec![1.0]),
            model: LocalModel::new(w.len()),
            ..TrustRegionState::zeros(w.len(), 1)
        }
    }

    fn step(&self, w: &mut [f64], s: &mut TrustRegionState, oracle: &mut Oracle) -> StepOutcome {
        s.model.evaluate(w, oracle);
        s.radius.0[0] = self.next_radius(s);
        let radius = s.radius.0[0];
        s.is_limited = match self.subproblem {
            Subproblem::Exact => match StepLimit::Radius(radius).minimize(&s.model) {
                Ok(found) => s.propose(found),
                Err(why) => return StepOutcome::Stop(why),
            },
            Subproblem::Dogleg => s.propose_dogleg(radius),
        };
        let limits = [s.model.predicted_decrease(&s.proposal), self.acceptance];
        s.model
            .step(w, &s.proposal, limits, &mut s.ratio.0[0], oracle)
    }
}

impl TrustRegion {
    /// Returns the radius of the next step.
    fn next_radius(&self, s: &TrustRegionState) -> f64 {
        let (radius, ratio) = (s.radius.0[0], s.ratio.0[0]);
        if ratio < LOW_RATIO {
            0.25 * radius
        } else if ratio > HIGH_RATIO && s.is_limited {
            (2.0 * radius).min(self.max_radius)
        } else {
            radius
        }
    }
}

impl TrustRegionState {
    /// Stores the global minimum of the model within the trust region, and returns whether the radius limits it.
    fn propose(&mut self, found: ModelStep) -> bool {
        self.damping.0[0] = found.damping;
        self.model
            .write_damped(found.damping, &mut self.damped_hessian);
        self.proposal = found.step;
        found.is_limited
    }

    /// Stores the step on the dogleg path within the `radius`, and returns whether the radius limits it.
    fn propose_dogleg(&mut self, radius: f64) -> bool {
        let (model, dim) = (&self.model, self.proposal.len());
        self.damped_hessian.0.copy_from_slice(&model.hessian);
        let norm = |x: &[f64]| dot(x, x).sqrt();
        let size = norm(&model.gradient);
        // Along the negative gradient, the model is a parabola.
        let curvature = model.curvature(&model.gradient);
        let minimum = size * size / curvature;
        let has_minimum = curvature > 0.0 && minimum * size < radius;
        let length = if has_minimum { minimum } else { radius / size };
        for (p, g) in self.cauchy_step.iter_mut().zip(&model.gradient) {
            *p = if size > 0.0 { -length * g } else { 0.0 };
        }
        self.proposal.clone_from(&self.cauchy_step);
        let Some(newton) = newton_step(model, dim) else {
            return !has_minimum;
        };
        if norm(&newton) < radius {
            self.proposal = newton;
            return false;
        }
        if has_minimum {
            let leg = difference(&newton, &self.cauchy_step);
            let share = share_within(&self.cauchy_step, &leg, radius);
            add_scaled(&mut self.proposal, share, &leg);
        }
        true
    }
}

/// Returns the Newton step (dim), or `None` if the Hessian is not positive definite.
fn newton_step(model: &LocalModel, dim: usize) -> Option<Vec<f64>> {
    let is_definite = definiteness(&model.hessian, dim) == Definiteness::Positive;
    let mut step = model.gradient.clone();
    let solved = is_definite && solve(&mut model.hessian.clone(), &mut step).is_ok();
    negate(&mut step);
    solved.then_some(step)
}

/// Returns the positive share t of `leg` at which |from + t leg| is `radius`, where |from| is smaller.
fn share_within(from: &[f64], leg: &[f64], radius: f64) -> f64 {
    let (square, slope) = (dot(leg, leg), dot(from, leg));
    let missing = radius * radius - dot(from, from);
    let root = (slope * slope + square * missing).sqrt();
    // Both quotients are the same number; the one without a difference of similar numbers is accurate.
    if slope > 0.0 {
        missing / (slope + root)
    } else {
        (root - slope) / square
    }
}
