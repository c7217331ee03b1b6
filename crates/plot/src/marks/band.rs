//! The area between two curves, which shows the range of many numbers.

use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;

/// The area between the smallest and the largest of many numbers, with gaps where there are none.
pub struct Band {
    /// Horizontal position, smallest, and largest number, from left to right.
    pub spans: Vec<[f64; 3]>,
    /// Color.
    pub color: Color,
    /// Label in the legend, if it has an entry.
    pub label: Option<String>,
}

impl Band {
    /// Returns the spans between the gaps in px: position, lower end, and upper end. Spans in the same px column are
    /// merged.
    fn pieces(&self, frame: &Frame) -> Vec<Vec<[f64; 3]>> {
        let mut pieces: Vec<Vec<[f64; 3]>> = vec![Vec::new()];
        for [v, low, high] in &self.spans {
            let [x, low] = frame.px_from_data(&[*v, *low]);
            let high = frame.y.px_from_data(*high);
            let last = pieces.len() - 1;
            let piece = &mut pieces[last];
            if !(x.is_finite() && low.is_finite() && high.is_finite()) {
                if !piece.is_empty() {
                    pieces.push(Vec::new());
                }
            } else if let Some(span) = piece.last_mut()
                && span[0].floor() == x.floor()
            {
                (span[1], span[2]) = (span[1].max(low), span[2].min(high));
            } else {
                piece.push([x, low, high]);
            }
        }
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }
}

impl Mark for Band {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        for piece in self.pieces(frame) {
            let below = piece.iter().map(|[x, low, _]| [*x, *low]);
            let above = piece.iter().rev().map(|[x, _, high]| [*x, *high]);
            let outline = below.chain(above).collect();
            out.push(polygon(outline, Some(self.color), None));
        }
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let edges = |piece: &Vec<[f64; 3]>| {
            [1, 2].map(|edge| piece.iter().map(|span| [span[0], span[edge]]).collect())
        };
        self.pieces(frame).iter().flat_map(edges).collect()
    }

    fn key(&self, _: &Theme) -> Option<LegendEntry> {
        Some(LegendEntry::new(
            self.label.as_ref()?,
            LegendHandle::Square(self.color),
        ))
    }
}
