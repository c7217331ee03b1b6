//! Levy's function: waves whose amplitude increases with the distance from the center.

use super::prelude::*;
use std::f64::consts::{PI, TAU};

/// Waves on a bowl, with an amplitude that increases away from the center. They form many local minima.
///
/// ```text
/// u = 1 + (x - 1) / 4          v = 1 + (y - 1) / 4
/// E(x, y) = sin(pi u)^2 + (u - 1)^2 (1 + 10 sin(pi u + 1)^2) + (v - 1)^2 (1 + sin(2 pi v)^2)
/// ```
///
/// The minimum is 0 at (1, 1).
#[derive(Clone, Debug, Describe)]
#[entry(id = "levy", title = "Levy's function", cite = "jamil2013literature")]
pub struct Levy {}

impl Formula for Levy {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let [u, v] = [x, y].map(|x| (x - 1.0) / 4.0);
        // sin(pi (1 + u)) = -sin(pi u), and sin(2 pi (1 + v)) = sin(2 pi v).
        let (waves, shifted) = ((u * PI).sin(), ((u + 1.0) * PI + 1.0).sin());
        waves.squared()
            + u.squared() * (shifted.squared() * 10.0 + 1.0)
            + v.squared() * ((v * TAU).sin().squared() + 1.0)
    }
}

impl Build<Problem> for Levy {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-7.0, 6.0], [-10.0, 10.0, -10.0, 10.0]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[1.0; 2]], 1e-3)
            .with_learning_rate(0.01))
    }
}
