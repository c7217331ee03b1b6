//! The registry of regularizers. To add a regularizer, write its file and add a line here.

use crate::{
    Error,
    catalog::{Build, Describe, Entry, Registry, part},
    run::regularizer::Regularizer,
};
use std::sync::Arc;

mod l1;
mod l2;
mod max_norm;
mod regularized;

pub use l1::L1;
pub use l2::L2;
pub use max_norm::MaxNorm;
pub use regularized::{RegularizedOptimizer, RegularizerParams};

/// All regularizers.
pub static REGISTRY: Registry<Arc<dyn Regularizer>> = Registry {
    kind: "regularizer",
    entries: &[Entry::of::<L1>(), Entry::of::<L2>(), Entry::of::<MaxNorm>()],
};

part!(dyn Regularizer, REGISTRY);

impl<T: Describe + Regularizer + 'static> Build<Arc<dyn Regularizer>> for T {
    fn build(self) -> Result<Arc<dyn Regularizer>, Error> {
        Ok(Arc::new(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn penalties_and_gradients_follow_the_formulas() {
        for (pick, w, value, gradient) in [
            ("l1:rate=0.5", [-4.0, 2.0], 3.0, [-0.5, 0.5]),
            ("l1:rate=0.5", [0.0, 2.0], 1.0, [0.0, 0.5]),
            ("l2:rate=0.5", [-4.0, 2.0], 10.0, [-4.0, 2.0]),
            ("maxnorm:rate=0.5", [-4.0, 2.0], 2.0, [-0.5, 0.0]),
            // Weights of the same magnitude share the gradient.
            ("maxnorm:rate=0.5", [-4.0, 4.0], 2.0, [-0.25, 0.25]),
            ("maxnorm:rate=0.5", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ] {
            let regularizer = REGISTRY.build(&pick.parse().unwrap(), None).unwrap();
            let mut g = [1.0, 1.0];
            regularizer.add_gradient(&w, &mut g);
            assert_eq!(regularizer.value(&w), value, "{pick} at {w:?}");
            assert_eq!(g.map(|g| g - 1.0), gradient, "{pick} at {w:?}");
        }
    }
}
