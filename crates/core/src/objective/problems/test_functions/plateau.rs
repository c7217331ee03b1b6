//! A hole in a plateau.

use super::prelude::*;

/// A round hole in a plateau. Far from the hole, the gradient is almost zero.
///
/// ```text
/// E(x, y) = 1 - exp(-(x^2 + y^2) / (2 width^2))
/// ```
///
/// The minimum is 0 at (0, 0).
#[derive(Clone, Debug, Describe)]
#[entry(id = "plateau", title = "Hole in a plateau")]
pub struct Plateau {
    /// Distance of the steepest slope from the center of the hole.
    #[param(default = 1.0, valid = positive, slider = 0.5..=3.0)]
    pub width: f64,
}

impl Formula for Plateau {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let square = self.width * self.width;
        -((x.squared() + y.squared()) / (-2.0 * square)).exp() + 1.0
    }
}

impl Build<Problem> for Plateau {
    fn build(self) -> Result<Problem, Error> {
        let (start, window) = ([-3.0, 2.0], [-4.0, 4.0, -4.0, 4.0]);
        let square = self.width * self.width;
        let surface = surface(Self::ABOUT.title, self, start, window);
        Ok(surface
            .with_minima(&[[0.0; 2]], 1e-3)
            .with_learning_rate(square))
    }
}
