//! The trait of limits on the gradient.

use crate::run::optimizer::StepContext;

/// A limit on the gradient, which is applied before the optimizer uses the gradient.
pub trait GradientClip: Send + Sync {
    /// Limits the gradients in `g`: (dim, runs) row-major, one gradient per run.
    fn clip(&self, g: &mut [f64], here: StepContext);
}
