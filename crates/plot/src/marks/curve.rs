//! A line through numbers in order.

use crate::{
    figure::{Frame, Mark},
    legend::{Key, Sign},
    scene::{Node, Point},
    shapes::open_lines,
    theme::{PathStyle, Theme},
};

/// A line through points from left to right, with gaps where a point is no number.
pub struct Curve {
    /// Where it runs, in data.
    pub points: Vec<[f64; 2]>,
    /// Its colour and dashes.
    pub style: PathStyle,
    /// Its width in px.
    pub width: f64,
    /// Its name in the legend, if it is to be listed.
    pub label: Option<String>,
}

impl Curve {
    /// The pieces between the gaps, in px.
    fn pieces(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let points = self.points.iter().map(|p| frame.px_from_data(p));
        let points: Vec<Point> = points.collect();
        let pieces = points.split(|p| !p.iter().all(|px| px.is_finite()));
        let pieces = pieces.filter(|piece| !piece.is_empty());
        pieces.map(<[Point]>::to_vec).collect()
    }
}

impl Mark for Curve {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let (single, lines): (Vec<_>, Vec<_>) = self
            .pieces(frame)
            .into_iter()
            .partition(|piece| piece.len() == 1);
        out.push(open_lines(lines, self.style.stroke(self.width)));
        // A number between two gaps has no line.
        out.extend(single.into_iter().map(|piece| Node::Circle {
            center: piece[0],
            radius: 0.8 * self.width,
            fill: Some(self.style.color),
            stroke: None,
        }));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        self.pieces(frame)
    }

    fn key(&self, _: &Theme) -> Option<Key> {
        Some(Key {
            label: self.label.clone()?,
            sign: Sign::Line(self.style.stroke(self.width), None),
        })
    }
}
