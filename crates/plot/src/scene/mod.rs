//! Scenes: laid-out pictures, the input of all formats.
//!
//! Coordinates are in px. The origin is at the top left, and y increases downward.

mod bounds;
pub mod color;
mod growing_path;
mod nodes;
mod placed;
pub mod shapes;
pub mod size;

use crate::text::missing;
pub(crate) use bounds::bounded;
pub use color::Color;
pub use growing_path::{GrowingPath, PathPiece};
pub(crate) use nodes::FAR;
pub use nodes::{Align, Node, Point, Polyline, Rect, Stroke, TextNode};
pub use placed::placed;
pub(crate) use shapes::{circle, clipped, group, label, open_lines, path, polygon, text, upwards};
use std::collections::BTreeSet;

/// A finished picture, ready to be written in any format.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width and height in px of the layout.
    pub size: [f64; 2],
    /// Scale of the output: px of the written picture per px of the scene.
    pub scale: f64,
    /// Title, one line.
    pub title: String,
    /// Alternative text.
    pub description: String,
    /// Recipe: a text that describes how the picture was made. Every format stores it, and
    /// [`recipe_of`](crate::formats::recipe::recipe_of) reads it back.
    pub recipe: Option<String>,
    /// Background color.
    pub background: Color,
    /// Nodes from back to front.
    pub nodes: Vec<Node>,
}

impl Scene {
    /// Creates an empty scene.
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

    /// Creates a scene with this size, title, alternative text, and nodes.
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

    /// Returns the scene with everything except its nodes.
    fn without_nodes(&self) -> Self {
        Self {
            size: self.size,
            scale: self.scale,
            title: self.title.clone(),
            description: self.description.clone(),
            recipe: self.recipe.clone(),
            background: self.background,
            nodes: Vec::new(),
        }
    }

    /// Returns the scene with its output scale multiplied by a factor.
    #[must_use]
    pub fn magnified(self, by: f64) -> Self {
        Self {
            scale: self.scale * by,
            ..self
        }
    }

    /// Returns the smallest font size in px of the written picture, or `None` without text.
    pub fn least_text(&self) -> Option<f64> {
        let mut least = f64::INFINITY;
        for_each_text(&self.nodes, &mut |line| least = least.min(line.size));
        least.is_finite().then_some(least * self.scale)
    }

    /// Returns the characters that the embedded font lacks, each once, ascending. They are drawn as boxes.
    pub fn missing_characters(&self) -> BTreeSet<char> {
        let mut found = BTreeSet::new();
        for_each_text(&self.nodes, &mut |line| found.extend(missing(&line.text)));
        found
    }

    /// Returns the width and height in px of the written picture.
    pub fn px(&self) -> [f64; 2] {
        self.size.map(|px| px * self.scale)
    }
}

/// Visits every text node, including those in groups.
fn for_each_text<'a>(nodes: &'a [Node], visit: &mut impl FnMut(&'a TextNode)) {
    for node in nodes {
        match node {
            Node::Text(line) => visit(line),
            Node::Group { nodes, .. } => for_each_text(nodes, visit),
            Node::Path { .. } | Node::Circle { .. } => {}
        }
    }
}
