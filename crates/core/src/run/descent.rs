//! Direction x line search: an optimizer that decides first which way, then how far.

use crate::{
    catalog::inspect::{Inspect, Zeros},
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

/// Which way to go.
pub trait Direction: Clone + Send + Sync + 'static {
    /// All that it remembers between steps.
    type State: Inspect + Zeros + Clone + Send;

    /// What it must be able to ask, beside the loss and its gradient.
    const NEEDS: &'static [Need] = &[];

    /// How far to go.
    fn search(&self) -> &dyn LineSearch;

    /// What it knows before the first step from `w`: zeros, where a direction does not say otherwise.
    fn init(&self, w: &[f64]) -> Self::State {
        Self::State::zeros(w.len(), 1)
    }

    /// Writes the gradient at `w` into `g` (both dim) and returns the loss there.
    ///
    /// `known` is that loss where `g` holds the gradient already: a search that looked at the slope has asked for it.
    fn look(
        &self,
        w: &[f64],
        g: &mut [f64],
        known: Option<f64>,
        _state: &mut Self::State,
        oracle: &mut Oracle,
    ) -> f64 {
        known.unwrap_or_else(|| oracle.value_and_gradient(w, g))
    }

    /// Turns the gradient at `w` in `d` (both dim) into a direction.
    ///
    /// # Errors
    /// There is none, which ends the run.
    fn direct(
        &self,
        w: &[f64],
        d: &mut [f64],
        state: &mut Self::State,
        oracle: &mut Oracle,
    ) -> Result<(), StopReason>;

    /// The first step worth trying along the direction that was just given.
    fn first_step(&self, _state: &Self::State) -> f64 {
        1.0
    }
}

/// Straight down: against the gradient.
#[derive(Clone)]
pub struct SteepestDescent {
    /// How far to go.
    pub search: Arc<dyn LineSearch>,
}

impl Direction for SteepestDescent {
    type State = ();
    fn search(&self) -> &dyn LineSearch {
        &*self.search
    }
    fn direct(
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

/// Turns a direction round.
pub(crate) fn negate(d: &mut [f64]) {
    for d in d {
        *d = -*d;
    }
}

/// A direction with a line search: the loop, once for all of them.
#[derive(Clone)]
pub struct LineSearchOptimizer<D>(pub D);

/// A direction's state, and the room in which the search works.
#[derive(Clone, Debug, Inspect)]
pub struct DirectionWithScratch<S> {
    #[inner]
    direction: S,
    gradient: Vec<f64>,
    /// The loss where `gradient` was taken, if that is where the last search ended.
    known: Option<f64>,
    along: Vec<f64>,
    room: LineSearchScratch,
}

impl<D: Direction> Optimizer for LineSearchOptimizer<D> {
    type State = DirectionWithScratch<D::State>;
    const NEEDS: &'static [Need] = D::NEEDS;

    fn start(&self, w: &[f64], _: &mut Oracle) -> Self::State {
        let room = || vec![0.0; w.len()];
        DirectionWithScratch {
            direction: self.0.init(w),
            gradient: room(),
            known: None,
            along: room(),
            room: LineSearchScratch::new(w.len()),
        }
    }

    fn step(&self, w: &mut [f64], s: &mut Self::State, oracle: &mut Oracle) -> StepOutcome {
        let (gradient, direction) = (&mut s.gradient, &mut s.direction);
        let known = s.known.take();
        let loss = self.0.look(w, gradient, known, direction, oracle);
        if is_zero(gradient) {
            return StepOutcome::Stop(StopReason::Converged);
        }
        s.along.copy_from_slice(gradient);
        if let Err(why) = self.0.direct(w, &mut s.along, direction, oracle) {
            return StepOutcome::Stop(why);
        }
        let first = self.0.first_step(direction);
        let mut line = SearchLine::new(oracle, [w, &s.along, gradient], &mut s.room, loss);
        let downhill = line.begins_downhill();
        match self.0.search().search(&mut line, first) {
            Ok(t) => {
                add_scaled(w, t, &s.along);
                let known = s.room.take(t, &mut s.gradient);
                s.known = known.filter(|_| oracle.repeats_itself());
                StepOutcome::Continue
            }
            Err(NoStep::NoDescent) if !downhill => {
                StepOutcome::Stop(StopReason::NoStep(NoStep::Uphill))
            }
            Err(why) => StepOutcome::Stop(StopReason::NoStep(why)),
        }
    }
}
