//! The maximum norm penalty.

use crate::run::regularizer::Regularizer;
use thalweg_macros::Describe;

/// Adds the maximum magnitude of the weights to the loss, which pulls only the largest weight towards zero.
///
/// ```text
/// penalty = rate max(|w|)
/// ```
///
/// Weights with the same maximum magnitude share the gradient equally, as in the library of the article. Elsewhere, max norm is a
/// constraint on the norm of the weights.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "maxnorm", title = "Max Norm")]
pub struct MaxNorm {
    /// Coefficient of the penalty.
    #[param(default = 0.01, valid = 0.0.., slider = 1e-6..=1.0, log)]
    pub rate: f64,
}

/// Returns the maximum magnitude of the weights.
fn max_magnitude(w: &[f64]) -> f64 {
    w.iter().fold(0.0, |max, w| w.abs().max(max))
}

impl Regularizer for MaxNorm {
    fn value(&self, w: &[f64]) -> f64 {
        self.rate * max_magnitude(w)
    }

    fn add_gradient(&self, w: &[f64], g: &mut [f64]) {
        let max = max_magnitude(w);
        // The subgradient at zero is 0.
        let is_largest = |w: &f64| w.abs() == max && max > 0.0;
        let count = w.iter().filter(|w| is_largest(w)).count() as f64;
        for (g, w) in g.iter_mut().zip(w).filter(|(_, w)| is_largest(w)) {
            *g += self.rate / count * w.signum();
        }
    }
}
