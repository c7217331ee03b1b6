//! SR1.

use super::secant::{Approximation, LastStep, Secant, WHY, is_large};
use crate::optimizers::prelude::*;

/// Learns the curvature from the gradients on its way, downward curvature too, by the simplest of the formulas.
///
/// ```text
/// w <- w - t H g, t from the search          s = the step, y = the change of g
/// H <- H + u u^T / u.y, u = s - H y, unless |u.y| < 1e-8 |u| |y|
/// ```
///
/// Conn, Gould and Toint keep its steps in a trust region, since H may become indefinite; here a search follows -H g, and
/// H begins anew where that leads uphill.
#[derive(Clone, Describe)]
#[entry(
    id = "sr1",
    title = "SR1",
    family = QuasiNewton,
    cite = "conn1991convergence",
    kin = "quasi-Newton updates",
    variant = "a change of rank one, which may make H indefinite",
    why = WHY
)]
pub struct Sr1(pub Approximation);

impl Secant for Sr1 {
    fn settings(&self) -> &Approximation {
        &self.0
    }

    fn update(h: &mut [f64], last: LastStep) {
        let u = last.misfit(h);
        let fit = dot(&u, last.change);
        if is_large(fit.abs(), &u, last.change) {
            add_outer(h, 1.0 / fit, &u, &u);
        }
    }
}
