//! Griewank's function: many local minima in a bowl.

use super::prelude::*;
use std::f64::consts::FRAC_1_SQRT_2;

/// A wide, shallow bowl with many local minima of nearly equal depth.
///
/// ```text
/// E(x, y) = (x^2 + y^2) / 4000 - cos(x) cos(y / sqrt(2)) + 1
/// ```
///
/// The minimum is 0 at (0, 0). Far from it, the bowl dominates; near it, the waves do.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "griewank",
    title = "Griewank's function",
    cite = "jamil2013literature"
)]
pub struct Griewank {}

impl Formula for Griewank {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let bowl = (x.squared() + y.squared()) / 4000.0;
        bowl - x.cos() * (y * FRAC_1_SQRT_2).cos() + 1.0
    }
}

impl Build<Problem> for Griewank {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-8.0, 6.0], [-10.0, 10.0, -10.0, 10.0]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[0.0; 2]], 0.01)
            .with_learning_rate(0.5))
    }
}
