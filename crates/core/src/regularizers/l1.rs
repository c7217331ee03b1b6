//! The sum of sizes.

use crate::run::regularizer::Regularizer;
use thalweg_macros::Describe;

/// Pulls every weight towards zero with the same strength: the sum of sizes.
///
/// ```text
/// penalty = rate sum(|w|)
/// ```
///
/// At zero it does not pull.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "l1", title = "L1", cite = "tibshirani1996regression")]
pub struct L1 {
    /// Weight of the penalty beside the loss.
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
