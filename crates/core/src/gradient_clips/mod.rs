//! The registry of limits on the gradient. To add one, write its file and add a line here.

use crate::{
    Error,
    catalog::{Build, Describe, Entry, Registry, part},
    run::gradient_clip::GradientClip,
};
use std::sync::Arc;

mod clipped;
mod norm;
mod value;

pub use clipped::{ClippedOptimizer, ClippedRule, GradientClipParams};
pub use norm::NormClip;
pub use value::ValueClip;

/// All limits on the gradient.
pub static REGISTRY: Registry<Arc<dyn GradientClip>> = Registry {
    kind: "gradient clip",
    entries: &[Entry::of::<NormClip>(), Entry::of::<ValueClip>()],
};

part!(dyn GradientClip, REGISTRY);

impl<T: Describe + GradientClip + 'static> Build<Arc<dyn GradientClip>> for T {
    fn build(self) -> Result<Arc<dyn GradientClip>, Error> {
        Ok(Arc::new(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradients_are_limited_by_the_formulas() {
        for (pick, gradient, expected) in [
            ("norm", [3.0, -4.0], [0.6, -0.8]),
            ("norm", [0.3, -0.4], [0.3, -0.4]),
            ("norm:limit=10", [30.0, 40.0], [6.0, 8.0]),
            ("norm", [0.0, 0.0], [0.0, 0.0]),
            // The squares overflow, but the norm does not.
            ("norm", [3e200, -4e200], [0.6, -0.8]),
            ("value", [3.0, -4.0], [1.0, -1.0]),
            ("value:limit=3.5", [3.0, -4.0], [3.0, -3.5]),
        ] {
            let clip = REGISTRY.build(&pick.parse().unwrap(), None).unwrap();
            let mut g = gradient;
            clip.clip(&mut g, 1);
            for (found, expected) in g.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-15, "{pick}: {g:?}");
            }
            // Each run of a batch has its own gradient.
            let mut batch = [gradient[0], 0.5, gradient[1], 0.5];
            clip.clip(&mut batch, 2);
            assert_eq!(batch, [g[0], 0.5, g[1], 0.5], "{pick}");
        }
    }
}
