//! The six-hump camel function: six local minima, two of them global.

use super::prelude::*;

/// Six local minima, two of them global. The function is point-symmetric about the origin.
///
/// ```text
/// E(x, y) = (4 - 2.1 x^2 + x^4 / 3) x^2 + x y + 4 (y^2 - 1) y^2
/// ```
///
/// The minimum is -1.0316 at (0.0898, -0.7127) and (-0.0898, 0.7127).
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "six-hump-camel",
    title = "Six-hump camel function",
    cite = "jamil2013literature"
)]
pub struct SixHumpCamel {}

impl Formula for SixHumpCamel {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let (x2, y2) = (x.squared(), y.squared());
        (x2.squared() / 3.0 - x2 * 2.1 + 4.0) * x2 + x * y + (y2 - 1.0) * y2 * 4.0
    }
}

impl Build<Problem> for SixHumpCamel {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-1.9, 0.1], [-2.1, 2.1, -1.2, 1.2]);
        let minima = [
            [0.089_842_013_100_318_06, -0.712_656_403_020_739_6],
            [-0.089_842_013_100_318_06, 0.712_656_403_020_739_6],
        ];
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&minima, -1.031)
            .with_learning_rate(0.01))
    }
}
