//! Marks: content between the axes, one per file.

mod arrow;
mod band;
mod clearing;
mod contour;
mod curve;
mod dot_numbers;
mod dots;
mod end;
mod heat_map;
mod line_bundle;
mod names;
mod note;
mod rectangle;
mod rule;
mod segment;
mod step_numbers;
mod strip;
mod trajectory;

pub use arrow::Arrow;
pub use band::Band;
pub use contour::{ContourLine, FilledContour, FilledRegion};
pub use curve::LinePlot;
pub use dot_numbers::DotNumbers;
pub use dots::{DataPoint, Dots, Marker, draw_glyph};
pub use end::EndMarker;
pub use heat_map::{Bands, HeatMap};
pub use line_bundle::LineBundle;
pub use names::PointLabels;
pub use note::Note;
pub use rectangle::Rectangle;
pub use rule::HorizontalLine;
pub use segment::Segment;
pub use step_numbers::StepNumbers;
pub use strip::{STRIP, SpanStrip};
pub use trajectory::Trajectory;
