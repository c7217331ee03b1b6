//! A level that a curve is measured by.

use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;

/// A line from the left edge to the right one, at one number of the second axis.
pub struct HorizontalLine {
    /// Where it lies.
    pub value: f64,
    /// How it is drawn.
    pub stroke: Stroke,
    /// Its name in the legend, if it is to be listed.
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
