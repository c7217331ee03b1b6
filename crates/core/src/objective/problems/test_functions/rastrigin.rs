//! Rastrigin's function: a bowl with many local minima.

use super::prelude::*;
use std::f64::consts::TAU;

/// A wide bowl with a regular grid of local minima.
///
/// ```text
/// E(x, y) = 20 + x^2 - 10 cos(2 pi x) + y^2 - 10 cos(2 pi y)
/// ```
///
/// The minimum is 0 at (0, 0).
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "rastrigin",
    title = "Rastrigin's function",
    cite = "jamil2013literature"
)]
pub struct Rastrigin {}

impl Formula for Rastrigin {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let one = |x: N| x.squared() - (x * TAU).cos() * 10.0 + 10.0;
        one(x) + one(y)
    }
}

impl Build<Problem> for Rastrigin {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-2.6, 1.6], [-5.12, 5.12, -5.12, 5.12]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[0.0; 2]], 1e-3)
            .with_learning_rate(0.002))
    }
}
