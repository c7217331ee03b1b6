//! A thin dashed path without arrows, which accompanies another path.

use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;

/// Width of the line in px.
const WIDTH: f64 = 1.3;
/// Lengths of dash and gap in px.
const DASH: [f64; 2] = [4.0, 3.0];

/// A thin dashed path without arrows, with gaps where a point is not finite.
#[derive(Clone, Debug, PartialEq)]
pub struct DashedPath {
    /// Points in data coordinates.
    pub points: Vec<[f64; 2]>,
    /// Color.
    pub color: Color,
    /// Label in the legend.
    pub label: String,
}

impl DashedPath {
    /// Returns the visible pieces in px.
    fn pieces(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let points = self.points.iter().map(|p| frame.px_from_data(p));
        let points: Vec<Point> = points.collect();
        let finite = points.split(|p| !p.iter().all(|px| px.is_finite()));
        // The last step of a diverging run would be a very long line, so it is clipped.
        finite
            .flat_map(|piece| frame.area.pieces_of(piece))
            .collect()
    }

    fn stroke(&self) -> Stroke {
        Stroke::new(self.color, WIDTH).dashed(DASH)
    }
}

impl Mark for DashedPath {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let pieces = self.pieces(frame);
        let nodes = vec![
            open_lines(pieces.clone(), frame.theme.cased(self.stroke())),
            open_lines(pieces, self.stroke()),
        ];
        out.push(group("other-path", nodes));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        self.pieces(frame)
    }

    fn key(&self, theme: &Theme) -> Option<LegendEntry> {
        let sign = LegendHandle::Line(self.stroke(), Some(theme.cased(self.stroke())));
        Some(LegendEntry::new(&self.label, sign))
    }
}
