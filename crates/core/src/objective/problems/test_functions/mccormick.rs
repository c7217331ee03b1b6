//! `McCormick`'s function: a valley with waves.

use super::prelude::*;

/// A straight valley with waves along its floor, each with a local minimum.
///
/// ```text
/// E(x, y) = sin(x + y) + (x - y)^2 - 1.5 x + 2.5 y + 1
/// ```
///
/// The minimum within the window is -1.913 at (-0.547, -1.547). Along the valley, each wave is lower or higher by pi
/// than the previous one.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "mccormick",
    title = "McCormick's function",
    cite = "jamil2013literature"
)]
pub struct McCormick {}

impl Formula for McCormick {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        (x + y).sin() + (x - y).squared() - x * 1.5 + y * 2.5 + 1.0
    }
}

impl Build<Problem> for McCormick {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([0.5, 3.5], [-1.5, 4.0, -3.0, 4.0]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(
                &[[-0.547_197_551_196_597_7, -1.547_197_551_196_597_9]],
                -1.912,
            )
            .with_learning_rate(0.1))
    }
}
