//! Matyas' function: a flat, diagonal valley.

use super::prelude::*;

/// A diagonal valley whose curvature is 25 times as large across as along.
///
/// ```text
/// E(x, y) = 0.26 (x^2 + y^2) - 0.48 x y = ((x - y) / 2)^2 + ((x + y) / 10)^2
/// ```
///
/// The minimum is 0 at (0, 0).
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "matyas",
    title = "Matyas' function",
    cite = "jamil2013literature"
)]
pub struct Matyas {}

impl ResidualFunction<2> for Matyas {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> [N; 2] {
        [(x - y) * 0.5, (x + y) * 0.1]
    }
}

impl Build<Problem> for Matyas {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-8.0, -3.0], [-10.0, 10.0, -10.0, 10.0]);
        let surface = surface(Self::ABOUT.title, SumOfSquares(self), start, window);
        Ok(surface
            .with_minima(&[[0.0; 2]], 1e-3)
            .with_learning_rate(1.0))
    }
}
