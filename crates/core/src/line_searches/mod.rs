//! The registry of line searches. To add one: write its file, add its line here.

use crate::{
    Error,
    catalog::{Describe, Entry, Registry, Settings},
    line::LineSearch,
};
use std::sync::Arc;

mod armijo;
mod bracket;
mod exact;
mod fixed;
mod golden_section;
mod strong_wolfe;

pub use armijo::Armijo;
pub use exact::Exact;
pub use fixed::Fixed;
pub use golden_section::{Bracketing, GoldenSection};
pub use strong_wolfe::StrongWolfe;

/// All line searches.
pub static REGISTRY: Registry<Arc<dyn LineSearch>> = Registry {
    kind: "line search",
    entries: &[
        entry::<Fixed>(),
        entry::<GoldenSection>(),
        entry::<Armijo>(),
        entry::<StrongWolfe>(),
        entry::<Exact>(),
    ],
};

const fn entry<L: Describe + LineSearch + 'static>() -> Entry<Arc<dyn LineSearch>> {
    fn build<L: Describe + LineSearch + 'static>(
        settings: &Settings,
    ) -> Result<Arc<dyn LineSearch>, Box<Error>> {
        Ok(Arc::new(L::from_settings(settings)?))
    }
    Entry {
        about: L::ABOUT,
        build: build::<L>,
    }
}
