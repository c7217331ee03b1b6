//! Beale's function: a flat valley between peaks.

use super::prelude::*;

/// A flat valley between very high peaks at the corners.
///
/// ```text
/// E(x, y) = (1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2
/// ```
///
/// The minimum is 0 at (3, 0.5).
#[derive(Clone, Debug, Describe)]
#[entry(id = "beale", title = "Beale's function", cite = "jamil2013literature")]
pub struct Beale {}

impl ResidualFunction<3> for Beale {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> [N; 3] {
        let y2 = y.squared();
        [y * x - x + 1.5, y2 * x - x + 2.25, y2 * y * x - x + 2.625]
    }
}

impl Build<Problem> for Beale {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-1.0, 1.0], [-4.5, 4.5, -4.5, 4.5]);
        let surface = surface(Self::ABOUT.title, SumOfSquares(self), start, window);
        Ok(surface
            .with_minima(&[[3.0, 0.5]], 1e-3)
            .with_learning_rate(0.01))
    }
}
