//! The registry of line searches. To add one: write its file, add its line here.

use crate::{
    Error,
    catalog::{Describe, Entry, Registry, Settings},
    line::LineSearch,
};
use std::sync::Arc;

mod golden_section;

pub use golden_section::GoldenSection;

/// All line searches.
pub const REGISTRY: Registry<Arc<dyn LineSearch>> = Registry {
    kind: "line search",
    entries: &[entry::<GoldenSection>()],
};

const fn entry<L: Describe + LineSearch + 'static>() -> Entry<Arc<dyn LineSearch>> {
    fn build<L: Describe + LineSearch + 'static>(
        settings: &Settings,
    ) -> Result<Arc<dyn LineSearch>, Error> {
        Ok(Arc::new(L::from_settings(settings)?))
    }
    Entry {
        about: L::ABOUT,
        build: build::<L>,
    }
}
