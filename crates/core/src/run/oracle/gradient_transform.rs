//! Transforms of the gradient, by which a wrapper changes what the optimizer inside of it sees.

use super::Oracle;
use std::any::Any;

/// Replaces the evaluations of the gradient by an optimizer.
pub trait GradientTransform: Any + Send {
    /// Writes the gradient that replaces the one at `w` into `g` (both dim) and returns the loss. It evaluates gradients by the
    /// oracle, which applies the transforms of outer wrappers.
    fn value_and_gradient(&mut self, oracle: &mut Oracle, w: &[f64], g: &mut [f64]) -> f64;
}

impl Oracle<'_> {
    /// Calls `run` with this oracle, whose gradients go through `transform` meanwhile.
    pub fn with_transform<T: GradientTransform + Default, R>(
        &mut self,
        transform: &mut T,
        run: impl FnOnce(&mut Self) -> R,
    ) -> R {
        self.transforms.push(Box::new(std::mem::take(transform)));
        let result = run(self);
        let innermost: Option<Box<dyn Any>> = self.transforms.pop().map(|own| own as Box<dyn Any>);
        if let Some(own) = innermost.and_then(|own| own.downcast().ok()) {
            *transform = *own;
        }
        result
    }
}
