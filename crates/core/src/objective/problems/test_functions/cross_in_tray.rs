//! The cross-in-tray function: a cross of ridges with four equal minima.

use super::prelude::*;
use std::f64::consts::PI;

/// Ridges along both axes divide a tray, which has one of four equal minima in each quarter.
///
/// ```text
/// E(x, y) = -0.0001 (|sin(x) sin(y) exp(|100 - sqrt(x^2 + y^2) / pi|)| + 1)^0.1
/// ```
///
/// The minima are -2.0626 at (1.3494, 1.3494) and at the points with other signs. The gradient jumps at the ridges.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "cross-in-tray",
    title = "Cross-in-tray function",
    cite = "jamil2013literature"
)]
pub struct CrossInTray {}

/// The positive coordinate of the minima.
const MINIMUM: f64 = 1.349_406_617_153_910_7;

impl Formula for CrossInTray {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let radius = (x.squared() + y.squared()).sqrt();
        let waves = x.sin() * y.sin() * absolute(-radius / PI + 100.0).exp();
        (absolute(waves) + 1.0).powf(0.1) * -0.0001
    }
}

impl Build<Problem> for CrossInTray {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-3.6, 2.6], [-6.0, 6.0, -6.0, 6.0]);
        let minima = [[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]];
        let minima = minima.map(|signs| signs.map(|sign| sign * MINIMUM));
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface.with_minima(&minima, -2.06).with_learning_rate(1.0))
    }
}
