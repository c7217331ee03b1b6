//! A path that grows step by step, in px.

use super::{color::Color, nodes::Point};

/// A path that grows step by step.
pub struct GrowingPath<'a> {
    /// Color of the line.
    pub color: Color,
    /// Color of the casing, which makes the line stand out from the background.
    pub casing: Color,
    /// Width of the line in px.
    pub width: f64,
    /// Visible width of the casing on each side in px.
    pub margin: f64,
    /// Returns the piece that a step adds. Steps are counted from 0.
    pub step: Box<dyn Fn(usize) -> PathPiece + 'a>,
}

/// The piece that one step adds to a path, in px.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathPiece {
    /// Lines with the width of the path.
    pub lines: Vec<Vec<Point>>,
    /// The dashes of the lines, if the path is dashed; the casing is below the whole lines.
    pub dashes: Option<Vec<Vec<Point>>>,
    /// A filled polygon, such as the head of an arrow.
    pub head: Option<Vec<Point>>,
}
