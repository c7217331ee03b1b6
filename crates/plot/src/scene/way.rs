//! A way that grows step by step, in px.

use super::{color::Color, nodes::Point};

/// A way that grows step by step.
pub struct GrowingPath<'a> {
    /// Colour of its line.
    pub color: Color,
    /// What makes the line stand out from the ground.
    pub casing: Color,
    /// Width of the line in px.
    pub width: f64,
    /// The casing shows by so many px on either side.
    pub margin: f64,
    /// What the step of this number adds, counted from 0.
    pub step: Box<dyn Fn(usize) -> PathPiece + 'a>,
}

/// What one step adds to a way, in px.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathPiece {
    /// Lines as wide as the way.
    pub lines: Vec<Vec<Point>>,
    /// A filled polygon, such as the head of an arrow.
    pub head: Option<Vec<Point>>,
}
