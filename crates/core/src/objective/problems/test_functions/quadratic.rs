//! A quadratic bowl with elliptic contour lines.

use super::prelude::*;
use crate::numeric::float::{cos, sin};

/// A bowl with elliptic contour lines, like most smooth functions near a minimum.
///
/// ```text
/// u =  x cos a + y sin a
/// v = -x sin a + y cos a          E(x, y) = (u^2 + condition v^2) / 2
/// ```
///
/// The minimum is 0 at (0, 0). The eigenvalues of the Hessian are 1 and `condition`.
#[derive(Clone, Debug, Describe)]
#[entry(id = "quadratic", title = "Quadratic bowl")]
pub struct Quadratic {
    /// Ratio of the curvatures across and along the long axis: the condition number.
    #[param(default = 25.0, valid = positive, slider = 1.0..=1000.0, log)]
    pub condition: f64,
    /// Angle between the long axis and the axis of the first weight, in degrees.
    #[param(default = 30.0, slider = -90.0..=90.0)]
    pub angle: f64,
}

/// The rotated bowl.
struct Rotated {
    cos: f64,
    sin: f64,
    condition: f64,
}

impl ResidualFunction<2> for Rotated {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> [N; 2] {
        let (u, v) = (x * self.cos + y * self.sin, y * self.cos - x * self.sin);
        [u * 0.5_f64.sqrt(), v * (0.5 * self.condition).sqrt()]
    }
}

impl Build<Problem> for Quadratic {
    fn build(self) -> Result<Problem, Error> {
        let angle = self.angle.to_radians();
        let formula = SumOfSquares(Rotated {
            cos: cos(angle),
            sin: sin(angle),
            condition: self.condition,
        });
        let (start, window) = ([-4.0, 1.0], [-5.0, 5.0, -5.0, 5.0]);
        let surface = surface(Self::ABOUT.title, formula, start, window);
        Ok(surface
            .with_minima(&[[0.0; 2]], 1e-3)
            .with_learning_rate(1.0 / self.condition.max(1.0)))
    }
}
