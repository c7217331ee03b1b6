//! DFP.

use super::secant::{Approximation, LastStep, REASONS, Secant};
use crate::optimizers::prelude::*;

/// Approximates the inverse Hessian with the oldest rank-two update and searches along the quasi-Newton direction.
///
/// ```text
/// w <- w - t H g, t from the search          s = the step, y = the change of g
/// H <- H - H y y^T H / y.Hy + s s^T / y.s
/// ```
///
/// This is the method of Davidon (1959) in the form of Fletcher and Powell. H is not updated if the curvature along the step is
/// not positive (y.s at most 1e-8 |y| |s|). H is reset if rounding makes -H g an ascent direction. Davidon uses an exact line
/// search; here every line search is allowed.
#[derive(Clone, Describe)]
#[entry(
    id = "dfp",
    title = "DFP",
    family = QuasiNewton,
    cite = "fletcher1963rapidly",
    variants_of = "quasi-Newton updates",
    variant = "rank-two update, the smallest change of the Hessian in a weighted norm",
    why = REASONS
)]
pub struct Dfp(pub Approximation);

impl Secant for Dfp {
    fn settings(&self) -> &Approximation {
        &self.0
    }

    fn update(h: &mut [f64], last: LastStep) {
        let Some(curvature) = last.curvature() else {
            return;
        };
        let (s, y) = (last.moved, last.change);
        let mut hy = vec![0.0; y.len()];
        product(h, y, &mut hy);
        add_outer(h, -1.0 / dot(y, &hy), &hy, &hy);
        add_outer(h, 1.0 / curvature, s, s);
    }
}
