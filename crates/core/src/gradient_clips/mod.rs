//! The registry of limits on the gradient. To add one, write its file and add a line here.

use crate::{
    Error,
    catalog::{Build, Describe, Entry, Registry, part},
    run::gradient_clip::GradientClip,
};
use std::sync::Arc;
use thalweg_macros::Describe;

mod adaptive;
mod norm;
mod value;

pub use adaptive::AdaptiveClip;
pub use norm::NormClip;
pub use value::ValueClip;

/// All limits on the gradient.
pub static REGISTRY: Registry<Arc<dyn GradientClip>> = Registry {
    kind: "gradient clip",
    entries: &[
        Entry::of::<NormClip>(),
        Entry::of::<ValueClip>(),
        Entry::of::<AdaptiveClip>(),
    ],
};

part!(dyn GradientClip, REGISTRY);

/// The setting of every rule that selects a limit on its gradient.
#[derive(Clone, Describe)]
pub struct GradientClipParams {
    /// Limit on the gradient, which is applied before the optimizer uses it and after the regularizer is added.
    #[param(unless = "search")]
    pub gradient_clip: Option<Arc<dyn GradientClip>>,
}

impl<T: Describe + GradientClip + 'static> Build<Arc<dyn GradientClip>> for T {
    fn build(self) -> Result<Arc<dyn GradientClip>, Error> {
        Ok(Arc::new(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{objective::blocks::Block, run::optimizer::StepContext};

    fn at<'a>(weights: &'a [f64], losses: &'a [f64], blocks: &'a [Block]) -> StepContext<'a> {
        StepContext {
            weights,
            losses,
            epoch: 0,
            blocks,
        }
    }

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
            clip.clip(&mut g, at(&[1.0, 1.0], &[0.0], &[]));
            for (found, expected) in g.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-15, "{pick}: {g:?}");
            }
            // Each run of a batch has its own gradient.
            let mut batch = [gradient[0], 0.5, gradient[1], 0.5];
            clip.clip(&mut batch, at(&[1.0; 4], &[0.0; 2], &[]));
            assert_eq!(batch, [g[0], 0.5, g[1], 0.5], "{pick}");
        }
    }

    #[test]
    fn the_adaptive_limit_is_relative_to_the_weights_of_each_unit() {
        let clip = REGISTRY
            .build(&"adaptive:limit=0.5".parse().unwrap(), None)
            .unwrap();
        // Two inputs and two units: the first column has the norm 5, and the second one the norm 0.
        let matrix = [Block::matrix("layer", 0, [2, 2])];
        let weights = [3.0, 0.0, 4.0, 0.0];
        let mut g = [6.0, 3e-4, 8.0, -4e-3];
        clip.clip(&mut g, at(&weights, &[0.0], &matrix));
        let small = 0.0005 / (3e-4_f64 * 3e-4 + 4e-3 * 4e-3).sqrt();
        let expected = [1.5, 3e-4 * small, 2.0, -4e-3 * small];
        for (found, expected) in g.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-15, "{g:?}");
        }
        // A matrix with one row is one unit, and a weight without a block is one.
        let row = [Block::matrix("weights", 0, [1, 2])];
        let mut g = [6.0, 8.0];
        clip.clip(&mut g, at(&[3.0, 4.0], &[0.0], &row));
        assert_eq!(g, [1.5, 2.0]);
        let mut g = [6.0, 1.0];
        clip.clip(&mut g, at(&[3.0, 4.0], &[0.0], &[]));
        assert_eq!(g, [1.5, 1.0]);
    }
}
