//! The registry of schedules. To add a schedule, write its file and add a line here.

use crate::{
    Error,
    catalog::{Build, Describe, Entry, Registry, part},
    numeric::float::cos,
};
use std::{f64::consts::PI, sync::Arc};

mod chain;
mod constant;
mod cosine;
mod cyclic;
mod exponential;
mod inverse_time;
mod linear_warm_up;
mod multi_step;
mod one_cycle;
mod plateau;
mod polynomial;
mod scheduled;
mod step_decay;
mod warm_restarts;
mod warmup_stable_decay;

pub use self::{
    chain::Chain, constant::Constant, cosine::Cosine, cyclic::Cyclic, exponential::Exponential,
    inverse_time::InverseTime, linear_warm_up::LinearWarmUp, multi_step::Milestones,
    multi_step::MultiStep, one_cycle::OneCycle, plateau::Plateau, polynomial::Polynomial,
    step_decay::StepDecay, warm_restarts::WarmRestarts, warmup_stable_decay::WarmupStableDecay,
};
pub use scheduled::{ScheduleParams, ScheduledOptimizer, ScheduledRule, ScheduledState};

/// Changes the learning rate from epoch to epoch.
pub trait Schedule: Send + Sync {
    /// Returns the learning rate of an epoch, given the learning rate `base` of the optimizer; the first step is epoch 0.
    ///
    /// A schedule that follows the loss returns the learning rate without any loss.
    fn rate(&self, base: f64, epoch: u64) -> f64;

    /// Returns whether the learning rate also depends on the losses of the run.
    fn follows_loss(&self) -> bool {
        false
    }

    /// Returns the learning rate of an epoch with this loss before its step. The caller stores `memory` between the epochs,
    /// and calls this for every epoch, in order.
    fn rate_after(&self, base: f64, epoch: u64, _loss: f64, _memory: &mut LossMemory) -> f64 {
        self.rate(base, epoch)
    }
}

/// What a schedule remembers of the losses of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct LossMemory {
    /// Best loss, or infinity.
    pub best: f64,
    /// Number of losses since then.
    pub waited: u64,
    /// Number of following losses that are not counted.
    pub cooldown: u64,
    /// Factor of the learning rate.
    pub factor: f64,
    /// Number of losses in the mean.
    pub collected: u64,
    /// Mean of these losses.
    pub mean: f64,
}

impl Default for LossMemory {
    fn default() -> Self {
        Self {
            best: f64::INFINITY,
            waited: 0,
            cooldown: 0,
            factor: 1.0,
            collected: 0,
            mean: 0.0,
        }
    }
}

/// Noun for an entry. A chain, which is an entry itself, names the kind of the schedules that it contains.
const KIND: &str = "schedule";

/// All schedules.
pub static REGISTRY: Registry<Arc<dyn Schedule>> = Registry {
    kind: KIND,
    entries: &[
        Entry::of::<Constant>(),
        Entry::of::<StepDecay>(),
        Entry::of::<Exponential>(),
        Entry::of::<InverseTime>(),
        Entry::of::<Polynomial>(),
        Entry::of::<Cosine>(),
        Entry::of::<WarmRestarts>(),
        Entry::of::<OneCycle>(),
        Entry::of::<LinearWarmUp>(),
        Entry::of::<MultiStep>(),
        Entry::of::<Cyclic>(),
        Entry::of::<WarmupStableDecay>(),
        Entry::of::<Plateau>(),
        Entry::of::<Chain>(),
    ],
};

/// Returns the elapsed intervals of `every` epochs, rounded down for a staircase.
fn elapsed_intervals(epoch: u64, every: u64, staircase: bool) -> f64 {
    if staircase {
        (epoch / every) as f64
    } else {
        epoch as f64 / every as f64
    }
}

/// Interpolates between two numbers along half a cosine wave, at a fraction of it.
fn cosine_interpolation(from: f64, to: f64, fraction: f64) -> f64 {
    to + (from - to) * (1.0 + cos(PI * fraction)) / 2.0
}

part!(dyn Schedule, REGISTRY, KIND);

impl<T: Describe + Schedule + 'static> Build<Arc<dyn Schedule>> for T {
    fn build(self) -> Result<Arc<dyn Schedule>, Error> {
        Ok(Arc::new(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the learning rates of these epochs for the base learning rate 1.
    fn rates<const N: usize>(pick: &str, epochs: [u64; N]) -> [f64; N] {
        let schedule = REGISTRY.build(&pick.parse().unwrap(), None).unwrap();
        epochs.map(|epoch| schedule.rate(1.0, epoch))
    }

    fn assert_rates<const N: usize>(pick: &str, epochs: [u64; N], expected: [f64; N]) {
        let found = rates(pick, epochs);
        for (found, expected) in found.into_iter().zip(expected) {
            let close = (found - expected).abs() <= 1e-15 + 1e-12 * expected.abs();
            assert!(close, "{pick}: found {found}, expected {expected}");
        }
    }

    #[test]
    fn learning_rates_follow_the_formulas() {
        assert_rates("constant", [0, 9], [1.0, 1.0]);
        assert_rates("step-decay:every=10", [0, 10, 20], [1.0, 0.5, 1.0 / 3.0]);
        let half = std::f64::consts::FRAC_1_SQRT_2;
        assert_rates(
            "exponential:rate=0.5,every=2",
            [0, 1, 2, 5],
            [1.0, half, 0.5, half / 4.0],
        );
        let stairs = "exponential:rate=0.5,every=2,staircase=true";
        assert_rates(stairs, [0, 1, 2, 5], [1.0, 1.0, 0.5, 0.25]);
        assert_rates("inverse-time:rate=3,every=4", [0, 2, 4], [1.0, 0.4, 0.25]);
        let stairs = "inverse-time:rate=3,every=4,staircase=true";
        assert_rates(stairs, [3, 4, 9], [1.0, 0.25, 1.0 / 7.0]);
        let line = "polynomial:minimum=0.2,over=4";
        assert_rates(line, [0, 1, 4, 9], [1.0, 0.8, 0.2, 0.2]);
        let cycle = "polynomial:minimum=0,over=4,power=2,cycle=true";
        // The span is 8 after 4 epochs and 12 after 8 epochs.
        assert_rates(
            cycle,
            [0, 2, 4, 6, 8, 9],
            [1.0, 0.25, 0.0, 1.0 / 16.0, 0.0, 1.0 / 16.0],
        );
        assert_rates(
            "cosine:over=4",
            [0, 1, 2, 4, 9],
            [1.0, f64::midpoint(1.0, half), 0.5, 0.0, 0.0],
        );
        // The spans are 2, 4, and 8 epochs.
        let restarts = "warm-restarts:first=2,minimum=0.5";
        assert_rates(
            restarts,
            [0, 1, 2, 4, 6, 10],
            [1.0, 0.75, 1.0, 0.75, 1.0, 0.75],
        );
        assert_rates(
            "warm-restarts:first=2,factor=1",
            [1, 2, 1_000_001],
            [0.5, 1.0, 0.5],
        );
        let warm = "linear-warm-up:start_factor=0.5,over=5";
        assert_rates(warm, [0, 1, 5, 9], [0.5, 0.6, 1.0, 1.0]);
        // The learning rate rises in epochs 0 to 2 and falls in epochs 2 to 9.
        let cycle = "one-cycle:over=10,start_divisor=5,end_divisor=2";
        assert_rates(cycle, [0, 1, 2, 9, 20], [0.2, 0.6, 1.0, 0.1, 0.1]);
        assert_rates("one-cycle:over=2,rise=0.5", [0, 1], [1.0, 4e-6]);
        // The scheduler of torch ends at the greatest learning rate if the whole cycle rises.
        let rising = "one-cycle:over=3,rise=1,start_divisor=5";
        assert_rates(rising, [0, 1, 2, 9], [0.2, 0.6, 1.0, 1.0]);
        assert_rates(
            "multi-step:milestones=2-5,factor=0.5",
            [0, 1, 2, 4, 5, 9],
            [1.0, 1.0, 0.5, 0.5, 0.25, 0.25],
        );
        assert_rates(
            "cyclic:low=0.5,half=2",
            [0, 1, 2, 3, 4, 6],
            [0.5, 0.75, 1.0, 0.75, 0.5, 1.0],
        );
        assert_rates(
            "warmup-stable-decay:warmup=1,decay=4,over=10,minimum=0.1",
            [0, 1, 6, 8, 9, 10, 99],
            [0.5, 1.0, 1.0, 0.5, 0.25, 0.1, 0.1],
        );
    }

    #[test]
    fn chained_schedules_count_their_own_epochs() {
        let pick = "chain:first=linear-warm-up,first.start_factor=0.5,first.over=2,epochs=3,then=chain,\
                    then.first=constant,then.epochs=2,then.then=step-decay,then.then.every=1";
        let third = 1.0 / 3.0;
        assert_rates(
            pick,
            [0, 1, 2, 3, 4, 5, 6, 7],
            [0.5, 0.75, 1.0, 1.0, 1.0, 1.0, 0.5, third],
        );
    }

    #[test]
    fn a_plateau_in_a_chain_begins_without_a_memory() {
        let build = |pick: &str| REGISTRY.build(&pick.parse().unwrap(), None).unwrap();
        let plateau = |patience| format!("plateau,PART.patience={patience},PART.factor=0.5");
        let [first, then] = ["first", "then"].map(|part| plateau(2).replace("PART", part));
        let chain = build(&format!("chain:first={first},epochs=4,then={then}"));
        assert!(chain.follows_loss());
        let mut memory = LossMemory::default();
        let rates =
            [0, 1, 2, 3, 4, 5, 6, 7].map(|epoch| chain.rate_after(1.0, epoch, 1.0, &mut memory));
        assert_eq!(rates, [1.0, 1.0, 0.5, 0.5, 1.0, 1.0, 0.5, 0.5]);
        assert!(!build("chain").follows_loss());
    }

    #[test]
    fn milestones_must_ascend() {
        for text in ["5-2", "3-3", "a", "1--2", "-1"] {
            let pick = format!("multi-step:milestones='{text}'");
            let error = pick
                .parse()
                .and_then(|pick| REGISTRY.build(&pick, None).map(|_| ()));
            let text = error.unwrap_err().to_string();
            assert!(text.contains("ascending"), "{pick}: {text}");
        }
    }
}
