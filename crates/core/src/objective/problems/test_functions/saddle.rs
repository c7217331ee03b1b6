//! A saddle.

use super::prelude::*;

/// The simplest saddle: the loss increases along the first weight and decreases along the second. It has no minimum.
///
/// ```text
/// E(x, y) = x^2 - y^2
/// ```
///
/// The initial point lies close to the ridge, where the gradient hardly points in the direction of descent.
#[derive(Clone, Debug, Describe)]
#[entry(id = "saddle", title = "Saddle")]
pub struct Saddle {}

impl Formula for Saddle {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        x.squared() - y.squared()
    }
}

impl Build<Problem> for Saddle {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-1.5, 0.01], [-2.0, 2.0, -2.0, 2.0]);
        Ok(surface(Self::ABOUT.title, self, start, window).with_learning_rate(0.1))
    }
}
