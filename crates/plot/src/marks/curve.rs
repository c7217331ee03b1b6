//! Line plots.

use super::overlap::Overlap;
use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;

/// Distance from the frame in px within which lines are drawn, so that their ends are outside of the picture.
const NEAR: f64 = 20.0;

/// A line through points from left to right, with gaps where a value is not finite. Of many points in one px column,
/// only the first, the lowest, the highest, and the last are drawn.
pub struct LinePlot {
    /// Points in data coordinates.
    pub points: Vec<[f64; 2]>,
    /// Points of the lines that are drawn below. Where this line coincides with them, both are visible in alternating
    /// dashes.
    pub below: Vec<Vec<[f64; 2]>>,
    /// Color and dashes.
    pub style: PathStyle,
    /// Width in px.
    pub width: f64,
    /// Label in the legend, if it has an entry.
    pub label: Option<String>,
}

impl LinePlot {
    /// Returns the pieces between the gaps, in px.
    fn pieces(&self, frame: &Frame) -> Vec<Vec<Point>> {
        pieces(&self.points, frame)
    }

    /// Returns the pieces that are drawn above the lines below.
    fn visible_pieces(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let mut overlap = Overlap::default();
        for below in &self.below {
            overlap.add(&pieces(below, frame));
        }
        let pieces = self.pieces(frame);
        let visible = pieces.iter().flat_map(|piece| overlap.visible(piece));
        visible.collect()
    }
}

/// Returns the pieces of a line between its gaps and near the frame, in px. A diverging run has points at any distance.
fn pieces(points: &[[f64; 2]], frame: &Frame) -> Vec<Vec<Point>> {
    let points = points.iter().map(|p| frame.px_from_data(p));
    let points: Vec<Point> = points.collect();
    let pieces = points.split(|p| !p.iter().all(|px| px.is_finite()));
    let pieces = pieces.filter(|piece| !piece.is_empty()).map(thinned);
    let near = frame.area.grown(NEAR);
    let near = |piece: Vec<Point>| {
        if piece.iter().all(|p| near.contains(*p)) {
            vec![piece]
        } else {
            near.pieces_of(&piece)
        }
    };
    pieces.flat_map(near).collect()
}

/// Removes points that do not change the extent of a px column.
fn thinned(piece: &[Point]) -> Vec<Point> {
    let columns = piece.chunk_by(|a, b| a[0].floor() == b[0].floor());
    let kept = columns.flat_map(|column| {
        let by_height = |i: &usize, j: &usize| column[*i][1].total_cmp(&column[*j][1]);
        let all = 0..column.len();
        let (lowest, highest) = (all.clone().max_by(by_height), all.min_by(by_height));
        let mut kept = [Some(0), lowest, highest, Some(column.len() - 1)];
        kept.sort();
        let mut kept: Vec<usize> = kept.into_iter().flatten().collect();
        kept.dedup();
        kept.into_iter().map(|i| column[i])
    });
    kept.collect()
}

impl Mark for LinePlot {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let pieces = self.visible_pieces(frame).into_iter();
        let (single, lines): (Vec<_>, Vec<_>) = pieces.partition(|piece| piece.len() == 1);
        out.push(open_lines(lines, self.style.stroke(self.width)));
        // A single point between two gaps has no line.
        let dot =
            |piece: Vec<Point>| circle(piece[0], 0.8 * self.width, Some(self.style.color), None);
        out.extend(single.into_iter().map(dot));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        self.pieces(frame)
    }

    fn key(&self, _: &Theme) -> Option<LegendEntry> {
        let sign = LegendHandle::Line(self.style.stroke(self.width), None);
        Some(LegendEntry::new(self.label.as_ref()?, sign))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Scale;

    #[test]
    fn lines_end_near_the_frame() {
        let theme = &Theme::LIGHT;
        let area = Rect::new([0.0; 2], [100.0, 100.0]);
        let frame = Frame {
            x: Scale::linear([0.0, 1.0], [0.0, 100.0]),
            y: Scale::linear([0.0, 1.0], [100.0, 0.0]),
            area,
            theme,
        };
        let points = vec![[0.0, 0.5], [0.5, 0.5], [1.0, 1e300], [2.0, 0.5]];
        let plot = LinePlot {
            below: vec![points.clone()],
            points,
            style: theme.path(0),
            width: 2.0,
            label: None,
        };
        let mut nodes = Vec::new();
        plot.draw(&frame, &mut nodes);
        let [Node::Path { lines, .. }] = &nodes[..] else {
            panic!("a curve is one path");
        };
        let room = area.grown(NEAR + 1e-6);
        assert!(
            lines
                .iter()
                .flat_map(|line| &line.points)
                .all(|p| room.contains(*p))
        );
    }

    #[test]
    fn thinning_keeps_the_extent_of_every_column() {
        let wave = |i: usize| [i as f64 / 100.0, ((i * 37) % 101) as f64];
        let piece: Vec<Point> = (0..1000).map(wave).collect();
        let thin = thinned(&piece);
        assert!(thin.len() <= 40, "{}", thin.len());
        for column in 0..10 {
            let heights = |points: &[Point]| {
                let here = points.iter().filter(|p| p[0].floor() == f64::from(column));
                let heights = here.map(|p| p[1]);
                heights.fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], v| {
                    [a.min(v), b.max(v)]
                })
            };
            assert_eq!(heights(&thin), heights(&piece));
        }
        let sparse = [[0.0, 1.0], [0.5, 3.0], [1.5, 2.0]];
        assert_eq!(thinned(&sparse), sparse);
    }
}
