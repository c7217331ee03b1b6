//! Labels beside points.

use super::clearing::FreeSpace;
use crate::{
    layout::{figure::Mark, frame::Frame},
    scene::{Node, Point, Rect},
};

/// Labels beside points, inside the frame. They do not overlap each other and, if possible, do not cover lines.
pub struct PointLabels {
    /// Labels and their points in data coordinates. A point outside of the frame is labeled at its edge.
    pub names: Vec<(String, [f64; 2])>,
}

/// Candidate distances from the point in px, the nearest first.
const DISTANCES: [f64; 3] = [12.0, 22.0, 36.0];
/// Candidate directions from the point, the best first.
const SIDES: [[f64; 2]; 8] = [
    [1.0, 0.0],
    [-1.0, 0.0],
    [0.0, -1.0],
    [0.0, 1.0],
    [1.0, 1.0],
    [-1.0, 1.0],
    [1.0, -1.0],
    [-1.0, -1.0],
];

impl Mark for PointLabels {
    fn draw(&self, _: &Frame, _: &mut Vec<Node>) {}

    fn label(&self, frame: &Frame, lines: &[Vec<Point>], out: &mut Vec<Node>) {
        let (area, size) = (frame.area, frame.theme.small);
        let mut clearing = FreeSpace::new(frame, lines);
        for (name, at) in &self.names {
            let [x, y] = frame.px_from_data(at);
            if x.is_nan() || y.is_nan() {
                continue;
            }
            let point = [
                x.max(area.left).min(area.right()),
                y.max(area.top).min(area.bottom()),
            ];
            let places = places(point, [crate::text::width(name, size), 0.8 * size]);
            let free = places.iter().find(|place| clearing.is_free(place, 2.0));
            let free = free.or_else(|| places.iter().find(|place| clearing.is_apart(place, 2.0)));
            let Some(place) = free else { continue };
            clearing.take(*place);
            out.push(clearing.words(name.clone(), *place, size));
        }
    }
}

/// Returns boxes of this size around a point, the best first.
fn places([x, y]: Point, [width, height]: [f64; 2]) -> Vec<Rect> {
    let place = |gap: f64, [right, down]: [f64; 2]| {
        let by = [right * (gap + width / 2.0), down * (gap + height / 2.0)];
        Rect::around([x, y], [width, height]).moved(by)
    };
    let tries = DISTANCES
        .iter()
        .flat_map(|gap| SIDES.iter().map(move |side| place(*gap, *side)));
    tries.collect()
}
