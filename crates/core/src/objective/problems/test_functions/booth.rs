//! Booth's function: a bowl.

use super::prelude::*;

/// A quadratic bowl whose curvature is nine times as large in one direction as in the other.
///
/// ```text
/// E(x, y) = (x + 2 y - 7)^2 + (2 x + y - 5)^2
/// ```
///
/// The minimum is 0 at (1, 3).
#[derive(Clone, Debug, Describe)]
#[entry(id = "booth", title = "Booth's function", cite = "jamil2013literature")]
pub struct Booth {}

impl ResidualFunction<2> for Booth {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> [N; 2] {
        [x + y * 2.0 - 7.0, x * 2.0 + y - 5.0]
    }
}

impl Build<Problem> for Booth {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-8.0, -4.0], [-10.0, 10.0, -10.0, 10.0]);
        let surface = surface(Self::ABOUT.title, SumOfSquares(self), start, window);
        Ok(surface
            .with_minima(&[[1.0, 3.0]], 1e-3)
            .with_learning_rate(0.05))
    }
}
