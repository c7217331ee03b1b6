//! A monkey saddle.

use super::prelude::*;

/// A saddle with three directions of descent: two for the legs and one for the tail of a monkey. The Hessian is zero at its center.
///
/// ```text
/// E(x, y) = x^3 - 3 x y^2
/// ```
///
/// It has no minimum. The initial point lies close to a ridge.
#[derive(Clone, Debug, Describe)]
#[entry(id = "monkey-saddle", title = "Monkey saddle")]
pub struct MonkeySaddle {}

impl Formula for MonkeySaddle {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        (x.squared() - y.squared() * 3.0) * x
    }
}

impl Build<Problem> for MonkeySaddle {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([1.0, 0.01], [-1.5, 1.5, -1.5, 1.5]);
        Ok(surface(Self::ABOUT.title, self, start, window).with_learning_rate(0.05))
    }
}
