//! PSB.

use super::secant::{Approximation, LastStep, REASONS, Secant};
use crate::optimizers::prelude::*;

/// Approximates the inverse Hessian with the smallest symmetric update that fits the last step.
///
/// ```text
/// w <- w - t H g, t from the search          s = the step, y = the change of g
/// H <- H + (u y^T + y u^T) / y.y - (y.u) y y^T / (y.y)^2, u = s - H y
/// ```
///
/// The symmetric form of the update of Broyden by Powell (1970) updates the Hessian. Applied to the inverse Hessian, as here and
/// in the library of the article, it is the update of Greenstadt. H may become indefinite. If -H g is an ascent direction, H is
/// reset. The library of the article instead moves uphill by the last step of its search, 1/1024 of the direction. From the
/// initial point of the article it needs 10 epochs; this implementation needs 7.
#[derive(Clone, Describe)]
#[entry(
    id = "psb",
    title = "PSB",
    family = QuasiNewton,
    cite = "greenstadt1970variations",
    variants_of = "quasi-Newton updates",
    variant = "symmetric update of the inverse Hessian with the smallest Frobenius norm",
    why = REASONS
)]
pub struct Psb(pub Approximation);

impl Secant for Psb {
    fn settings(&self) -> &Approximation {
        &self.0
    }

    fn update(h: &mut [f64], last: LastStep) {
        let (u, y) = (last.residual(h), last.change);
        let square = dot(y, y);
        // Without a change of the gradient, the update is undefined.
        if square > 0.0 {
            add_outer(h, 1.0 / square, &u, y);
            add_outer(h, 1.0 / square, y, &u);
            add_outer(h, -dot(y, &u) / (square * square), y, y);
        }
    }
}
