//! Styblinski and Tang's function: four local minima, one of them global.

use super::prelude::*;

/// Four local minima, one of them global. The function is separable: a sum of functions of one weight each.
///
/// ```text
/// E(x, y) = (x^4 - 16 x^2 + 5 x + y^4 - 16 y^2 + 5 y) / 2
/// ```
///
/// The minimum is -78.33 at (-2.9035, -2.9035).
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "styblinski-tang",
    title = "Styblinski and Tang's function",
    cite = "jamil2013literature"
)]
pub struct StyblinskiTang {}

impl Formula for StyblinskiTang {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let one = |x: N| (x.squared() - 16.0) * x.squared() + x * 5.0;
        (one(x) + one(y)) / 2.0
    }
}

impl Build<Problem> for StyblinskiTang {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([0.5, -0.5], [-5.0, 5.0, -5.0, 5.0]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[-2.903_534_027_771_177; 2]], -78.33)
            .with_learning_rate(0.02))
    }
}
