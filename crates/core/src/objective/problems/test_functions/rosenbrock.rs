//! Rosenbrock's banana valley.

use super::prelude::*;

/// A narrow, curved valley. It is easy to reach the valley, but hard to follow it to the minimum.
///
/// ```text
/// E(x, y) = (a - x)^2 + b (y - x^2)^2
/// ```
///
/// The minimum is 0 at (a, a^2).
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "rosenbrock",
    title = "Rosenbrock's function",
    cite = "rosenbrock1960automatic"
)]
pub struct Rosenbrock {
    /// First weight of the minimum.
    #[param(default = 1.0, slider = -2.0..=2.0)]
    pub a: f64,
    /// Steepness of the walls of the valley.
    #[param(default = 100.0, valid = positive, slider = 1.0..=1000.0, log)]
    pub b: f64,
}

impl ResidualFunction<2> for Rosenbrock {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> [N; 2] {
        [-x + self.a, (y - x.squared()) * self.b.sqrt()]
    }
}

impl Build<Problem> for Rosenbrock {
    fn build(self) -> Result<Problem, Error> {
        let Self { a, b } = self;
        let formula = SumOfSquares(self);
        let (start, window) = ([-1.5, 2.0], [-2.0, 2.0, -1.0, 3.0]);
        let surface = surface(Self::ABOUT.title, formula, start, window);
        // The curvature across the valley is proportional to b.
        Ok(surface
            .with_minima(&[[a, a * a]], 1e-3)
            .with_learning_rate(0.1 / b))
    }
}
