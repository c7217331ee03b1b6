//! What can be drawn between the axes, one file each.

mod arrow;
mod contour;
mod curve;
mod dots;
mod heat_map;
mod note;
mod rectangle;
mod segment;
mod step_numbers;
mod strip;
mod threads;
mod trajectory;

pub use arrow::Arrow;
pub use contour::{ContourLine, FilledContour};
pub use curve::Curve;
pub use dots::{Dots, Glyph, Point, draw_glyph};
pub use heat_map::{Bands, HeatMap};
pub use note::Note;
pub use rectangle::Rectangle;
pub use segment::Segment;
pub use step_numbers::StepNumbers;
pub use strip::{STRIP, Strip};
pub use threads::Threads;
pub use trajectory::Trajectory;
