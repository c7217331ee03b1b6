//! PSB.

use super::secant::{Approximation, LastStep, Secant, WHY};
use crate::optimizers::prelude::*;

/// Learns the curvature from the gradients on its way, by the smallest change that fits the last step.
///
/// ```text
/// w <- w - t H g, t from the search          s = the step, y = the change of g
/// H <- H + (u y^T + y u^T) / y.y - (y.u) y y^T / (y.y)^2, u = s - H y
/// ```
///
/// Powell's symmetric form of the formula of Broyden (1970) changes the Hessian itself; made for its inverse, as here and in
/// the article's library, it is the formula of Greenstadt. H may become indefinite: where -H g leads uphill, it
/// begins anew, while that library goes uphill by what its search is left with, 1/1024 of the direction: 10 epochs from the
/// article's start there, 7 here.
#[derive(Clone, Describe)]
#[entry(
    id = "psb",
    title = "PSB",
    family = QuasiNewton,
    cite = "greenstadt1970variations",
    kin = "quasi-Newton updates",
    variant = "the least change of the inverse Hessian as bare numbers, whatever their scale",
    why = WHY
)]
pub struct Psb(pub Approximation);

impl Secant for Psb {
    fn settings(&self) -> &Approximation {
        &self.0
    }

    fn update(h: &mut [f64], last: LastStep) {
        let (u, y) = (last.misfit(h), last.change);
        let square = dot(y, y);
        // The gradient did not change: there is nothing to learn.
        if square > 0.0 {
            add_outer(h, 1.0 / square, &u, y);
            add_outer(h, 1.0 / square, y, &u);
            add_outer(h, -dot(y, &u) / (square * square), y, y);
        }
    }
}
