//! A straight line between two points, such as a slope or a guide.

use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;

/// A straight line between two points.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Stable id of this part of the picture.
    pub id: String,
    /// Its two ends in data coordinates.
    pub ends: [[f64; 2]; 2],
    /// Stroke.
    pub stroke: Stroke,
    /// Label in the legend, if it has an entry.
    pub label: Option<String>,
}

impl Segment {
    fn line(&self, frame: &Frame) -> Option<Vec<Point>> {
        let line = self.ends.map(|p| frame.px_from_data(&p));
        let finite = line.iter().flatten().all(|v| v.is_finite());
        finite.then(|| line.to_vec())
    }
}

impl Mark for Segment {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let line = self.line(frame);
        out.push(group(&self.id, vec![open_lines(line, self.stroke)]));
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
