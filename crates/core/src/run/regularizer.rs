//! What a penalty on the weights is.

/// A penalty on the weights that is added to the loss that an optimizer sees, and not to the one that is reported.
pub trait Regularizer: Send + Sync {
    /// The penalty at `w` (dim).
    fn value(&self, w: &[f64]) -> f64;

    /// Adds its gradient, or a subgradient, at `w` to `g` (both dim).
    fn add_gradient(&self, w: &[f64], g: &mut [f64]);

    /// Adds its second derivatives, where they are not zero, to `h`: (dim, dim), row-major.
    fn add_hessian(&self, _w: &[f64], _h: &mut [f64]) {}
}
