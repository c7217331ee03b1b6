//! Transforms of the gradient, by which a wrapper changes what the optimizer inside of it sees.

use super::Oracle;
use std::any::Any;

/// Replaces the evaluations of the gradient by an optimizer.
pub trait GradientTransform: Any + Send {
    /// Writes the gradient that replaces the one at `w` into `g` (both dim) and returns the loss. It evaluates gradients by the
    /// oracle, which applies the transforms of outer wrappers.
    fn value_and_gradient(&mut self, oracle: &mut Oracle, w: &[f64], g: &mut [f64]) -> f64;

    /// Returns whether the transform receives the gradients that all inner transforms have changed, instead of the reverse. The
    /// mean of several gradients does: each of them is one that the wrapped optimizer would use.
    fn acts_last(&self) -> bool {
        false
    }
}

impl Oracle<'_> {
    /// Calls `run` with this oracle, whose gradients go through `transform` meanwhile.
    pub fn with_transform<T: GradientTransform + Default, R>(
        &mut self,
        transform: &mut T,
        run: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let mut others = self.transforms.iter();
        let acts_last = transform.acts_last();
        let before = others.position(|other| other.acts_last() && !acts_last);
        let place = before.unwrap_or(self.transforms.len());
        self.transforms
            .insert(place, Box::new(std::mem::take(transform)));
        let result = run(self);
        let own: Box<dyn Any> = self.transforms.remove(place);
        if let Ok(own) = own.downcast() {
            *transform = *own;
        }
        result
    }
}
