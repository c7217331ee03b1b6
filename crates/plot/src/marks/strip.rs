//! A strip along the upper edge that shows where a curve has no value.

use crate::layout::{Frame, Mark};
use crate::prelude::*;

/// Colored ranges of the horizontal axis in a row at the upper edge.
pub struct SpanStrip {
    /// Ends of each range in data coordinates, and its color.
    pub spans: Vec<([f64; 2], Color)>,
    /// Row, counted from the edge.
    pub row: usize,
    /// Color of its curve.
    pub color: Color,
}

/// Height of a row in px.
pub const STRIP: f64 = 10.0;
const GAP: f64 = 2.0;

impl SpanStrip {
    fn rects(&self, frame: &Frame) -> Vec<Rect> {
        let top = frame.area.top + GAP + self.row as f64 * STRIP;
        let spans = self.spans.iter().map(|([a, b], _)| {
            let [left, right] = [a, b].map(|v| frame.x.px_from_data(*v));
            Rect::new([left, top], [right - left, STRIP - GAP])
        });
        spans.collect()
    }
}

impl Mark for SpanStrip {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        for (rect, (_, color)) in self.rects(frame).iter().zip(&self.spans) {
            out.push(rect.node(Some(*color), None));
            out.push(open_lines([midline(rect)], Stroke::new(self.color, 2.0)));
        }
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        self.rects(frame).iter().map(midline).collect()
    }
}

/// Returns the horizontal center line.
fn midline(rect: &Rect) -> Vec<Point> {
    let [_, middle] = rect.middle();
    vec![[rect.left, middle], [rect.right(), middle]]
}
