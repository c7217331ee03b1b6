//! The three-hump camel function: three local minima.

use super::prelude::*;

/// Three local minima in a row. The middle one is the global minimum.
///
/// ```text
/// E(x, y) = 2 x^2 - 1.05 x^4 + x^6 / 6 + x y + y^2
/// ```
///
/// The minimum is 0 at (0, 0).
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "three-hump-camel",
    title = "Three-hump camel function",
    cite = "jamil2013literature"
)]
pub struct ThreeHumpCamel {}

impl Formula for ThreeHumpCamel {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let x2 = x.squared();
        let x4 = x2.squared();
        x2 * 2.0 - x4 * 1.05 + x4 * x2 / 6.0 + x * y + y.squared()
    }
}

impl Build<Problem> for ThreeHumpCamel {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-2.0, 2.0], [-2.5, 2.5, -2.5, 2.5]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[0.0; 2]], 1e-3)
            .with_learning_rate(0.03))
    }
}
