//! The traits of training algorithms. An algorithm is immutable; its state is separate.

use crate::{
    catalog::{
        EntryMetadata, ResolvedSetting,
        inspect::{Channel, Inspect, Zeros},
    },
    need::Need,
    numeric::linalg::{add_scaled, is_zero},
    objective::{Objective, blocks::Block},
    run::{
        Budget, StopReason, batch::RunEnd, oracle::Oracle, regularizer::Regularizer, replay::Replay,
    },
};
use std::ops::Range;
use thalweg_macros::Inspect;

pub mod options;

use options::{OptionDefaults, StepOptions};

/// The result of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StepOutcome {
    /// The weights were updated.
    Continue,
    /// No step from here changes the weights or the state; the run has converged.
    AtRest,
    /// There is no step; the run ends.
    Stop(StopReason),
}

/// A training algorithm with access to all evaluations of the oracle.
pub trait Optimizer: Clone + Send + Sync + 'static {
    /// The state that is kept between steps.
    type State: Inspect + Clone + Send;

    /// The capabilities that the algorithm needs besides the loss and its gradient.
    const NEEDS: &'static [Need] = &[];

    /// Returns the state before the first step from `w` (dim).
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Self::State;

    /// Updates the weights `w` (dim) by one step, or returns the reason why there is none.
    fn step(&self, w: &mut [f64], state: &mut Self::State, oracle: &mut Oracle) -> StepOutcome;

    /// Returns the point (dim) at which the next step evaluates the gradient, or `None` for the weights `w` (dim).
    fn evaluation_point<'s>(&self, _w: &[f64], _state: &'s mut Self::State) -> Option<&'s [f64]> {
        None
    }

    /// Returns whether a step depends only on the weights and the channels of the state, and not on the number of the step.
    fn is_autonomous(&self) -> bool {
        true
    }

    /// Returns the values in effect of settings that follow from the number of weights.
    fn resolved_settings(&self, _dim: usize) -> Vec<ResolvedSetting> {
        Vec::new()
    }
}

/// The shape of the slices of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateShape<'a> {
    /// Number of weights of one run.
    pub dim: usize,
    /// Number of runs in the batch; 1 for a single run.
    pub runs: usize,
    /// The blocks of the weights of one run. Element-wise rules ignore them.
    pub blocks: &'a [Block],
}

impl StateShape<'_> {
    /// Returns the length of a slice with one number per weight and run.
    pub fn weights(self) -> usize {
        self.dim * self.runs
    }
}

/// The point at which the gradient was evaluated.
#[derive(Clone, Copy, Debug)]
pub struct StepContext<'a> {
    /// The weights (dim, runs), row-major.
    pub weights: &'a [f64],
    /// The loss of each run (runs).
    pub losses: &'a [f64],
    /// Number of previous steps, which is equal for all runs; 0 in the first step.
    pub epoch: u64,
    /// The blocks of the weights of one run. Element-wise rules ignore them.
    pub blocks: &'a [Block],
}

impl StepContext<'_> {
    /// Returns the positions of the weights of each block. Without blocks, each weight is one.
    pub fn block_ranges(&self) -> Vec<Range<usize>> {
        if self.blocks.is_empty() {
            let dim = self.weights.len() / self.losses.len().max(1);
            return (0..dim).map(|i| i..i + 1).collect();
        }
        self.blocks
            .iter()
            .map(|block| block.range.clone())
            .collect()
    }
}

/// A training algorithm that computes the displacement of each weight from its gradient, independently of other weights.
///
/// A rule consists of loops over slices. The slices hold the weights of one run or those of a batch of runs,
/// (dim, runs) row-major, so the same code serves both.
pub trait GradientRule: Clone + Send + Sync + 'static {
    /// The state that is kept between steps.
    type State: Inspect + Zeros + Clone + Send;

    /// The defaults of the options that all rules share.
    const OPTIONS: OptionDefaults = OptionDefaults::OFF;

    /// Returns the state before the first step from the weights `w` (dim, runs), row-major; the default is zeros.
    fn init(&self, _w: &[f64], size: StateShape) -> Self::State {
        Self::State::zeros(size.dim, size.runs)
    }

    /// Returns the point (dim) at which the gradient is evaluated, or `None` for the weights `w` (dim). Runs of a rule with
    /// another point cannot be batched.
    fn gradient_point<'s>(&self, _w: &[f64], _state: &'s mut Self::State) -> Option<&'s [f64]> {
        None
    }

    /// Replaces the gradient in `d` by the displacement, (dim, runs) row-major.
    fn displace(&self, d: &mut [f64], here: StepContext, state: &mut Self::State);

    /// Returns the coefficient of the weight decay if the rule can add the decay to its update itself. It does so in the form
    /// `layer-wise`, which is then its default; in other forms, the coefficient is 0.
    fn own_weight_decay(&mut self) -> Option<&mut f64> {
        None
    }

    /// Returns the description of this rule if it differs from that of its entry, because its user has written the rule.
    fn description(&self, _about: &EntryMetadata) -> Option<EntryMetadata> {
        None
    }

    /// Returns whether the displacement depends only on the gradient, the weights, and the channels of the state. A rule that uses
    /// the number of the step, for example in a bias correction, returns false. The first step may be an exception.
    fn is_autonomous(&self) -> bool {
        true
    }

    /// Returns whether it is autonomous without an exception for the first step, so that the runs of a batch can begin one
    /// after the other.
    fn ignores_step_number(&self) -> bool {
        self.is_autonomous()
    }
}

/// The state of a rule and its scratch memory.
#[derive(Clone, Debug, Inspect)]
pub struct RuleWithScratch<S> {
    #[inner]
    rule: S,
    displacement: Vec<f64>,
    epoch: u64,
}

impl<R: GradientRule> Optimizer for R {
    type State = RuleWithScratch<R::State>;

    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Self::State {
        let dim = w.len();
        let size = StateShape {
            dim,
            runs: 1,
            blocks: oracle.blocks(),
        };
        RuleWithScratch {
            rule: self.init(w, size),
            displacement: vec![0.0; dim],
            epoch: 0,
        }
    }

    fn step(&self, w: &mut [f64], state: &mut Self::State, oracle: &mut Oracle) -> StepOutcome {
        let d = &mut state.displacement;
        let point = self.gradient_point(w, &mut state.rule);
        let loss = oracle.value_and_gradient(point.unwrap_or(w), d);
        let here = StepContext {
            weights: w,
            losses: &[loss],
            epoch: state.epoch,
            blocks: oracle.blocks(),
        };
        let zero_gradient = is_zero(d);
        self.displace(d, here, &mut state.rule);
        // With a zero gradient and a zero displacement, all following steps would be zero too.
        if zero_gradient && is_zero(d) && oracle.is_deterministic() {
            return StepOutcome::AtRest;
        }
        add_scaled(w, 1.0, d);
        state.epoch += 1;
        StepOutcome::Continue
    }

    fn evaluation_point<'s>(&self, w: &[f64], state: &'s mut Self::State) -> Option<&'s [f64]> {
        self.gradient_point(w, &mut state.rule)
    }

    fn is_autonomous(&self) -> bool {
        GradientRule::is_autonomous(self)
    }
}

/// An optimizer with its state, as a trait object for runs.
pub trait Stepper: Send {
    /// Updates the weights (dim) by one step.
    fn step(&mut self, w: &mut [f64], oracle: &mut Oracle) -> StepOutcome;
    /// Writes the gradient that a step from `w` would use into `g` (both dim), without a step, and returns the loss.
    fn evaluate_gradient(&mut self, w: &[f64], g: &mut [f64], oracle: &mut Oracle) -> f64 {
        oracle.value_and_gradient(w, g)
    }
    /// Visits the channels of the inner state.
    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64]));
    /// Returns the capabilities that the optimizer needs besides the loss and its gradient.
    fn needs(&self) -> &[Need];
    /// Returns whether a step depends only on the weights and the inner state, and not on the number of the step.
    fn is_autonomous(&self) -> bool;
}

/// An optimizer with its settings, before it has an initial point.
pub trait ConfiguredOptimizer: Send + Sync {
    /// Returns the optimizer at the initial point `w` (dim) of a run.
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Box<dyn Stepper>;

    /// Returns the recorded run if this replays one.
    fn replay(&self) -> Option<&Replay> {
        None
    }

    /// Returns the values in effect of settings that follow from the problem or from a file.
    fn resolved_settings(&self, _objective: &dyn Objective) -> Vec<ResolvedSetting> {
        Vec::new()
    }

    /// Returns the description of this optimizer if it differs from that of its entry.
    fn description(&self, _about: &EntryMetadata) -> Option<EntryMetadata> {
        None
    }

    /// Returns the options that change the gradient or the displacement of a rule, if it has some.
    fn options(&self) -> Option<&StepOptions> {
        None
    }

    /// Returns the optimizer that this one holds, if it is a wrapper.
    fn wrapped(&self) -> Option<&dyn ConfiguredOptimizer> {
        None
    }

    /// Returns whether each step uses one gradient and no other evaluation, so that a wrapper can replace the gradient. The
    /// optimizer may evaluate other gradients to compute that one.
    fn is_gradient_rule(&self) -> bool {
        false
    }

    /// Returns the penalty that is added to the loss, if there is one.
    fn regularizer(&self) -> Option<&dyn Regularizer> {
        None
    }

    /// Returns a function that makes batches of runs, if the optimizer supports batches.
    fn batch_runner(&self) -> Option<BatchRunner<'_>> {
        None
    }
}

/// Makes runs from many initial points, with the same results as single runs.
///
/// The initial points are (dim, count) row-major; the final weights replace them.
pub type BatchRunner<'r> = Box<dyn Fn(&dyn Objective, &mut [f64], Budget, &mut [RunEnd]) + 'r>;

impl<O: Optimizer> ConfiguredOptimizer for O {
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Box<dyn Stepper> {
        Box::new(RunningOptimizer {
            state: Optimizer::start(self, w, oracle),
            optimizer: self.clone(),
        })
    }

    fn resolved_settings(&self, objective: &dyn Objective) -> Vec<ResolvedSetting> {
        Optimizer::resolved_settings(self, objective.dim())
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
    fn evaluate_gradient(&mut self, w: &[f64], g: &mut [f64], oracle: &mut Oracle) -> f64 {
        let point = self.optimizer.evaluation_point(w, &mut self.state);
        oracle.value_and_gradient(point.unwrap_or(w), g)
    }
    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64])) {
        self.state.read(visit);
    }
    fn needs(&self) -> &[Need] {
        O::NEEDS
    }
    fn is_autonomous(&self) -> bool {
        self.optimizer.is_autonomous()
    }
}
