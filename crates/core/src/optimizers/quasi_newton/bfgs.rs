//! BFGS.

use super::secant::{Approximation, LastStep, REASONS, Secant};
use crate::optimizers::prelude::*;

/// Approximates the inverse Hessian with rank-two updates and searches along the resulting quasi-Newton direction.
///
/// ```text
/// w <- w - t H g, t from the search          s = the step, y = the change of g
/// H <- (I - s y^T / y.s) H (I - y s^T / y.s) + s s^T / y.s
/// ```
///
/// Broyden, Fletcher, Goldfarb, and Shanno published this update independently in 1970. H is not updated if the curvature
/// along the step is not positive (y.s at most 1e-8 |y| |s|), which can only occur with searches without the Wolfe conditions.
/// H is reset if rounding makes -H g an ascent direction. The library of the article limits 1 / y.s to 1e7 instead, which
/// degrades H near a minimum, where steps are short. `SciPy` uses a different line search, that of Moré and Thuente with an
/// estimated initial step. Its path is therefore different.
#[derive(Clone, Describe)]
#[entry(
    id = "bfgs",
    title = "BFGS",
    family = QuasiNewton,
    cite = "fletcher1970new",
    variants_of = "quasi-Newton updates",
    variant = "rank-two update, the smallest change of the inverse Hessian in a weighted norm",
    why = REASONS
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
