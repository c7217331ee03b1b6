//! An upright rectangle in data: the part that a zoom shows, a box of steps.

use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;

/// An upright rectangle, its outline alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Rectangle {
    /// A stable name of the part of the picture.
    pub id: String,
    /// Its left and its right edge in data.
    pub x: [f64; 2],
    /// Its lower and its upper edge in data.
    pub y: [f64; 2],
    /// Sides shorter than this many px are drawn as long.
    pub least: f64,
    /// How its outline is drawn.
    pub stroke: Stroke,
    /// Its name in the legend, if it is to be listed.
    pub label: Option<String>,
}

impl Rectangle {
    /// Where it lies in px.
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
