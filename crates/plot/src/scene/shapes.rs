//! Constructors of nodes, and geometry of rectangles and lines.

use super::{
    color::Color,
    nodes::{Align, Node, Point, Polyline, Rect, Stroke, TextNode},
};
use crate::text::composed;
use thalweg::error::printable;

impl Rect {
    /// Creates a rectangle from its top left corner and its size.
    pub const fn new([left, top]: Point, [width, height]: [f64; 2]) -> Self {
        Self {
            left,
            top,
            width,
            height,
        }
    }

    /// Creates a rectangle from its center and its size.
    pub fn around([x, y]: Point, [width, height]: [f64; 2]) -> Self {
        Self::new([x - width / 2.0, y - height / 2.0], [width, height])
    }

    /// Returns the center.
    pub fn middle(&self) -> Point {
        [self.left + self.width / 2.0, self.top + self.height / 2.0]
    }

    /// Returns the right edge.
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Returns the bottom edge.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Returns whether a point lies inside or on the edge.
    pub fn contains(&self, [x, y]: Point) -> bool {
        (self.left..=self.right()).contains(&x) && (self.top..=self.bottom()).contains(&y)
    }

    /// Whether another rectangle lies inside or on the edge.
    pub fn encloses(&self, other: &Self) -> bool {
        self.contains([other.left, other.top]) && self.contains([other.right(), other.bottom()])
    }

    /// Returns whether two rectangles overlap.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right()
            && other.left < self.right()
            && self.top < other.bottom()
            && other.top < self.bottom()
    }

    /// Returns the rectangle expanded by a margin on every side. A negative margin shrinks it.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        let size = [self.width, self.height].map(|side| side + 2.0 * by);
        Self::new([self.left - by, self.top - by], size)
    }

    /// Returns the rectangle moved to the right and down, in px.
    #[must_use]
    pub fn moved(self, [right, down]: Point) -> Self {
        Self {
            left: self.left + right,
            top: self.top + down,
            ..self
        }
    }

    /// Returns whether the segment from `a` to `b` intersects the rectangle.
    pub fn meets(&self, a: Point, b: Point) -> bool {
        self.part_of(a, b).is_some()
    }

    /// Returns the part of the segment from `a` to `b` in the rectangle, as two fractions of its length.
    pub fn part_of(&self, a: Point, b: Point) -> Option<[f64; 2]> {
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        let edges = [(self.left, self.right()), (self.top, self.bottom())];
        for (axis, (low, high)) in edges.into_iter().enumerate() {
            let way = b[axis] - a[axis];
            if way == 0.0 {
                if a[axis] < low || a[axis] > high {
                    return None;
                }
                continue;
            }
            let (s, t) = ((low - a[axis]) / way, (high - a[axis]) / way);
            enter = enter.max(s.min(t));
            leave = leave.min(s.max(t));
        }
        (enter <= leave).then_some([enter, leave])
    }

    /// Returns the parts of a polyline in the rectangle. A corner that is not finite is a gap.
    pub fn pieces_of(&self, line: &[Point]) -> Vec<Vec<Point>> {
        let mut pieces: Vec<Vec<Point>> = Vec::new();
        for pair in line.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            if !pair.iter().flatten().all(|v| v.is_finite()) {
                continue;
            }
            let Some([s, t]) = self.part_of(a, b) else {
                continue;
            };
            let at = |t: f64| match t {
                0.0 => a,
                1.0 => b,
                _ => [0, 1].map(|i| a[i] + t * (b[i] - a[i])),
            };
            match pieces.last_mut() {
                Some(piece) if piece.last() == Some(&at(s)) => piece.push(at(t)),
                _ => pieces.push(vec![at(s), at(t)]),
            }
        }
        pieces
    }

    pub(crate) fn corners(&self) -> Vec<Point> {
        let (l, t, r, b) = (self.left, self.top, self.right(), self.bottom());
        vec![[l, t], [r, t], [r, b], [l, b]]
    }

    /// Creates a node from the rectangle.
    pub fn node(&self, fill: Option<Color>, stroke: Option<Stroke>) -> Node {
        polygon(self.corners(), fill, stroke)
    }
}

impl Polyline {
    /// Creates a closed line.
    pub const fn closed(points: Vec<Point>) -> Self {
        let closed = true;
        Self { points, closed }
    }

    /// Creates an open line.
    pub const fn open(points: Vec<Point>) -> Self {
        let closed = false;
        Self { points, closed }
    }

    /// Returns whether the line encloses an area: it is closed, and all corners are finite.
    pub(crate) fn has_inside(&self) -> bool {
        self.closed && self.points.iter().all(is_finite)
    }

    /// Visits the parts between corners that are not finite, and whether each part is closed.
    pub(crate) fn for_each_part(&self, mut visit: impl FnMut(&[Point], bool)) {
        let is_hole = |p: &Point| !is_finite(p);
        let Some(hole) = self.points.iter().position(is_hole) else {
            return visit(&self.points, self.closed);
        };
        // A broken closed line continues across its end, so begin after a gap.
        let begin = if self.closed { hole } else { 0 };
        let around = [&self.points[begin..], &self.points[..begin]].concat();
        around.split(is_hole).for_each(|part| visit(part, false));
    }
}

impl Stroke {
    /// Creates a solid stroke.
    pub const fn new(color: Color, width: f64) -> Self {
        Self {
            color,
            width,
            dash: None,
        }
    }

    /// Returns the stroke with dashes.
    #[must_use]
    pub const fn dashed(self, dash: [f64; 2]) -> Self {
        Self {
            dash: Some(dash),
            ..self
        }
    }
}

fn is_finite(p: &Point) -> bool {
    p.iter().all(|px| px.is_finite())
}

/// Creates a closed line.
pub fn polygon(points: Vec<Point>, fill: Option<Color>, stroke: Option<Stroke>) -> Node {
    path(vec![Polyline::closed(points)], fill, stroke)
}

/// Creates open or closed lines. Overlapping closed lines are filled by the even-odd rule.
pub fn path(lines: Vec<Polyline>, fill: Option<Color>, stroke: Option<Stroke>) -> Node {
    Node::Path {
        lines,
        fill,
        stroke,
    }
}

/// Creates a disc or a ring.
pub fn circle(center: Point, radius: f64, fill: Option<Color>, stroke: Option<Stroke>) -> Node {
    Node::Circle {
        center,
        radius,
        fill,
        stroke,
    }
}

/// Creates open lines with the same stroke.
pub fn open_lines(lines: impl IntoIterator<Item = Vec<Point>>, stroke: Stroke) -> Node {
    let lines = lines.into_iter().map(Polyline::open);
    path(lines.collect(), None, Some(stroke))
}

/// Creates a group with an id and without a clip.
pub fn group(id: &str, nodes: Vec<Node>) -> Node {
    let (id, clip) = (id.to_owned(), None);
    Node::Group { id, clip, nodes }
}

/// Creates a group with an id, which may be empty, that is clipped to a rectangle.
pub fn clipped(id: &str, edge: Rect, nodes: Vec<Node>) -> Node {
    let (id, clip) = (id.to_owned(), Some(edge));
    Node::Group { id, clip, nodes }
}

/// Creates a node of horizontal text without a halo.
pub fn label(at: Point, words: impl Into<String>, size: f64, color: Color, align: Align) -> Node {
    Node::Text(text(at, words, size, color, align))
}

/// Creates a node of text that runs upward, centered at a point.
pub fn upwards(at: Point, words: impl Into<String>, size: f64, color: Color) -> Node {
    Node::Text(TextNode {
        turn: -90.0,
        ..text(at, words, size, color, Align::Middle)
    })
}

/// Creates horizontal text without a halo. Control characters in names, which a terminal would obey, are escaped.
pub fn text(
    at: Point,
    words: impl Into<String>,
    size: f64,
    color: Color,
    align: Align,
) -> TextNode {
    TextNode {
        at,
        text: printable(&composed(&words.into())).into_owned(),
        size,
        color,
        align,
        turn: 0.0,
        halo: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_clipped_and_broken_at_nan() {
        let square = Rect {
            left: 0.0,
            top: 0.0,
            width: 4.0,
            height: 4.0,
        };
        let through = [[-2.0, 2.0], [1.0, 2.0], [2.0, 3.0], [2.0, 9.0], [3.0, 3.0]];
        let expected = [
            vec![[0.0, 2.0], [1.0, 2.0], [2.0, 3.0], [2.0, 4.0]],
            vec![[2.0 + 5.0 / 6.0, 4.0], [3.0, 3.0]],
        ];
        assert_eq!(square.pieces_of(&through), expected);
        let broken = [
            [1.0, 1.0],
            [f64::NAN, 1.0],
            [2.0, f64::INFINITY],
            [3.0, 3.0],
        ];
        assert!(square.pieces_of(&broken).is_empty());
        assert!(square.pieces_of(&[[9.0, 9.0], [8.0, 9.0]]).is_empty());
    }
}
