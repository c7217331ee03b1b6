//! What lies where: the one thing that every format reads.
//!
//! All coordinates are px with y down, the origin at the top left.

pub mod color;
pub mod shapes;
pub mod size;
mod way;

pub use color::Color;
pub use way::{Piece, Way};

/// A point in px.
pub type Point = [f64; 2];

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
        let least = least_text(&self.nodes);
        least.is_finite().then_some(least * self.scale)
    }

    /// Width and height in px of the written picture.
    pub fn px(&self) -> [f64; 2] {
        self.size.map(|px| px * self.scale)
    }
}

fn least_text(nodes: &[Node]) -> f64 {
    let size = |node: &Node| match node {
        Node::Text(text) => text.size,
        Node::Group { nodes, .. } => least_text(nodes),
        Node::Path { .. } | Node::Circle { .. } => f64::INFINITY,
    };
    nodes.iter().map(size).fold(f64::INFINITY, f64::min)
}

/// One thing to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nodes that belong together, optionally cut off at a rectangle.
    Group {
        /// A stable name of the part, empty for none.
        id: String,
        /// Nothing is painted outside.
        clip: Option<Rect>,
        /// Painted in this order.
        nodes: Vec<Node>,
    },
    /// Open or closed lines; overlapping closed ones fill by the even-odd rule.
    Path {
        /// Each a sequence of corners.
        lines: Vec<Line>,
        /// Colour of the inside of the closed lines.
        fill: Option<Color>,
        /// How the lines themselves are drawn.
        stroke: Option<Stroke>,
    },
    /// A disc or a ring.
    Circle {
        /// Centre.
        center: Point,
        /// Radius in px.
        radius: f64,
        /// Colour of the inside.
        fill: Option<Color>,
        /// How the outline is drawn.
        stroke: Option<Stroke>,
    },
    /// One line of text.
    Text(Text),
}

/// A sequence of corners joined by straight lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The corners.
    pub points: Vec<Point>,
    /// Whether the last corner is joined to the first.
    pub closed: bool,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width in px.
    pub width: f64,
    /// Lengths of dash and gap in px, if it is dashed.
    pub dash: Option<[f64; 2]>,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The anchor on the baseline.
    pub at: Point,
    /// The words.
    pub text: String,
    /// Font size in px.
    pub size: f64,
    /// Colour.
    pub color: Color,
    /// Which part of the text lies at the anchor.
    pub align: Align,
    /// Turned by this many degrees about the anchor, clockwise.
    pub turn: f64,
    /// Outline behind the letters, so that they can be read on any ground.
    pub halo: Option<Stroke>,
}

/// Which part of a text lies at its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// An upright rectangle in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}
