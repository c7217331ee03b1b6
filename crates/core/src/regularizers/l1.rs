//! The L1 penalty.

use crate::run::regularizer::Regularizer;
use thalweg_macros::Describe;

/// Adds the sum of the absolute weights to the loss, which pulls every weight towards zero with the same strength.
///
/// ```text
/// penalty = rate sum(|w|)
/// ```
///
/// The subgradient at zero is 0.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "l1", title = "L1", cite = "tibshirani1996regression")]
pub struct L1 {
    /// Coefficient of the penalty.
    #[param(default = 0.01, valid = 0.0.., slider = 1e-6..=1.0, log)]
    pub rate: f64,
}

impl Regularizer for L1 {
    fn value(&self, w: &[f64]) -> f64 {
        self.rate * w.iter().map(|w| w.abs()).sum::<f64>()
    }

    fn add_gradient(&self, w: &[f64], g: &mut [f64]) {
        for (g, w) in g.iter_mut().zip(w) {
            *g += if *w == 0.0 {
                0.0
            } else {
                self.rate * w.signum()
            };
        }
    }
}
