//! Many thin lines with the same style.

use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;

/// Many thin lines with the same style, each with a dot at its start.
#[derive(Clone, Debug, PartialEq)]
pub struct LineBundle {
    /// Stable id of this part of the picture.
    pub id: String,
    /// Lines in data coordinates.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// Color.
    pub color: Color,
    /// Width of the lines in px.
    pub width: f64,
    /// Label in the legend, if they have an entry.
    pub label: Option<String>,
}

impl LineBundle {
    fn pieces(&self, frame: &Frame) -> Vec<Vec<Point>> {
        // The last step of a diverging run would be a very long line, so it is clipped.
        let px = |line: &Vec<[f64; 2]>| -> Vec<Point> {
            line.iter().map(|p| frame.px_from_data(p)).collect()
        };
        let lines = self.lines.iter().map(px);
        lines.flat_map(|line| frame.area.pieces_of(&line)).collect()
    }
}

impl Mark for LineBundle {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let casing = frame.theme.casing(self.color);
        let pieces = self.pieces(frame);
        let mut nodes = vec![
            open_lines(pieces.clone(), Stroke::new(casing, self.width + 1.2)),
            open_lines(pieces, Stroke::new(self.color, self.width)),
        ];
        let begins = self.lines.iter().filter_map(|line| line.first());
        let begins = begins.map(|p| frame.px_from_data(p));
        let seen = begins.filter(|p| frame.area.grown(2.0).contains(*p));
        let outline = Some(Stroke::new(casing, 0.8));
        nodes.extend(seen.map(|at| circle(at, 2.2 * self.width, Some(self.color), outline)));
        out.push(group(&self.id, nodes));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        self.pieces(frame)
    }

    fn key(&self, theme: &Theme) -> Option<LegendEntry> {
        let line = Stroke::new(self.color, self.width + 1.2);
        let sign = LegendHandle::Line(line, Some(theme.cased(line)));
        Some(LegendEntry::new(self.label.as_ref()?, sign))
    }
}
