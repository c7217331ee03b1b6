//! A limit on each component of the gradient.

use crate::run::{gradient_clip::GradientClip, optimizer::StepContext};
use thalweg_macros::Describe;

/// Limits the magnitude of each component of the gradient, which can change its direction.
///
/// ```text
/// g_i <- min(max(g_i, -limit), limit)
/// ```
///
/// This is `clip` of optax and `clip_grad_value_` of torch.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "value", title = "Value")]
pub struct ValueClip {
    /// Maximum magnitude of a component of the gradient.
    #[param(default = 1.0, valid = positive, slider = 1e-3..=100.0, log)]
    pub limit: f64,
}

impl GradientClip for ValueClip {
    fn clip(&self, g: &mut [f64], _: StepContext) {
        for g in g {
            *g = g.clamp(-self.limit, self.limit);
        }
    }
}
