//! Goldstein and Price's function: values over six orders of magnitude.

use super::prelude::*;

/// Values from 3 to a million: a learning rate that suits one region is far too large or too small in another.
///
/// ```text
/// E(x, y) = (1 + (x + y + 1)^2 (19 - 14 x + 3 x^2 - 14 y + 6 x y + 3 y^2))
///         * (30 + (2 x - 3 y)^2 (18 - 32 x + 12 x^2 + 48 y - 36 x y + 27 y^2))
/// ```
///
/// The minimum is 3 at (0, -1).
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "goldstein-price",
    title = "Goldstein and Price's function",
    cite = "jamil2013literature"
)]
pub struct GoldsteinPrice {}

impl Formula for GoldsteinPrice {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let (x2, xy, y2) = (x.squared(), x * y, y.squared());
        let p = x2 * 3.0 - x * 14.0 - y * 14.0 + xy * 6.0 + y2 * 3.0 + 19.0;
        let q = x2 * 12.0 - x * 32.0 + y * 48.0 - xy * 36.0 + y2 * 27.0 + 18.0;
        ((x + y + 1.0).squared() * p + 1.0) * ((x * 2.0 - y * 3.0).squared() * q + 30.0)
    }
}

impl Build<Problem> for GoldsteinPrice {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-0.5, -0.2], [-2.0, 2.0, -2.0, 2.0]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[0.0, -1.0]], 3.001)
            .with_learning_rate(1e-4))
    }
}
