//! What can be drawn between the axes, one file each.

mod contour;
mod dots;
mod step_numbers;
mod trajectory;

pub use contour::{ContourLine, FilledContour, even_levels};
pub use dots::{Dots, Glyph, Point, draw_glyph};
pub use step_numbers::StepNumbers;
pub use trajectory::Trajectory;
