//! Optimizers with an optional schedule.
//!
//! Optimizers do not depend on schedules: each epoch uses a copy of the optimizer with another learning rate.

use super::{LossMemory, Schedule};
use crate::{
    catalog::{
        Params, Text,
        inspect::{Channel, Inspect, Quantity, Shape, Zeros},
    },
    need::Need,
    run::{
        optimizer::{GradientRule, Optimizer, StateShape, StepContext, StepOutcome},
        oracle::Oracle,
    },
};
use std::{borrow::Cow, sync::Arc};
use thalweg_macros::{Describe, vectorized};

/// The settings of every optimizer that has a learning rate.
#[derive(Clone, Describe)]
pub struct ScheduleParams {
    /// How the learning rate changes from epoch to epoch.
    #[param(unless = "search")]
    pub schedule: Option<Arc<dyn Schedule>>,
}

/// A gradient rule with an optional schedule. Its runs can be batched like those of the rule, unless the schedule follows
/// the loss, which differs between the runs.
#[derive(Clone)]
pub struct ScheduledRule<R> {
    /// The rule with the base learning rate.
    pub rule: R,
    /// The schedule; `None` keeps the learning rate constant.
    pub schedule: Option<Arc<dyn Schedule>>,
}

/// Any other optimizer with an optional schedule.
#[derive(Clone)]
pub struct ScheduledOptimizer<O> {
    /// The optimizer with the base learning rate.
    pub optimizer: O,
    /// The schedule; `None` keeps the learning rate constant.
    pub schedule: Option<Arc<dyn Schedule>>,
}

/// The state of the optimizer and the number of epochs.
#[derive(Clone, Debug)]
pub struct ScheduledState<S> {
    inner: S,
    epoch: u64,
    /// The learning rate of the last step if there is a schedule.
    rate: Option<f64>,
    losses: LossMemory,
}

impl<S> ScheduledState<S> {
    /// Returns the learning rate of the last step if there is a schedule.
    pub fn learning_rate(&self) -> Option<f64> {
        self.rate
    }
}

/// The learning rate as a channel of the inner state.
const RATE: Channel = Channel {
    name: Text::Borrowed("learning_rate"),
    help: Text::Borrowed("Learning rate of this step, from the schedule."),
    quantity: Quantity::Number,
    shape: Shape::Scalar,
};

impl<S: Inspect> Inspect for ScheduledState<S> {
    const CHANNELS: &'static [Channel] = S::CHANNELS;
    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64])) {
        self.inner.read(visit);
        if let Some(rate) = self.rate {
            visit(&RATE, &[rate]);
        }
    }
    fn vectors(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>)) {
        self.inner.vectors(visit);
    }
}

impl<S: Zeros> Zeros for ScheduledState<S> {
    fn zeros(dim: usize, runs: usize) -> Self {
        Self {
            inner: S::zeros(dim, runs),
            epoch: 0,
            rate: None,
            losses: LossMemory::default(),
        }
    }
}

/// Returns the optimizer with the learning rate of this epoch and advances the schedule. `loss` returns the loss before the
/// step.
fn current<'o, O: Params + Clone, S>(
    optimizer: &'o O,
    schedule: Option<&dyn Schedule>,
    loss: impl FnOnce() -> f64,
    state: &mut ScheduledState<S>,
) -> Cow<'o, O> {
    let Some(schedule) = schedule else {
        return Cow::Borrowed(optimizer);
    };
    let mut scheduled = optimizer.clone();
    if let Some(rate) = scheduled.learning_rate() {
        *rate = if schedule.follows_loss() {
            schedule.rate_after(*rate, state.epoch, loss(), &mut state.losses)
        } else {
            schedule.rate(*rate, state.epoch)
        };
        state.rate = Some(*rate);
    }
    state.epoch += 1;
    Cow::Owned(scheduled)
}

/// Returns the initial state, given that of the optimizer.
fn begin<S>(
    optimizer: &(impl Params + Clone),
    schedule: Option<&dyn Schedule>,
    inner: S,
) -> ScheduledState<S> {
    let first = |schedule: &dyn Schedule| {
        let base = optimizer.clone().learning_rate().copied();
        base.map_or(f64::NAN, |base| schedule.rate(base, 0))
    };
    ScheduledState {
        inner,
        epoch: 0,
        rate: schedule.map(first),
        losses: LossMemory::default(),
    }
}

impl<R: GradientRule + Params> GradientRule for ScheduledRule<R> {
    type State = ScheduledState<R::State>;

    fn init(&self, w: &[f64], size: StateShape) -> Self::State {
        begin(
            &self.rule,
            self.schedule.as_deref(),
            self.rule.init(w, size),
        )
    }

    fn gradient_point<'s>(&self, w: &[f64], state: &'s mut Self::State) -> Option<&'s [f64]> {
        self.rule.gradient_point(w, &mut state.inner)
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, state: &mut Self::State) {
        // A schedule that follows the loss prevents batches, so there is one run.
        let loss = || here.losses[0];
        let rule = current(&self.rule, self.schedule.as_deref(), loss, state);
        rule.displace(d, here, &mut state.inner);
    }

    fn is_autonomous(&self) -> bool {
        self.schedule.is_none() && GradientRule::is_autonomous(&self.rule)
    }

    fn ignores_step_number(&self) -> bool {
        self.schedule.is_none() && self.rule.ignores_step_number()
    }
}

impl<O: Optimizer + Params> Optimizer for ScheduledOptimizer<O> {
    type State = ScheduledState<O::State>;
    const NEEDS: &'static [Need] = O::NEEDS;

    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Self::State {
        let inner = self.optimizer.start(w, oracle);
        begin(&self.optimizer, self.schedule.as_deref(), inner)
    }

    fn step(&self, w: &mut [f64], state: &mut Self::State, oracle: &mut Oracle) -> StepOutcome {
        let loss = || oracle.value(w);
        let optimizer = current(&self.optimizer, self.schedule.as_deref(), loss, state);
        optimizer.step(w, &mut state.inner, oracle)
    }

    fn is_autonomous(&self) -> bool {
        self.schedule.is_none() && self.optimizer.is_autonomous()
    }
}
