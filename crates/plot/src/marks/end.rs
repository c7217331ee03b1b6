//! The end of a curve.

use super::dots::{Marker, draw_glyph};
use crate::layout::{Frame, Mark};
use crate::prelude::*;

/// The marker at the end of a curve. If the end is above or below the picture, an arrow at the edge instead.
pub struct EndMarker {
    /// Last point in data coordinates.
    pub at: [f64; 2],
    /// Marker inside the picture.
    pub glyph: Marker,
    /// Color of the curve.
    pub color: Color,
    /// Half the width in px.
    pub radius: f64,
}

impl EndMarker {
    /// Returns the center of the marker in px, moved to the edge if it is outside, and whether it is above (-1), below (1),
    /// or inside (0) the frame.
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
