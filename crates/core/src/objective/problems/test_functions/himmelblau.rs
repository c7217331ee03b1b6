//! Himmelblau's function: four valleys around a hill.

use super::prelude::*;

/// Four equal minima around a hill. Which minimum an optimizer reaches depends on its first steps.
///
/// ```text
/// E(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2
/// ```
///
/// The minimum is 0 at (3, 2) and three other points; the maximum of the hill is at (-0.27, -0.92).
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "himmelblau",
    title = "Himmelblau's function",
    cite = "himmelblau1972applied"
)]
pub struct Himmelblau {}

impl ResidualFunction<2> for Himmelblau {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> [N; 2] {
        [x.squared() + y - 11.0, x + y.squared() - 7.0]
    }
}

impl Build<Problem> for Himmelblau {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-0.5, -1.0], [-6.0, 6.0, -6.0, 6.0]);
        let minima = [
            [3.0, 2.0],
            [-2.805_118_086_952_745, 3.131_312_518_250_573],
            [-3.779_310_253_377_747, -3.283_185_991_286_169_6],
            [3.584_428_340_330_491_7, -1.848_126_526_964_403_6],
        ];
        let surface = surface(Self::ABOUT.title, SumOfSquares(self), start, window);
        Ok(surface.with_minima(&minima, 1e-3).with_learning_rate(0.01))
    }
}
