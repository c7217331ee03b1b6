//! What a scene is made of.

use super::color::Color;

/// How far from the origin coordinates go, in px: beyond it all are the same. No picture shows them, and rasterizers count
/// in f32.
pub(crate) const FAR: f64 = 1e7;

/// A point in px.
pub type Point = [f64; 2];

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
        lines: Vec<Polyline>,
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
    Text(TextNode),
}

/// A sequence of corners joined by straight lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Polyline {
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
pub struct TextNode {
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
