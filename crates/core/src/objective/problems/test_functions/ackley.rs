//! Ackley's function: many local minima around a funnel.

use super::prelude::*;
use std::f64::consts::{E, TAU};

/// A nearly flat plain with many local minima, and a funnel with a sharp tip at its center.
///
/// ```text
/// E(x, y) = 20 + e - 20 exp(-0.2 sqrt((x^2 + y^2) / 2)) - exp((cos(2 pi x) + cos(2 pi y)) / 2)
/// ```
///
/// The minimum is 0 at (0, 0). The function is not differentiable at this tip. There, the cone is treated as flat: the
/// gradient is 0, and the Hessian is that of the waves.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "ackley",
    title = "Ackley's function",
    cite = "jamil2013literature"
)]
pub struct Ackley {}

impl Formula for Ackley {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let cone = (((x.squared() + y.squared()) / 2.0).sqrt() * -0.2).exp() * 20.0;
        let waves = (((x * TAU).cos() + (y * TAU).cos()) / 2.0).exp();
        // In this order, the terms cancel at the tip except for rounding.
        (-cone + 20.0) + (-waves + E)
    }
}

impl Build<Problem> for Ackley {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-2.6, 1.4], [-5.0, 5.0, -5.0, 5.0]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[0.0; 2]], 0.1)
            .with_learning_rate(0.01))
    }
}
