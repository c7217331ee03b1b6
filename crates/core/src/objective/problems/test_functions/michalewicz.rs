//! Michalewicz's function: steep valleys that cross.

use super::prelude::*;
use std::f64::consts::PI;

/// Steep, narrow valleys that cross in a plain that is nearly flat elsewhere.
///
/// ```text
/// E(x, y) = -sin(x) sin(x^2 / pi)^20 - sin(y) sin(2 y^2 / pi)^20
/// ```
///
/// The minimum is -1.8013 at (2.2029, 1.5708).
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "michalewicz",
    title = "Michalewicz's function",
    cite = "jamil2013literature"
)]
pub struct Michalewicz {}

/// Returns x^20.
#[inline(always)]
fn twentieth_power<N: Number>(x: N) -> N {
    let fourth = x.squared().squared();
    fourth.squared().squared() * fourth
}

impl Formula for Michalewicz {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let first = x.sin() * twentieth_power((x.squared() / PI).sin());
        let second = y.sin() * twentieth_power((y.squared() * (2.0 / PI)).sin());
        -first - second
    }
}

impl Build<Problem> for Michalewicz {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([2.5, 1.3], [0.0, PI, 0.0, PI]);
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[2.202_905_520_172_609, PI / 2.0]], -1.79)
            .with_learning_rate(0.01))
    }
}
