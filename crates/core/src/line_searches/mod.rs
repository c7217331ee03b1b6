//! The registry of line searches. To add a line search, write its file and add a line here.

use crate::{
    Error,
    catalog::{Build, Describe, Entry, Registry, part},
    run::line::LineSearch,
};
use std::sync::Arc;

mod armijo;
pub(crate) mod bracket;
mod exact;
mod fixed;
mod golden_section;
mod hager_zhang;
mod strong_wolfe;

pub use armijo::Armijo;
pub use exact::Exact;
pub use fixed::Fixed;
pub use golden_section::{Bracketing, GoldenSection};
pub use hager_zhang::HagerZhang;
pub use strong_wolfe::StrongWolfe;

/// All line searches.
pub static REGISTRY: Registry<Arc<dyn LineSearch>> = Registry {
    kind: "line search",
    entries: &[
        Entry::of::<Fixed>(),
        Entry::of::<GoldenSection>(),
        Entry::of::<Armijo>(),
        Entry::of::<StrongWolfe>(),
        Entry::of::<Exact>(),
        Entry::of::<HagerZhang>(),
    ],
};

part!(dyn LineSearch, REGISTRY);

impl<T: Describe + LineSearch + 'static> Build<Arc<dyn LineSearch>> for T {
    fn build(self) -> Result<Arc<dyn LineSearch>, Error> {
        Ok(Arc::new(self))
    }
}
