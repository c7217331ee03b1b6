//! Figures of training algorithms.
//!
//! A [`Figure`](figure::Figure), [`BarChart`](bars::BarChart) or [`Surface`](surface::Surface) says what to show;
//! its `scene` says what lies where, in px; the [`formats`] make bytes of a scene, or of an
//! [`Animation`](animation::Animation) over one. The crate knows traces and fields, but no optimizer and no problem by
//! name.

pub mod animation;
pub mod contour;
mod error;
pub mod formats;
pub mod layout;
pub mod marks;
mod prelude;
pub mod raster;
pub mod scene;
pub mod surface;
pub mod text;
pub mod theme;

pub use contour::levels;
pub use error::PlotError;
pub use formats::terminal::bare_map;
pub use layout::{bars, color_bar, figure, inset, legend, page, panels, prose, scale, stack};
pub use scene::{color, shapes, size};
pub use surface::view;
pub use theme::vision;
