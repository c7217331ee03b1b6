//! Optimizers that compute a search direction and then select a step size with a line search.

use crate::{
    catalog::{
        ResolvedSetting,
        inspect::{Inspect, Zeros},
    },
    need::Need,
    numeric::linalg::{add_scaled, is_zero},
    run::{
        StopReason,
        line::{LineSearch, LineSearchScratch, NoStep, SearchLine},
        optimizer::{Optimizer, StepOutcome},
        oracle::Oracle,
    },
};
use std::sync::Arc;
use thalweg_macros::Inspect;

/// Computes the search direction of each step.
pub trait Direction: Clone + Send + Sync + 'static {
    /// The state that is kept between steps.
    type State: Inspect + Zeros + Clone + Send;

    /// The capabilities that the method needs besides the loss and its gradient.
    const NEEDS: &'static [Need] = &[];

    /// Returns the line search that selects the step size.
    fn search(&self) -> &dyn LineSearch;

    /// Returns the state before the first step from `w` (dim); the default is zeros.
    fn init(&self, w: &[f64]) -> Self::State {
        Self::State::zeros(w.len(), 1)
    }

    /// Writes the gradient at `w` into `g` (both dim) and returns the loss there.
    ///
    /// If the last line search already evaluated this gradient, `g` contains it and `known` is the loss.
    fn evaluate(
        &self,
        w: &[f64],
        g: &mut [f64],
        known: Option<f64>,
        _state: &mut Self::State,
        oracle: &mut Oracle,
    ) -> f64 {
        known.unwrap_or_else(|| oracle.value_and_gradient(w, g))
    }

    /// Replaces the gradient at `w` in `d` (both dim) by the search direction.
    ///
    /// # Errors
    /// There is no direction; the run ends with the returned reason.
    fn compute_direction(
        &self,
        w: &[f64],
        d: &mut [f64],
        state: &mut Self::State,
        oracle: &mut Oracle,
    ) -> Result<(), StopReason>;

    /// Returns the initial step size of the search along the last direction.
    fn first_step(&self, _state: &Self::State) -> f64 {
        1.0
    }

    /// Returns the values in effect of settings that follow from the number of weights.
    fn resolved_settings(&self, _dim: usize) -> Vec<ResolvedSetting> {
        Vec::new()
    }
}

/// Steepest descent: the direction is the negative gradient.
#[derive(Clone)]
pub struct SteepestDescent {
    /// The line search that selects the step size.
    pub search: Arc<dyn LineSearch>,
}

impl Direction for SteepestDescent {
    type State = ();
    fn search(&self) -> &dyn LineSearch {
        &*self.search
    }
    fn compute_direction(
        &self,
        _: &[f64],
        d: &mut [f64],
        (): &mut (),
        _: &mut Oracle,
    ) -> Result<(), StopReason> {
        negate(d);
        Ok(())
    }
}

/// Reverses the sign of a vector.
pub(crate) fn negate(d: &mut [f64]) {
    for d in d {
        *d = -*d;
    }
}

/// The optimizer that combines a direction with its line search.
#[derive(Clone)]
pub struct LineSearchOptimizer<D>(pub D);

/// The state of a direction and the scratch memory of the line search.
#[derive(Clone, Debug, Inspect)]
pub struct DirectionWithScratch<S> {
    #[inner]
    direction: S,
    gradient: Vec<f64>,
    /// The loss at the point of `gradient`, if the last search ended at this point.
    known: Option<f64>,
    search_direction: Vec<f64>,
    scratch: LineSearchScratch,
}

impl<D: Direction> Optimizer for LineSearchOptimizer<D> {
    type State = DirectionWithScratch<D::State>;
    const NEEDS: &'static [Need] = D::NEEDS;

    fn start(&self, w: &[f64], _: &mut Oracle) -> Self::State {
        let zeros = || vec![0.0; w.len()];
        DirectionWithScratch {
            direction: self.0.init(w),
            gradient: zeros(),
            known: None,
            search_direction: zeros(),
            scratch: LineSearchScratch::new(w.len()),
        }
    }

    fn step(&self, w: &mut [f64], s: &mut Self::State, oracle: &mut Oracle) -> StepOutcome {
        let (gradient, direction) = (&mut s.gradient, &mut s.direction);
        let known = s.known.take();
        let loss = self.0.evaluate(w, gradient, known, direction, oracle);
        if is_zero(gradient) {
            // The gradient of the next mini-batch may differ.
            return if oracle.is_deterministic() {
                StepOutcome::AtRest
            } else {
                StepOutcome::Continue
            };
        }
        s.search_direction.copy_from_slice(gradient);
        if let Err(why) = self
            .0
            .compute_direction(w, &mut s.search_direction, direction, oracle)
        {
            return StepOutcome::Stop(why);
        }
        let first = self.0.first_step(direction);
        let mut line = SearchLine::new(
            oracle,
            [w, &s.search_direction, gradient],
            &mut s.scratch,
            loss,
        );
        let is_descent = line.is_descent_direction();
        match self.0.search().search(&mut line, first) {
            Ok(t) => {
                add_scaled(w, t, &s.search_direction);
                let known = s.scratch.take_gradient(t, &mut s.gradient);
                s.known = known.filter(|_| oracle.is_deterministic());
                StepOutcome::Continue
            }
            Err(NoStep::NoDescent) if !is_descent => {
                StepOutcome::Stop(StopReason::NoStep(NoStep::Uphill))
            }
            Err(why) => StepOutcome::Stop(StopReason::NoStep(why)),
        }
    }

    fn resolved_settings(&self, dim: usize) -> Vec<ResolvedSetting> {
        self.0.resolved_settings(dim)
    }
}
