//! Newton's method with a cubic term.

use super::model_step::{LocalModel, StepLimit};
use crate::optimizers::prelude::*;

/// Minimizes a quadratic model of the loss plus a cubic term, which limits the length of the step.
///
/// ```text
/// m(p) = g.p + p.H p / 2 + M/6 |p|^3          p = the minimum of m          M = cubic_weight at first
/// ratio = (f(w + p) - f(w)) / m(p)
/// ratio > 0.1:  w <- w + p          ratio < 0.1:  M <- 2 M          ratio > 0.9:  M <- M / 2
/// ```
///
/// p solves (H + lambda I) p = -g with lambda = M |p| / 2, where the matrix is positive semidefinite, so that the method also
/// leaves saddle points. Where M is at least the Lipschitz constant of the Hessian, the loss never increases, as Nesterov and
/// Polyak show. Cartis, Gould, and Toint adapt M to the ratio (the method ARC), as here; their sigma is M/2. An epoch is one
/// proposed step, also if it is rejected. With `adaptive=false`, M is constant and every step is taken.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "cubic-newton",
    title = "Cubic Newton",
    family = SecondOrder,
    cite = "nesterov2006cubic",
    variants_of = "models with limited steps",
    variant = "cubic term of the length",
    why = REASONS
)]
pub struct CubicNewton {
    /// Initial weight M of the cubic term.
    #[param(default = 1.0, valid = positive, slider = 1e-3..=1000.0, log, tuned)]
    pub cubic_weight: f64,
    /// Whether M is adapted to the ratio, and steps with a low ratio are rejected.
    #[param(default = true)]
    pub adaptive: bool,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves along the Newton step of the damped Hessian, which minimizes the quadratic model plus the cubic term",
        "-solution(damped_hessian)",
    ),
    StepReason::new(
        "stays in place, because the proposed step did not lower the loss enough",
        "0",
    ),
    StepReason::new(
        "moves to the minimum of the quadratic model plus the cubic term",
        "proposal",
    ),
];

/// The visible state of the method and its scratch memory.
#[derive(Clone, Debug, Inspect)]
pub struct CubicNewtonState {
    /// Weight M of the cubic term of this step.
    #[quantity(Number)]
    cubic_weight: PerRunScalar,
    /// Step p that the model proposes; zero before the first step.
    #[quantity(Displacement)]
    proposal: Vec<f64>,
    /// Decrease of the loss by the proposed step, divided by the predicted decrease; 0.5 before the first step.
    #[quantity(Number)]
    ratio: PerRunScalar,
    /// Damping lambda = M |p| / 2 of this step.
    #[quantity(Number)]
    damping: PerRunScalar,
    /// Hessian plus damping before this step; zero before the first step.
    #[quantity(Curvature)]
    damped_hessian: Matrix,
    #[scratch]
    model: LocalModel,
}

/// A step with a ratio of at most this is rejected, and M is doubled.
const LOW_RATIO: f64 = 0.1;
/// Above this ratio, M is halved.
const HIGH_RATIO: f64 = 0.9;
/// Minimum and maximum of an adapted M, far from overflow.
const WEIGHTS: [f64; 2] = [1e-16, 1e100];

impl Optimizer for CubicNewton {
    type State = CubicNewtonState;
    const NEEDS: &'static [Need] = &[Need::Hessian];

    fn start(&self, w: &[f64], _: &mut Oracle) -> CubicNewtonState {
        CubicNewtonState {
            cubic_weight: PerRunScalar(vec![self.cubic_weight]),
            ratio: PerRunScalar(vec![0.5]),
            model: LocalModel::new(w.len()),
            ..CubicNewtonState::zeros(w.len(), 1)
        }
    }

    fn step(&self, w: &mut [f64], s: &mut CubicNewtonState, oracle: &mut Oracle) -> StepOutcome {
        s.model.evaluate(w, oracle);
        if self.adaptive {
            s.cubic_weight.0[0] = next_weight(s.cubic_weight.0[0], s.ratio.0[0]);
        }
        let weight = s.cubic_weight.0[0];
        let found = match StepLimit::Cubic(weight).minimize(&s.model) {
            Ok(found) => found,
            Err(why) => return StepOutcome::Stop(why),
        };
        s.damping.0[0] = found.damping;
        s.model.write_damped(found.damping, &mut s.damped_hessian);
        s.proposal = found.step;
        let square = dot(&s.proposal, &s.proposal);
        let cubic = weight / 6.0 * square * square.sqrt();
        let predicted = s.model.predicted_decrease(&s.proposal) - cubic;
        let acceptance = if self.adaptive {
            LOW_RATIO
        } else {
            f64::NEG_INFINITY
        };
        let limits = [predicted, acceptance];
        s.model
            .step(w, &s.proposal, limits, &mut s.ratio.0[0], oracle)
    }
}

/// Returns the weight of the next cubic term, after a step with this ratio.
fn next_weight(weight: f64, ratio: f64) -> f64 {
    let [least, most] = WEIGHTS;
    if ratio <= LOW_RATIO {
        (2.0 * weight).min(most)
    } else if ratio > HIGH_RATIO {
        (0.5 * weight).max(least)
    } else {
        weight
    }
}
