//! A limit on the norm of the gradient.

use crate::run::{gradient_clip::GradientClip, optimizer::StepContext};
use thalweg_macros::Describe;

/// Shortens a gradient whose Euclidean norm exceeds a limit, without changing its direction.
///
/// ```text
/// g <- g limit / |g|          if |g| > limit
/// ```
///
/// This is `clip_by_global_norm` of optax. `clip_grad_norm_` of torch adds 1e-6 to the norm in the denominator.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "norm", title = "Norm")]
pub struct NormClip {
    /// Maximum norm of the gradient.
    #[param(default = 1.0, valid = positive, slider = 1e-3..=100.0, log)]
    pub limit: f64,
}

impl GradientClip for NormClip {
    fn clip(&self, g: &mut [f64], here: StepContext) {
        let runs = here.losses.len();
        for run in 0..runs {
            let components = || g[run..].iter().step_by(runs);
            // The squares of the components could overflow.
            let largest = components().fold(0.0_f64, |most, g| most.max(g.abs()));
            let squares = components().map(|g| (g / largest) * (g / largest));
            let norm = largest * squares.sum::<f64>().sqrt();
            if norm > self.limit && norm.is_finite() {
                for g in g[run..].iter_mut().step_by(runs) {
                    *g = *g / norm * self.limit;
                }
            }
        }
    }
}
