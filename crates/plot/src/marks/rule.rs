//! A horizontal reference line, such as a target loss.

use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;

/// A horizontal line across the frame at one value of the vertical axis.
pub struct HorizontalLine {
    /// Value.
    pub value: f64,
    /// Stroke.
    pub stroke: Stroke,
    /// Label in the legend, if it has an entry.
    pub label: Option<String>,
}

impl HorizontalLine {
    fn line(&self, frame: &Frame) -> Option<Vec<Point>> {
        let y = frame.y.px_from_data(self.value);
        let inside = (frame.area.top..=frame.area.bottom()).contains(&y);
        inside.then(|| vec![[frame.area.left, y], [frame.area.right(), y]])
    }
}

impl Mark for HorizontalLine {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let line = self.line(frame);
        out.extend(line.map(|line| open_lines([line], self.stroke)));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        self.line(frame).into_iter().collect()
    }

    fn key(&self, _: &Theme) -> Option<LegendEntry> {
        Some(LegendEntry::new(
            self.label.as_ref()?,
            LegendHandle::Line(self.stroke, None),
        ))
    }
}
