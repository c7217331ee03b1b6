//! SR1.

use super::secant::{Approximation, LastStep, REASONS, Secant, is_large};
use crate::optimizers::prelude::*;

/// Approximates the inverse Hessian, including negative curvature, with symmetric rank-one updates.
///
/// ```text
/// w <- w - t H g, t from the search          s = the step, y = the change of g
/// H <- H + u u^T / u.y, u = s - H y, unless |u.y| < 1e-8 |u| |y|
/// ```
///
/// Conn, Gould, and Toint use a trust region, because H may become indefinite. Here a line search along -H g is used instead,
/// and H is reset if -H g is an ascent direction.
#[derive(Clone, Describe)]
#[entry(
    id = "sr1",
    title = "SR1",
    family = QuasiNewton,
    cite = "conn1991convergence",
    variants_of = "quasi-Newton updates",
    variant = "rank-one update, which may make H indefinite",
    why = REASONS
)]
pub struct Sr1(pub Approximation);

impl Secant for Sr1 {
    fn settings(&self) -> &Approximation {
        &self.0
    }

    fn update(h: &mut [f64], last: LastStep) {
        let u = last.residual(h);
        let curvature = dot(&u, last.change);
        if is_large(curvature.abs(), &u, last.change) {
            add_outer(h, 1.0 / curvature, &u, &u);
        }
    }
}
