//! BFGS.

use super::secant::{Approximation, LastStep, Secant, WHY};
use crate::optimizers::prelude::*;

/// Learns the curvature from the gradients on its way, and steps to where the slope should vanish.
///
/// ```text
/// w <- w - t H g, t from the search          s = the step, y = the change of g
/// H <- (I - s y^T / y.s) H (I - y s^T / y.s) + s s^T / y.s
/// ```
///
/// Found by Broyden, Fletcher, Goldfarb and Shanno, each in 1970. A step along which the loss does not curve upwards
/// (y.s at most 1e-8 |y| |s|), as only searches without the Wolfe conditions make, leaves H as it is; where H g leads
/// uphill by rounding, H begins anew. The library of the article bounds 1 / y.s by 1e7 instead, which spoils H near
/// a minimum, where steps are short. `SciPy` has another search (of Moré and Thuente, from a step that it guesses),
/// so that its path is another.
#[derive(Clone, Describe)]
#[entry(
    id = "bfgs",
    title = "BFGS",
    family = QuasiNewton,
    cite = "fletcher1970new",
    kin = "quasi-Newton updates",
    variant = "a change of rank two, the least of the inverse Hessian in a norm that fits its scale",
    why = WHY
)]
pub struct Bfgs(pub Approximation);

impl Secant for Bfgs {
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
        // The product of the formula, multiplied out.
        add_outer(h, (1.0 + dot(y, &hy) / curvature) / curvature, s, s);
        add_outer(h, -1.0 / curvature, &hy, s);
        add_outer(h, -1.0 / curvature, s, &hy);
    }
}
