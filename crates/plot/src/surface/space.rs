//! The geometry of a field in the box, and its visible parts.

use super::height::HeightScale;
use crate::{
    layout::Scale,
    scene::Point,
    surface::view::{Camera, HEIGHT, Point3},
};
use thalweg::field::Field;

/// A point is hidden if the surface is above its line of sight by this fraction of the height of the box.
const CLEARANCE: f64 = 0.004;
/// Number of steps along a line of sight through the box.
const SIGHT_STEPS: usize = 240;

/// A field in the box.
pub(super) struct SurfaceGeometry {
    /// The surface. Its values are heights in the box, from [`low`](Self::low) to [`top`](Self::top).
    pub(super) heights: Field,
    /// Scales from weights to [-1, 1].
    pub(super) scales: [Scale; 2],
    /// Mapping from values to relative heights.
    pub(super) height: HeightScale,
    /// Height of the lowest point of the surface above the floor.
    pub(super) low: f64,
    /// Height of the box.
    pub(super) top: f64,
}

impl SurfaceGeometry {
    /// Creates the surface at a height of `lift` above the floor.
    pub(super) fn new(field: &Field, height: HeightScale, lift: f64) -> Self {
        let ends = |v: &[f64]| [v[0], v[v.len() - 1]];
        let place = |v: &f64| lift + HEIGHT * height.share(*v);
        Self {
            heights: Field {
                values: field.values.iter().map(place).collect(),
                ..field.clone()
            },
            scales: [
                Scale::linear(ends(&field.xs), [-1.0, 1.0]),
                Scale::linear(ends(&field.ys), [-1.0, 1.0]),
            ],
            height,
            low: lift,
            top: lift + HEIGHT,
        }
    }

    /// Returns the point on the floor for a data point.
    pub(super) fn floor(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [first, second] = &self.scales;
        [first.px_from_data(x), second.px_from_data(y)]
    }

    /// Returns the height of the surface over a point on the floor.
    fn over(&self, [x, y]: [f64; 2]) -> f64 {
        let back = |scale: &Scale, t: f64| {
            scale.data[0] + f64::midpoint(t, 1.0) * (scale.data[1] - scale.data[0])
        };
        let [first, second] = &self.scales;
        self.heights.at([back(first, x), back(second, y)])
    }

    /// Returns the point of the surface over a point on the floor, if that lies in the box.
    pub(super) fn on_surface(&self, p: [f64; 2]) -> Option<Point3> {
        let inside = p.iter().all(|t| (-1.0..=1.0).contains(t));
        let z = self.over(p);
        (inside && z.is_finite()).then_some([p[0], p[1], z])
    }

    /// Returns the position in px of the surface over a point on the floor, if it is visible.
    pub(super) fn visible_point(&self, p: [f64; 2], view: &Camera) -> Option<Point> {
        let place = self.on_surface(p)?;
        self.visible(place, view).then(|| view.px(place))
    }

    /// Returns whether the surface does not hide this point.
    pub(super) fn visible(&self, place: Point3, view: &Camera) -> bool {
        let stride = 4.0 / SIGHT_STEPS as f64;
        for i in 1..=SIGHT_STEPS {
            let t = i as f64 * stride;
            let p = [0, 1, 2].map(|k| place[k] + t * view.eye[k]);
            if p[0].abs() > 1.0 || p[1].abs() > 1.0 || p[2] > self.top {
                return true;
            }
            if self.over([p[0], p[1]]) > p[2] + CLEARANCE * HEIGHT {
                return false;
            }
        }
        true
    }
}
