//! Bounds of coordinates: no format receives a node far outside of the page.

use super::{
    Scene,
    nodes::{Node, Point, Polyline, Rect, TextNode},
};
use crate::text::width;
use std::borrow::Cow;

impl Scene {
    /// Returns the page and its surroundings: the page itself, with its longer side as a margin.
    pub(crate) fn surroundings(&self) -> Rect {
        let size = self.size.map(|px| if px > 0.0 { px.min(1e6) } else { 0.0 });
        Rect::new([0.0; 2], size).grown(size[0].max(size[1]))
    }

    /// Returns the scene without anything outside of the page's [surroundings](Self::surroundings): lines and areas are
    /// clipped, and circles and texts are omitted.
    ///
    /// A run that diverges has points at any distance. Some readers of a format refuse such coordinates, and single
    /// precision loses the direction of such a line.
    pub(crate) fn bounded(&self) -> Cow<'_, Self> {
        match bounded(&self.nodes, self.surroundings()) {
            Cow::Borrowed(_) => Cow::Borrowed(self),
            Cow::Owned(nodes) => Cow::Owned(Self {
                nodes,
                ..self.without_nodes()
            }),
        }
    }
}

/// Returns the nodes without anything outside of a rectangle.
pub(crate) fn bounded(nodes: &[Node], room: Rect) -> Cow<'_, [Node]> {
    if nodes.iter().all(|node| is_within(node, room)) {
        return Cow::Borrowed(nodes);
    }
    nodes
        .iter()
        .filter_map(|node| within(node, room))
        .collect::<Vec<_>>()
        .into()
}

/// Returns whether a node lies inside of a rectangle. Points that are not finite are left to the formats, which omit
/// them.
fn is_within(node: &Node, room: Rect) -> bool {
    match node {
        Node::Group { clip, nodes, .. } => {
            let clips = clip.filter(is_finite);
            clips.is_none_or(|clip| room.encloses(&clip))
                && nodes.iter().all(|node| is_within(node, room))
        }
        Node::Path { lines, .. } => lines.iter().all(|line| is_line_within(line, room)),
        Node::Circle { center, radius, .. } => {
            let reach = Rect::around(*center, [2.0 * radius; 2]);
            !is_finite(&reach) || room.encloses(&reach)
        }
        Node::Text(text) => {
            let reach = reach(text);
            !is_finite(&reach) || room.overlaps(&reach)
        }
    }
}

fn is_line_within(line: &Polyline, room: Rect) -> bool {
    let mut finite = line
        .points
        .iter()
        .filter(|p| p.iter().all(|px| px.is_finite()));
    finite.all(|p| room.contains(*p))
}

/// Returns the part of a node inside of a rectangle. A circle is either kept or omitted.
fn within(node: &Node, room: Rect) -> Option<Node> {
    if is_within(node, room) {
        return Some(node.clone());
    }
    match node {
        Node::Group { id, clip, nodes } => {
            let clip = clip.map(|clip| {
                if is_finite(&clip) {
                    common(clip, room)
                } else {
                    clip
                }
            });
            Some(Node::Group {
                id: id.clone(),
                clip,
                nodes: bounded(nodes, room).into_owned(),
            })
        }
        Node::Path {
            lines,
            fill,
            stroke,
        } => {
            let lines: Vec<Polyline> = lines.iter().flat_map(|line| clipped(line, room)).collect();
            let (fill, stroke) = (*fill, *stroke);
            (!lines.is_empty()).then_some(Node::Path {
                lines,
                fill,
                stroke,
            })
        }
        Node::Circle { center, radius, .. } => {
            let reach = Rect::around(*center, [2.0 * radius; 2]);
            let is_small = reach.width <= room.width && reach.height <= room.height;
            (is_small && room.overlaps(&reach)).then(|| node.clone())
        }
        Node::Text(_) => None,
    }
}

/// Returns a square that contains a text at any rotation.
fn reach(text: &TextNode) -> Rect {
    let reach = width(&text.text, text.size) + text.size;
    Rect::around(text.at, [2.0 * reach; 2])
}

fn is_finite(rect: &Rect) -> bool {
    [rect.left, rect.top, rect.width, rect.height]
        .iter()
        .all(|px| px.is_finite())
}

/// Returns the common part of two rectangles, which may have no area.
fn common(a: Rect, b: Rect) -> Rect {
    let corner = [a.left.max(b.left), a.top.max(b.top)];
    let end = [a.right().min(b.right()), a.bottom().min(b.bottom())];
    Rect::new(corner, [0, 1].map(|i| (end[i] - corner[i]).max(0.0)))
}

/// Returns the parts of a line inside of a rectangle.
fn clipped(line: &Polyline, room: Rect) -> Vec<Polyline> {
    if is_line_within(line, room) {
        return vec![line.clone()];
    }
    let sides = sides(room);
    if line.has_inside() {
        let corners = clipped_area(&line.points, &sides);
        let area = (corners.len() > 2).then(|| Polyline::closed(corners));
        return area.into_iter().collect();
    }
    let mut parts: Vec<Vec<Point>> = Vec::new();
    line.for_each_part(|points, closed| {
        let closing = closed.then(|| [points[points.len() - 1], points[0]]);
        let pairs = points.windows(2).map(|pair| [pair[0], pair[1]]);
        for pair in pairs.chain(closing) {
            let Some([from, to]) = clipped_segment(pair, &sides) else {
                continue;
            };
            match parts.last_mut() {
                Some(part) if part.last() == Some(&from) => part.push(to),
                _ => parts.push(vec![from, to]),
            }
        }
    });
    parts.into_iter().map(Polyline::open).collect()
}

/// One side of a rectangle, and the half-plane inside of it.
struct Side {
    axis: usize,
    edge: f64,
    sign: f64,
}

fn sides(room: Rect) -> [Side; 4] {
    let [left, top] = [room.left, room.top];
    [
        (0, left, 1.0),
        (0, room.right(), -1.0),
        (1, top, 1.0),
        (1, room.bottom(), -1.0),
    ]
    .map(|(axis, edge, sign)| Side { axis, edge, sign })
}

impl Side {
    fn contains(&self, p: Point) -> bool {
        self.sign * (p[self.axis] - self.edge) >= 0.0
    }

    /// Returns where the line from a point inside to a point outside crosses the edge.
    fn crossing(&self, inside: Point, outside: Point) -> Point {
        // Half of each, so that differences of the largest numbers are finite.
        let way = [0, 1].map(|i| outside[i] / 2.0 - inside[i] / 2.0);
        let share = (self.edge / 2.0 - inside[self.axis] / 2.0) / way[self.axis];
        let mut at = [0, 1].map(|i| inside[i] + 2.0 * (share * way[i]));
        at[self.axis] = self.edge;
        at
    }
}

/// Returns the part of a segment on the inner side of all sides.
fn clipped_segment([mut from, mut to]: [Point; 2], sides: &[Side]) -> Option<[Point; 2]> {
    for side in sides {
        match [side.contains(from), side.contains(to)] {
            [true, true] => {}
            [true, false] => to = side.crossing(from, to),
            [false, true] => from = side.crossing(to, from),
            [false, false] => return None,
        }
    }
    Some([from, to])
}

/// Returns the corners of the part of an area inside of a rectangle, by the algorithm of Sutherland and Hodgman.
fn clipped_area(corners: &[Point], sides: &[Side]) -> Vec<Point> {
    let mut kept = corners.to_vec();
    for side in sides {
        let Some(mut before) = kept.last().copied() else {
            break;
        };
        let mut next = Vec::with_capacity(kept.len() + 4);
        for corner in kept {
            match [side.contains(before), side.contains(corner)] {
                [true, true] => next.push(corner),
                [true, false] => next.push(side.crossing(before, corner)),
                [false, true] => next.extend([side.crossing(corner, before), corner]),
                [false, false] => {}
            }
            before = corner;
        }
        kept = next;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Align, Stroke, circle, group, label};
    use crate::scene::{Color, open_lines, polygon, shapes};

    const BLACK: Color = Color::hex(0);

    fn scene(nodes: Vec<Node>) -> Scene {
        Scene {
            nodes,
            ..Scene::blank([60.0, 40.0], BLACK)
        }
    }

    #[test]
    fn a_scene_near_its_page_is_unchanged() {
        let line = vec![[-59.0, 3.0], [f64::NAN, 1e300], [119.0, 99.0]];
        let scene = scene(vec![
            open_lines([line], Stroke::new(BLACK, 1.0)),
            circle([60.0, 40.0], 4.0, Some(BLACK), None),
            label([-10.0, 10.0], "words", 12.0, BLACK, Align::End),
        ]);
        assert!(matches!(scene.bounded(), Cow::Borrowed(_)));
    }

    #[test]
    fn lines_and_areas_are_clipped_to_the_surroundings() {
        let far = [[-1e308, 20.0], [1e308, 20.0], [1e12, f64::INFINITY]];
        let area = vec![[0.0, 0.0], [1e12, 0.0], [1e12, 1e12], [0.0, 1e12]];
        let nodes = vec![
            open_lines([far.to_vec()], Stroke::new(BLACK, 1.0)),
            polygon(area, Some(BLACK), None),
        ];
        let expected = vec![
            open_lines(
                [vec![[-60.0, 20.0], [120.0, 20.0]]],
                Stroke::new(BLACK, 1.0),
            ),
            polygon(
                vec![[0.0, 100.0], [0.0, 0.0], [120.0, 0.0], [120.0, 100.0]],
                Some(BLACK),
                None,
            ),
        ];
        assert_eq!(scene(nodes).bounded().nodes, expected);
    }

    #[test]
    fn far_circles_and_texts_are_omitted_in_groups_too() {
        let near = circle([5.0, 5.0], 2.0, Some(BLACK), None);
        let nodes = vec![
            circle([1e7, 5.0], 2.0, Some(BLACK), None),
            label([-1e7, 1e7], "step", 12.0, BLACK, Align::Start),
            near.clone(),
        ];
        let clip = Rect::new([-1e9, 0.0], [2e9, 10.0]);
        let nodes = vec![
            group("inner", nodes.clone()),
            shapes::clipped("outer", clip, nodes),
        ];
        let clip = Rect::new([-60.0, 0.0], [180.0, 10.0]);
        let expected = vec![
            group("inner", vec![near.clone()]),
            shapes::clipped("outer", clip, vec![near]),
        ];
        assert_eq!(scene(nodes).bounded().nodes, expected);
    }
}
