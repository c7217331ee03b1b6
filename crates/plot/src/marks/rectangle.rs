//! An axis-aligned rectangle, such as the area of a zoom or a box of step sizes.

use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;

/// The outline of an axis-aligned rectangle.
#[derive(Clone, Debug, PartialEq)]
pub struct Rectangle {
    /// Stable id of this part of the picture.
    pub id: String,
    /// Left and right edge in data coordinates.
    pub x: [f64; 2],
    /// Lower and upper edge in data coordinates.
    pub y: [f64; 2],
    /// Smallest length of a drawn side in px.
    pub least: f64,
    /// Stroke.
    pub stroke: Stroke,
    /// Label in the legend, if it has an entry.
    pub label: Option<String>,
}

impl Rectangle {
    /// Returns the rectangle in px.
    pub fn rect(&self, frame: &Frame) -> Rect {
        let side = |[low, high]: [f64; 2]| {
            let more = (self.least - (high - low)).max(0.0);
            [low - more / 2.0, high - low + more]
        };
        let [left, width] = side(self.x.map(|v| frame.x.px_from_data(v)));
        let [bottom, top] = self.y.map(|v| frame.y.px_from_data(v));
        let [top, height] = side([top, bottom]);
        Rect::new([left, top], [width, height])
    }
}

impl Mark for Rectangle {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let rect = self.rect(frame);
        let strokes = [frame.theme.cased(self.stroke), self.stroke];
        let nodes = strokes.map(|stroke| rect.node(None, Some(stroke)));
        out.push(group(&self.id, nodes.to_vec()));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let mut corners = self.rect(frame).corners();
        corners.push(corners[0]);
        vec![corners]
    }

    fn key(&self, theme: &Theme) -> Option<LegendEntry> {
        let sign = LegendHandle::Line(self.stroke, Some(theme.cased(self.stroke)));
        Some(LegendEntry::new(self.label.as_ref()?, sign))
    }
}
