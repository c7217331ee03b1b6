//! The L2 penalty.

use crate::numeric::linalg::{add_scaled, dot, shift_diagonal};
use crate::run::regularizer::Regularizer;
use thalweg_macros::Describe;

/// Adds the sum of the squared weights to the loss, which pulls every weight towards zero in proportion to its value.
///
/// ```text
/// penalty = rate sum(w^2)
/// ```
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "l2", title = "L2", cite = "hoerl1970ridge")]
pub struct L2 {
    /// Coefficient of the penalty.
    #[param(default = 0.01, valid = 0.0.., slider = 1e-6..=1.0, log)]
    pub rate: f64,
}

impl Regularizer for L2 {
    fn value(&self, w: &[f64]) -> f64 {
        self.rate * dot(w, w)
    }

    fn add_gradient(&self, w: &[f64], g: &mut [f64]) {
        add_scaled(g, 2.0 * self.rate, w);
    }

    fn add_hessian(&self, w: &[f64], h: &mut [f64]) {
        shift_diagonal(h, w.len(), 2.0 * self.rate);
    }
}
