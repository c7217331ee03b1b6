//! Branin's function: three equal minima.

use super::prelude::*;
use std::f64::consts::PI;

/// Three equal minima along a curved valley.
///
/// ```text
/// E(x, y) = (y - 5.1 x^2 / (4 pi^2) + 5 x / pi - 6)^2 + 10 (1 - 1 / (8 pi)) cos x + 10
/// ```
///
/// The minimum is 0.3979 at (-pi, 12.275), (pi, 2.275), and (3 pi, 2.475).
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "branin",
    title = "Branin's function",
    cite = "jamil2013literature"
)]
pub struct Branin {}

impl Formula for Branin {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let across = y - x.squared() * (5.1 / (4.0 * PI * PI)) + x * (5.0 / PI) - 6.0;
        across.squared() + x.cos() * (10.0 * (1.0 - 1.0 / (8.0 * PI))) + 10.0
    }
}

impl Build<Problem> for Branin {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-1.0, 13.0], [-5.0, 10.0, 0.0, 15.0]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[-PI, 12.275], [PI, 2.275], [3.0 * PI, 2.475]], 0.399)
            .with_learning_rate(0.02))
    }
}
