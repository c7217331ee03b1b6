//! The cliff function: a gentle slope before a wall.

use super::prelude::*;

/// A gentle slope that ends at an exponential wall: a step that is slightly too long lands high on the wall.
///
/// ```text
/// E(x, y) = ((x - 3) / 100)^2 - (x - y) + exp(20 (x - y))
/// ```
///
/// The minimum is 0.1998 at (3, 3.1498).
#[derive(Clone, Debug, Describe)]
#[entry(id = "cliff", title = "Cliff function", cite = "bongartz1995cute")]
pub struct Cliff {}

impl Formula for Cliff {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let apart = x - y;
        ((x - 3.0) / 100.0).squared() - apart + (apart * 20.0).exp()
    }
}

impl Build<Problem> for Cliff {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([0.0, 2.0], [-1.0, 4.0, -1.0, 4.0]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[3.0, 3.149_786_613_677_699_5]], 0.2)
            .with_learning_rate(0.02))
    }
}
