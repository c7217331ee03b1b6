//! Orthographic projection of a box: from three dimensions to px.

use crate::prelude::*;
use thalweg::float::{cos, sin};

/// A point in the box, whose sides extend from -1 to 1 and whose height begins at 0.
pub type Point3 = [f64; 3];

/// Height of a surface relative to half the side of the box.
pub const HEIGHT: f64 = 1.0;

/// A camera: the direction of the view and the position of the box in the picture.
#[derive(Clone, Copy, Debug)]
pub struct Camera {
    /// Unit vector from the box to the camera.
    pub eye: Point3,
    right: Point3,
    up: Point3,
    scale: f64,
    offset: Point,
}

impl Camera {
    /// Creates a camera at `azimuth` (from the first axis toward the second) and `elevation`, both in degrees, with the
    /// whole box of this height in `area`.
    pub fn new([azimuth, elevation]: [f64; 2], height: f64, area: Rect) -> Self {
        let radians = |degrees: f64| degrees * std::f64::consts::PI / 180.0;
        let (a, e) = (radians(azimuth), radians(elevation));
        let (sin_a, cos_a, sin_e, cos_e) = (sin(a), cos(a), sin(e), cos(e));
        let mut view = Self {
            eye: [cos_e * cos_a, cos_e * sin_a, sin_e],
            right: [-sin_a, cos_a, 0.0],
            up: [-sin_e * cos_a, -sin_e * sin_a, cos_e],
            scale: 1.0,
            offset: [0.0, 0.0],
        };
        let corners = [-1.0, 1.0].into_iter().flat_map(|x| {
            [-1.0, 1.0]
                .into_iter()
                .flat_map(move |y| [[x, y, 0.0], [x, y, height]])
        });
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for corner in corners {
            let p = view.px(corner);
            for i in 0..2 {
                low[i] = low[i].min(p[i]);
                high[i] = high[i].max(p[i]);
            }
        }
        let size = [high[0] - low[0], high[1] - low[1]];
        view.scale = (area.width / size[0]).min(area.height / size[1]);
        let middle = |i: usize| view.scale * (low[i] + high[i]) / 2.0;
        view.offset = [
            area.left + area.width / 2.0 - middle(0),
            area.top + area.height / 2.0 - middle(1),
        ];
        view
    }

    /// Projects a point to px.
    pub fn px(&self, p: Point3) -> Point {
        [
            self.offset[0] + self.scale * dot(self.right, p),
            self.offset[1] - self.scale * dot(self.up, p),
        ]
    }

    /// Returns the depth of a point; larger values are closer to the camera.
    pub fn nearness(&self, p: Point3) -> f64 {
        dot(self.eye, p)
    }
}

/// Returns the dot product.
pub fn dot(a: Point3, b: Point3) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
