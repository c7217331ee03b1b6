//! Bukin's function: a sharp, curved valley.

use super::prelude::*;

/// A valley as sharp as a fold, along a parabola that falls slowly: gradients point across it and grow without limit near it.
///
/// ```text
/// E(x, y) = 100 sqrt(|y - 0.01 x^2|) + 0.01 |x + 10|
/// ```
///
/// This is Bukin's function number 6. The minimum is 0 at (-10, 1). There is no gradient at the bottom of the valley.
#[derive(Clone, Debug, Describe)]
#[entry(id = "bukin", title = "Bukin's function", cite = "jamil2013literature")]
pub struct Bukin {}

impl Formula for Bukin {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let valley = absolute(y - x.squared() * 0.01).sqrt();
        valley * 100.0 + absolute(x + 10.0) * 0.01
    }
}

impl Build<Problem> for Bukin {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-7.0, 2.0], [-15.0, -5.0, -3.0, 3.0]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface.with_minima(&[], 1.0).with_learning_rate(1e-4))
    }
}
