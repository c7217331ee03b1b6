//! The nodes of a scene.

use super::color::Color;

/// Limit of coordinates in px. Larger coordinates are clamped: no picture shows them, and rasterizers use f32.
pub(crate) const FAR: f64 = 1e7;

/// A point in px.
pub type Point = [f64; 2];

/// One node of a scene.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A group of nodes, optionally clipped to a rectangle.
    Group {
        /// Stable id of the part; may be empty.
        id: String,
        /// Clip rectangle.
        clip: Option<Rect>,
        /// Nodes from back to front.
        nodes: Vec<Node>,
    },
    /// Open or closed lines; overlapping closed ones fill by the even-odd rule.
    Path {
        /// The lines.
        lines: Vec<Polyline>,
        /// Fill color of the closed lines.
        fill: Option<Color>,
        /// Stroke of the lines.
        stroke: Option<Stroke>,
    },
    /// A disc or a ring.
    Circle {
        /// Center.
        center: Point,
        /// Radius in px.
        radius: f64,
        /// Fill color.
        fill: Option<Color>,
        /// Stroke of the outline.
        stroke: Option<Stroke>,
    },
    /// One line of text.
    Text(TextNode),
}

/// A sequence of corners connected by straight lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Polyline {
    /// The corners.
    pub points: Vec<Point>,
    /// Whether the last corner is connected to the first.
    pub closed: bool,
}

/// The style of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Color.
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
    /// Text.
    pub text: String,
    /// Font size in px.
    pub size: f64,
    /// Color.
    pub color: Color,
    /// Position of the anchor in the text.
    pub align: Align,
    /// Rotation about the anchor in degrees, clockwise.
    pub turn: f64,
    /// Outline behind the letters, which makes them readable on any background.
    pub halo: Option<Stroke>,
}

/// The position of the anchor in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// An axis-aligned rectangle in px.
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
