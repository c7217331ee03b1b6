//! A winding ravine.

use super::prelude::*;

/// A narrow, winding ravine with steep walls and a gentle slope along its floor.
///
/// ```text
/// E(x, y) = 10 (y - sin x)^2 + (x / 4)^2
/// ```
///
/// The minimum is 0 at (0, 0).
#[derive(Clone, Debug, Describe)]
#[entry(id = "ravine", title = "Winding ravine")]
pub struct Ravine {}

impl ResidualFunction<2> for Ravine {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> [N; 2] {
        [(y - x.sin()) * 10.0_f64.sqrt(), x / 4.0]
    }
}

impl Build<Problem> for Ravine {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-5.0, 2.0], [-6.0, 6.0, -3.0, 3.0]);
        let surface = surface(Self::ABOUT.title, SumOfSquares(self), start, window);
        Ok(surface
            .with_minima(&[[0.0; 2]], 1e-3)
            .with_learning_rate(0.02))
    }
}
