//! What a training algorithm is: a rule that never changes, and a state that is all it remembers.

use crate::{
    catalog::inspect::{Channel, Inspect, Zeros},
    need::Need,
    numeric::linalg::{add_scaled, is_zero},
    objective::{Objective, blocks::Block},
    run::{Budget, StopReason, batch::RunEnd, oracle::Oracle, replay::Replay},
};
use thalweg_macros::Inspect;

/// Whether a run goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StepOutcome {
    /// The step was made.
    Continue,
    /// There is no step to make.
    Stop(StopReason),
}

/// A training algorithm in general: it may ask the oracle whatever it likes.
pub trait Optimizer: Clone + Send + Sync + 'static {
    /// All that it remembers between steps.
    type State: Inspect + Clone + Send;

    /// What it must be able to ask, beside the loss and its gradient.
    const NEEDS: &'static [Need] = &[];

    /// What it knows before the first step from `w`.
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Self::State;

    /// Moves the weights `w` (dim) by one step, or leaves them and says why there is none.
    fn step(&self, w: &mut [f64], state: &mut Self::State, oracle: &mut Oracle) -> StepOutcome;
}

/// How many weights and how many runs lie side by side in a rule's slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateShape {
    /// Weights of one run.
    pub dim: usize,
    /// Runs that march in step; 1 for a run by itself.
    pub runs: usize,
}

impl StateShape {
    /// Length of a slice with one number a weight and run.
    pub fn weights(self) -> usize {
        self.dim * self.runs
    }
}

/// Where the gradient was taken.
#[derive(Clone, Copy, Debug)]
pub struct StepContext<'a> {
    /// (dim, runs), row-major.
    pub weights: &'a [f64],
    /// The loss of each run (runs).
    pub losses: &'a [f64],
    /// Number of steps made so far, the same for all runs: 0 at the first.
    pub epoch: u64,
    /// The blocks of the weights of one run; block rules alone look at them.
    pub blocks: &'a [Block],
}

/// The common training algorithm: one gradient in, one displacement out, each weight by itself.
///
/// A rule is plain loops over slices. It does not know whether they hold the weights of one network or
/// those of many runs side by side, (dim, runs) row-major, so one source serves both.
pub trait GradientRule: Clone + Send + Sync + 'static {
    /// All that it remembers between steps.
    type State: Inspect + Zeros + Clone + Send;

    /// What it knows before the first step from the weights `w`, (dim, runs) row-major: zeros, where a rule does not say
    /// otherwise.
    fn init(&self, _w: &[f64], size: StateShape) -> Self::State {
        Self::State::zeros(size.dim, size.runs)
    }

    /// Turns the gradient in `d` into the displacement in `d`, (dim, runs) row-major.
    fn displace(&self, d: &mut [f64], here: StepContext, state: &mut Self::State);
}

/// A rule's state, and the room in which it works.
#[derive(Clone, Debug, Inspect)]
pub struct RuleWithScratch<S> {
    #[inner]
    rule: S,
    displacement: Vec<f64>,
    epoch: u64,
}

impl<R: GradientRule> Optimizer for R {
    type State = RuleWithScratch<R::State>;

    fn start(&self, w: &[f64], _: &mut Oracle) -> Self::State {
        let dim = w.len();
        RuleWithScratch {
            rule: self.init(w, StateShape { dim, runs: 1 }),
            displacement: vec![0.0; dim],
            epoch: 0,
        }
    }

    fn step(&self, w: &mut [f64], state: &mut Self::State, oracle: &mut Oracle) -> StepOutcome {
        let d = &mut state.displacement;
        let loss = oracle.value_and_gradient(w, d);
        let here = StepContext {
            weights: w,
            losses: &[loss],
            epoch: state.epoch,
            blocks: oracle.blocks(),
        };
        let flat = is_zero(d);
        self.displace(d, here, &mut state.rule);
        // On flat ground without any speed left, the next epoch would be this one again.
        if flat && is_zero(d) {
            return StepOutcome::Stop(StopReason::Converged);
        }
        add_scaled(w, 1.0, d);
        state.epoch += 1;
        StepOutcome::Continue
    }
}

/// An optimizer with its state, whatever its type: what a run holds.
pub trait Stepper: Send {
    /// Moves the weights by one step.
    fn step(&mut self, w: &mut [f64], oracle: &mut Oracle) -> StepOutcome;
    /// Shows the inner state; nothing before the state is made.
    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64]));
    /// What the optimizer must be able to ask, beside the loss and its gradient.
    fn needs(&self) -> &[Need];
}

/// An optimizer whose settings are known and whose start is not.
pub trait ConfiguredOptimizer: Send + Sync {
    /// The optimizer at the start `w` of a run.
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Box<dyn Stepper>;

    /// The record of a run made elsewhere, if this follows one: its runs begin where the record begins and go on to its
    /// end.
    fn replay(&self) -> Option<&Replay> {
        None
    }

    /// What drives its runs side by side, if it can be.
    fn side_by_side(&self) -> Option<BatchRunner<'_>> {
        None
    }
}

/// Drives runs from many starts to their ends: the same ends as one by one.
///
/// The starts are (dim, count) row-major; the last weights take their place.
pub type BatchRunner<'r> = Box<dyn Fn(&dyn Objective, &mut [f64], Budget, &mut [RunEnd]) + 'r>;

impl<O: Optimizer> ConfiguredOptimizer for O {
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Box<dyn Stepper> {
        Box::new(RunningOptimizer {
            state: Optimizer::start(self, w, oracle),
            optimizer: self.clone(),
        })
    }
}

/// A rule whose many runs march side by side.
#[derive(Clone)]
pub struct BatchedRule<R>(pub R);

impl<R: GradientRule> ConfiguredOptimizer for BatchedRule<R> {
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Box<dyn Stepper> {
        ConfiguredOptimizer::start(&self.0, w, oracle)
    }

    // The page never asks for many runs at once, and counts its bytes.
    #[cfg(not(target_arch = "wasm32"))]
    fn side_by_side(&self) -> Option<BatchRunner<'_>> {
        Some(Box::new(|objective, starts, budget, ends| {
            crate::run::batch::side_by_side(&self.0, objective, starts, budget, ends);
        }))
    }
}

struct RunningOptimizer<O: Optimizer> {
    optimizer: O,
    state: O::State,
}

impl<O: Optimizer> Stepper for RunningOptimizer<O> {
    fn step(&mut self, w: &mut [f64], oracle: &mut Oracle) -> StepOutcome {
        self.optimizer.step(w, &mut self.state, oracle)
    }
    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64])) {
        self.state.read(visit);
    }
    fn needs(&self) -> &[Need] {
        O::NEEDS
    }
}
