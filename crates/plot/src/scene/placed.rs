//! Scenes that are moved, scaled, or centered on a larger page.

use super::{
    Scene,
    nodes::{Node, Point, Rect, Stroke, TextNode},
    shapes::{circle, path},
};

impl Scene {
    /// Returns the scene centered on a page of this size in px of the layout. A page that is smaller than the scene is
    /// enlarged.
    #[must_use]
    pub fn centered_on(self, page: [f64; 2]) -> Self {
        let size = [0, 1].map(|i| page[i].max(self.size[i]));
        let by = [0, 1].map(|i| ((size[i] - self.size[i]) / 2.0).round());
        if by == [0.0; 2] {
            return Self { size, ..self };
        }
        let nodes = placed(self.nodes, by, 1.0, "");
        Self {
            size,
            nodes,
            ..self
        }
    }
}

/// Returns the nodes of a scene, scaled by `scale`, then moved by `by` px. A prefix makes their ids distinct from those of
/// other parts.
pub fn placed(nodes: Vec<Node>, by: [f64; 2], scale: f64, prefix: &str) -> Vec<Node> {
    let at = |[x, y]: Point| [scale * x + by[0], scale * y + by[1]];
    let thick = |stroke: Stroke| Stroke {
        width: scale * stroke.width,
        dash: stroke.dash.map(|dash| dash.map(|px| scale * px)),
        ..stroke
    };
    let rect = |rect: Rect| {
        let size = [rect.width, rect.height].map(|side| scale * side);
        Rect::new(at([rect.left, rect.top]), size)
    };
    let node = |node| match node {
        Node::Group { id, clip, nodes } => Node::Group {
            id: if id.is_empty() {
                id
            } else {
                format!("{prefix}{id}")
            },
            clip: clip.map(rect),
            nodes: placed(nodes, by, scale, prefix),
        },
        Node::Path {
            mut lines,
            fill,
            stroke,
        } => {
            for point in lines.iter_mut().flat_map(|line| &mut line.points) {
                *point = at(*point);
            }
            path(lines, fill, stroke.map(thick))
        }
        Node::Circle {
            center,
            radius,
            fill,
            stroke,
        } => circle(at(center), scale * radius, fill, stroke.map(thick)),
        Node::Text(text) => Node::Text(TextNode {
            at: at(text.at),
            size: scale * text.size,
            halo: text.halo.map(thick),
            ..text
        }),
    };
    nodes.into_iter().map(node).collect()
}
