//! A landscape given by a picture.

mod picture;
mod png;
mod smoothing;
mod spline;

use super::{half_inverse_curvature, prelude::*};
use crate::catalog::File;
use picture::Picture;
use spline::SplineSurface;

/// A landscape drawn as a picture: dark parts are low, and bright parts are high.
///
/// ```text
/// E(x, y) = height S(x, y)          S = 0 for black, and 1 for white
/// ```
///
/// The file is a PNG. A Gaussian smooths the pixels, and a cubic spline S with continuous second derivatives interpolates
/// them. Colors are converted to luma, 0.2126 R + 0.7152 G + 0.0722 B, and transparent parts are white. The longer side spans
/// -5 to 5. Outside of the picture, the loss rises by `height` times the square of the distance from it; the second
/// derivatives jump at the edge.
#[derive(Clone, Debug, Describe)]
#[entry(id = "image", title = "Picture")]
pub struct ImageProblem {
    /// PNG picture.
    pub path: File,
    /// Standard deviation of the Gaussian that smooths the picture, in pixels; 0 for none.
    #[param(default = 2.0, valid = 0.0..=50.0, slider = 0.0..=20.0)]
    pub smoothing: f64,
    /// Loss of white. The loss of black is 0.
    #[param(default = 1.0, valid = positive, slider = 0.1..=100.0, log)]
    pub height: f64,
    /// Initial point. The default lies at 20% and 70% of the sides of the picture.
    pub start: Option<[f64; 2]>,
    /// Target loss.
    #[param(slider = -1.0..=1.0)]
    pub target: Option<f64>,
}

/// Length of the longer side of the picture in the plane of the weights.
const SIDE: f64 = 10.0;

impl Build<Problem> for ImageProblem {
    fn build(self) -> Result<Problem, Error> {
        let mut picture = Picture::read(&self.path)?;
        smoothing::smooth(&mut picture, self.smoothing);
        let [columns, rows] = picture.size.map(|n| (n - 1) as f64);
        let pixel = SIDE / columns.max(rows);
        let [right, top] = [columns, rows].map(|n| 0.5 * n * pixel);
        let window = Window::new([-right, right, -top, top])?;
        let surface = SplineSurface::new(&picture, pixel, self.height);
        let start = self.start.unwrap_or([-0.6 * right, 0.4 * top]);
        let target = self.target.map(|loss| ShortestFloat(loss).to_string());
        Ok(Problem {
            title: self.path.short_name().into(),
            learning_rate: half_inverse_curvature(&surface, window),
            learning_rate_source: RateSource::Curvature,
            objective: Arc::new(surface),
            network: None,
            weight_names: ["x", "y"].map(str::to_owned).to_vec(),
            window: window.including(std::iter::once(&start[..])),
            start: start.to_vec(),
            target: self.target,
            minima: Vec::new(),
            notes: Vec::new(),
            resolved: vec![
                ResolvedSetting::new("start", Some(join(&start))),
                ResolvedSetting::new("target", target),
            ],
        })
    }
}
