//! The registry of regularizers. To add one: write its file, add its line here.

use crate::{
    Error,
    catalog::{Describe, Entry, Registry, Settings},
};
use std::sync::Arc;

mod l1;
mod l2;
mod max_norm;
mod regularized;

pub use l1::L1;
pub use l2::L2;
pub use max_norm::MaxNorm;
pub use regularized::{Regularized, Restraint};

/// A penalty on the weights that is added to the loss that an optimizer sees, and not to the one that is reported.
pub trait Regularizer: Send + Sync {
    /// The penalty at `w` (dim).
    fn value(&self, w: &[f64]) -> f64;

    /// Adds its gradient, or a subgradient, at `w` to `g` (both dim).
    fn add_gradient(&self, w: &[f64], g: &mut [f64]);

    /// Adds its second derivatives, where they are not zero, to `h`: (dim, dim), row-major.
    fn add_hessian(&self, _w: &[f64], _h: &mut [f64]) {}
}

/// All regularizers.
pub static REGISTRY: Registry<Arc<dyn Regularizer>> = Registry {
    kind: "regularizer",
    entries: &[entry::<L1>(), entry::<L2>(), entry::<MaxNorm>()],
};

const fn entry<R: Describe + Regularizer + 'static>() -> Entry<Arc<dyn Regularizer>> {
    fn build<R: Describe + Regularizer + 'static>(
        settings: &Settings,
    ) -> Result<Arc<dyn Regularizer>, Box<Error>> {
        Ok(Arc::new(R::from_settings(settings)?))
    }
    Entry {
        about: R::ABOUT,
        build: build::<R>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn penalties_and_their_gradients_are_those_of_the_formulas() {
        for (pick, w, value, gradient) in [
            ("l1:rate=0.5", [-4.0, 2.0], 3.0, [-0.5, 0.5]),
            ("l1:rate=0.5", [0.0, 2.0], 1.0, [0.0, 0.5]),
            ("l2:rate=0.5", [-4.0, 2.0], 10.0, [-4.0, 2.0]),
            ("maxnorm:rate=0.5", [-4.0, 2.0], 2.0, [-0.5, 0.0]),
            // Weights of the same size share the pull.
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
