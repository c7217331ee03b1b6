//! The registry of schedules. To add one: write its file, add its line here.

use crate::{
    Error,
    catalog::{Describe, Entry, Registry, Settings},
};
use std::sync::Arc;

mod constant;
mod scheduled;

pub use constant::Constant;
pub use scheduled::{Scheduled, ScheduledOptimizer, Timed, Timing};

/// Changes the learning rate from epoch to epoch.
pub trait Schedule: Send + Sync {
    /// The learning rate of one epoch, where the optimizer's own is `base`; the first update is epoch 0.
    fn rate(&self, base: f64, epoch: u64) -> f64;
}

/// All schedules.
pub const REGISTRY: Registry<Arc<dyn Schedule>> = Registry {
    kind: "schedule",
    entries: &[entry::<Constant>()],
};

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
