//! Easom's function: a narrow hole in a flat plain.

use super::prelude::*;
use std::f64::consts::PI;

/// A narrow hole in a plain that is flat almost everywhere: gradients vanish before they point to the hole.
///
/// ```text
/// E(x, y) = -cos(x) cos(y) exp(-(x - pi)^2 - (y - pi)^2)
/// ```
///
/// The minimum is -1 at (pi, pi).
#[derive(Clone, Debug, Describe)]
#[entry(id = "easom", title = "Easom's function", cite = "jamil2013literature")]
pub struct Easom {}

impl Formula for Easom {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let distance = (x - PI).squared() + (y - PI).squared();
        -(x.cos() * y.cos() * (-distance).exp())
    }
}

impl Build<Problem> for Easom {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([1.8, 2.2], [0.0, 6.0, 0.0, 6.0]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[PI; 2]], -0.99)
            .with_learning_rate(0.3))
    }
}
