//! How a curve ends: there, at no number, or outside of the picture.

use super::dots::{Marker, draw_glyph};
use crate::layout::{Frame, Mark};
use crate::prelude::*;

/// The sign at the end of a curve; where that lies above or below the picture, an arrow at the edge in its place.
pub struct EndMarker {
    /// The last point, in data.
    pub at: [f64; 2],
    /// What it looks like inside of the picture.
    pub glyph: Marker,
    /// The colour of the curve.
    pub color: Color,
    /// Half its width in px.
    pub radius: f64,
}

impl EndMarker {
    /// The sign's middle in px, moved to the edge where it lies above (-1) or below (1) the frame, and which of these or
    /// inside (0).
    fn place(&self, frame: &Frame) -> Option<(Point, f64)> {
        let [x, y] = frame.px_from_data(&self.at);
        let room: Rect = frame.area.grown(-(self.radius + 2.0));
        let side = if y < frame.area.top - 0.5 {
            -1.0
        } else if y > frame.area.bottom() + 0.5 {
            1.0
        } else {
            0.0
        };
        let at = [x, y.max(room.top).min(room.bottom())];
        let at = if side == 0.0 { [x, y] } else { at };
        (x.is_finite() && !y.is_nan()).then_some((at, side))
    }
}

impl Mark for EndMarker {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let Some(([x, y], side)) = self.place(frame) else {
            return;
        };
        let outline = frame.theme.casing(self.color);
        if side == 0.0 {
            draw_glyph(self.glyph, [x, y], self.radius, self.color, outline, out);
        } else {
            let r = self.radius;
            let corners = vec![
                [x, y + side * r],
                [x - r, y - side * r],
                [x + r, y - side * r],
            ];
            out.push(polygon(corners, Some(self.color), None));
        }
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let place = self.place(frame).into_iter();
        let line = |([x, y], _): (Point, f64)| vec![[x - self.radius, y], [x + self.radius, y]];
        place.map(line).collect()
    }
}
