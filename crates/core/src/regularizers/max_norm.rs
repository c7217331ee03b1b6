//! The greatest size.

use crate::run::regularizer::Regularizer;
use thalweg_macros::Describe;

/// Pulls the largest weight towards zero and leaves the others alone.
///
/// ```text
/// penalty = rate max(|w|)
/// ```
///
/// Weights of the same size share the pull equally, as the article's library has it. Elsewhere the name stands for a
/// limit on the norm of the weights.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "maxnorm", title = "Max Norm")]
pub struct MaxNorm {
    /// Weight of the penalty beside the loss.
    #[param(default = 0.01, valid = 0.0.., slider = 1e-6..=1.0, log)]
    pub rate: f64,
}

/// The greatest size of a weight.
fn greatest(w: &[f64]) -> f64 {
    w.iter().fold(0.0, |greatest, w| w.abs().max(greatest))
}

impl Regularizer for MaxNorm {
    fn value(&self, w: &[f64]) -> f64 {
        self.rate * greatest(w)
    }

    fn add_gradient(&self, w: &[f64], g: &mut [f64]) {
        let greatest = greatest(w);
        // At zero there is nothing to pull.
        let largest = |w: &f64| w.abs() == greatest && greatest > 0.0;
        let shares = w.iter().filter(|w| largest(w)).count() as f64;
        for (g, w) in g.iter_mut().zip(w).filter(|(_, w)| largest(w)) {
            *g += self.rate / shares * w.signum();
        }
    }
}
