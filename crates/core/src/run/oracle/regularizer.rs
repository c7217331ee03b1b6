//! The trait of penalties on the weights.

/// A penalty that is added to the loss that an optimizer minimizes; the reported loss does not include it.
pub trait Regularizer: Send + Sync {
    /// Returns the penalty at `w` (dim).
    fn value(&self, w: &[f64]) -> f64;

    /// Adds the gradient of the penalty at `w`, or a subgradient, to `g` (both dim).
    fn add_gradient(&self, w: &[f64], g: &mut [f64]);

    /// Adds the Hessian of the penalty at `w` to `h` (dim, dim), row-major; the default adds zero.
    fn add_hessian(&self, _w: &[f64], _h: &mut [f64]) {}
}
