//! DFP.

use super::secant::{Approximation, LastStep, Secant, WHY};
use crate::optimizers::prelude::*;

/// Learns the curvature from the gradients on its way, by the oldest of the formulas that do.
///
/// ```text
/// w <- w - t H g, t from the search          s = the step, y = the change of g
/// H <- H - H y y^T H / y.Hy + s s^T / y.s
/// ```
///
/// Davidon 1959, as Fletcher and Powell wrote it. A step along which the loss does not curve upwards (y.s at most
/// 1e-8 |y| |s|) leaves H as it is; where H g leads uphill by rounding, H begins anew. Davidon searches exactly; here any
/// search will do.
#[derive(Clone, Describe)]
#[entry(
    id = "dfp",
    title = "DFP",
    family = QuasiNewton,
    cite = "fletcher1963rapidly",
    kin = "quasi-Newton updates",
    variant = "a change of rank two, the least of the Hessian in a norm that fits its scale",
    why = WHY
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
