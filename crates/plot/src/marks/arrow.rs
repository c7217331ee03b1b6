//! A single arrow, such as a step, a velocity, or a direction.

use super::DataPoint;
use super::cased_arrows::{HEAD, cased_arrows, head, shaft};
use crate::prelude::*;
use crate::{
    layout::{Frame, LegendEntry, LegendHandle, Mark, distance},
    scene::Point as Px,
};

/// A single arrow.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Stable id of this part of the picture.
    pub id: String,
    /// Start in data coordinates.
    pub tail: DataPoint,
    /// Tip in data coordinates.
    pub tip: DataPoint,
    /// Distance in px by which the arrow is drawn on the left of its position, so that it does not hide another one.
    pub aside: f64,
    /// Stroke of the line; the head is solid.
    pub stroke: Stroke,
    /// Label in the legend, if it has an entry.
    pub label: Option<String>,
}

impl Arrow {
    fn ends(&self, frame: &Frame) -> Option<[Px; 2]> {
        let ends = [self.tail, self.tip].map(|p| frame.px_from_data(&p));
        let is_long = distance(ends[0], ends[1]) > 0.5;
        let length = distance(ends[0], ends[1]);
        let [x, y] = [0, 1].map(|k| self.aside * (ends[1][k] - ends[0][k]) / length);
        let moved = ends.map(|end| [end[0] + y, end[1] - x]);
        (is_long && moved.iter().flatten().all(|v| v.is_finite())).then_some(moved)
    }
}

impl Mark for Arrow {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let Some([tail, tip]) = self.ends(frame) else {
            return;
        };
        let wanted = HEAD * self.stroke.width;
        let (head, shaft) = (head([tail, tip], wanted), shaft([tail, tip], wanted));
        let nodes = cased_arrows(vec![shaft], &[head], self.stroke, frame.theme);
        out.push(group(&self.id, nodes));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Px>> {
        self.ends(frame).iter().map(|ends| ends.to_vec()).collect()
    }

    fn key(&self, theme: &Theme) -> Option<LegendEntry> {
        let sign = LegendHandle::Line(self.stroke, Some(theme.cased(self.stroke)));
        Some(LegendEntry::new(self.label.as_ref()?, sign))
    }
}
