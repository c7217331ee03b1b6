//! A thin dashed path without arrows, which accompanies another path.

use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;

/// Width of the line in px.
const WIDTH: f64 = 1.3;
/// Lengths of dash and gap in px, for the paths that accompany the same path.
const DASHES: [[f64; 2]; 3] = [[4.0, 3.0], [1.6, 2.2], [8.0, 3.0]];

/// A thin dashed path without arrows, with gaps where a point is not finite.
#[derive(Clone, Debug, PartialEq)]
pub struct DashedPath {
    /// Points in data coordinates.
    pub points: Vec<[f64; 2]>,
    /// Color.
    pub color: Color,
    /// Number of the pattern of dashes, from 0. After the last pattern, they repeat.
    pub pattern: usize,
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

    /// Returns the line, and the dashes below it that are visible on both sides.
    fn strokes(&self, theme: &Theme) -> [Stroke; 2] {
        let line = Stroke::new(self.color, WIDTH);
        let dash = DASHES[self.pattern % DASHES.len()];
        [line, theme.cased(line)].map(|stroke| stroke.dashed(dash))
    }
}

impl Mark for DashedPath {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let pieces = self.pieces(frame);
        let [line, casing] = self.strokes(frame.theme);
        let nodes = vec![open_lines(pieces.clone(), casing), open_lines(pieces, line)];
        out.push(group("other-path", nodes));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        self.pieces(frame)
    }

    fn key(&self, theme: &Theme) -> Option<LegendEntry> {
        let [line, casing] = self.strokes(theme);
        let sign = LegendHandle::Line(line, Some(casing));
        Some(LegendEntry::new(&self.label, sign))
    }
}
