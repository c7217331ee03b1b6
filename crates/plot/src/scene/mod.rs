//! What lies where: the one thing that every format reads.
//!
//! All coordinates are px with y down, the origin at the top left.

pub mod color;
mod nodes;
pub mod shapes;
pub mod size;
mod way;

use crate::text::missing;
pub use color::Color;
pub(crate) use nodes::FAR;
pub use nodes::{Align, Node, Point, Polyline, Rect, Stroke, TextNode};
pub(crate) use shapes::{circle, clipped, group, label, open_lines, path, polygon, text, upwards};
use std::collections::BTreeSet;
pub use way::{GrowingPath, PathPiece};

/// A finished picture, ready to be written in any format.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width and height in px of all that follows.
    pub size: [f64; 2],
    /// Px of the written picture to one px of the scene: 1 but where a size of its own is asked for.
    pub scale: f64,
    /// One line that names the picture.
    pub title: String,
    /// What the picture shows, for those who cannot see it.
    pub description: String,
    /// How the picture was made, in any text: it goes into every format, and
    /// [`recipe_of`](crate::formats::recipe::recipe_of) reads it back.
    pub recipe: Option<String>,
    /// Painted behind everything.
    pub background: Color,
    /// Painted in this order.
    pub nodes: Vec<Node>,
}

impl Scene {
    /// Paper without anything on it.
    pub fn blank(size: [f64; 2], background: Color) -> Self {
        Self {
            size,
            scale: 1.0,
            title: String::new(),
            description: String::new(),
            recipe: None,
            background,
            nodes: Vec::new(),
        }
    }

    /// A picture of this size with a title, with what it shows in words, and with nodes on it.
    pub(crate) fn titled(
        size: [f64; 2],
        [title, description]: [&String; 2],
        background: Color,
        nodes: Vec<Node>,
    ) -> Self {
        Self {
            title: title.clone(),
            description: description.clone(),
            nodes,
            ..Self::blank(size, background)
        }
    }

    /// The same picture, so many times as large when it is written.
    #[must_use]
    pub fn magnified(self, by: f64) -> Self {
        Self {
            scale: self.scale * by,
            ..self
        }
    }

    /// The smallest font size in px of the written picture; none where it has no text.
    pub fn least_text(&self) -> Option<f64> {
        let mut least = f64::INFINITY;
        for_each_text(&self.nodes, &mut |line| least = least.min(line.size));
        least.is_finite().then_some(least * self.scale)
    }

    /// The characters of its texts that the embedded font lacks, each once, ascending: they are drawn as boxes.
    pub fn missing_characters(&self) -> BTreeSet<char> {
        let mut found = BTreeSet::new();
        for_each_text(&self.nodes, &mut |line| found.extend(missing(&line.text)));
        found
    }

    /// Width and height in px of the written picture.
    pub fn px(&self) -> [f64; 2] {
        self.size.map(|px| px * self.scale)
    }
}

/// Visits every line of text in nodes and the groups among them.
fn for_each_text<'a>(nodes: &'a [Node], visit: &mut impl FnMut(&'a TextNode)) {
    for node in nodes {
        match node {
            Node::Text(line) => visit(line),
            Node::Group { nodes, .. } => for_each_text(nodes, visit),
            Node::Path { .. } | Node::Circle { .. } => {}
        }
    }
}
