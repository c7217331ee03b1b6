//! The registry of schedules. To add one: write its file, add its line here.

use crate::{
    Error,
    catalog::{Describe, Entry, Registry, Settings},
    float::cos,
};
use std::{f64::consts::PI, sync::Arc};

mod constant;
mod cosine;
mod exponential;
mod inverse_time;
mod linear_warm_up;
mod one_cycle;
mod polynomial;
mod scheduled;
mod step_decay;
mod warm_restarts;

pub use constant::Constant;
pub use cosine::Cosine;
pub use exponential::Exponential;
pub use inverse_time::InverseTime;
pub use linear_warm_up::LinearWarmUp;
pub use one_cycle::OneCycle;
pub use polynomial::Polynomial;
pub use scheduled::{Scheduled, ScheduledOptimizer, Timed, Timing};
pub use step_decay::StepDecay;
pub use warm_restarts::WarmRestarts;

/// Changes the learning rate from epoch to epoch.
pub trait Schedule: Send + Sync {
    /// The learning rate of one epoch, where the optimizer's own is `base`; the first update is epoch 0.
    fn rate(&self, base: f64, epoch: u64) -> f64;
}

/// All schedules.
pub const REGISTRY: Registry<Arc<dyn Schedule>> = Registry {
    kind: "schedule",
    entries: &[
        entry::<Constant>(),
        entry::<StepDecay>(),
        entry::<Exponential>(),
        entry::<InverseTime>(),
        entry::<Polynomial>(),
        entry::<Cosine>(),
        entry::<WarmRestarts>(),
        entry::<OneCycle>(),
        entry::<LinearWarmUp>(),
    ],
};

/// Spans of `every` epochs that have gone by, whole ones only for a staircase.
fn stairs(epoch: u64, every: u64, staircase: bool) -> f64 {
    if staircase {
        (epoch / every) as f64
    } else {
        epoch as f64 / every as f64
    }
}

/// From one number to another along half a cosine wave, of which `share` is done.
fn half_wave(from: f64, to: f64, share: f64) -> f64 {
    to + (from - to) * (1.0 + cos(PI * share)) / 2.0
}

const fn entry<S: Describe + Schedule + 'static>() -> Entry<Arc<dyn Schedule>> {
    fn build<S: Describe + Schedule + 'static>(
        settings: &Settings,
    ) -> Result<Arc<dyn Schedule>, Error> {
        Ok(Arc::new(S::from_settings(settings)?))
    }
    Entry {
        about: S::ABOUT,
        build: build::<S>,
    }
}
