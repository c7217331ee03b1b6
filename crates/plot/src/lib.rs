//! Figures of training algorithms.
//!
//! A [`Figure`](figure::Figure), [`BarChart`](bars::BarChart), or [`Surface`](surface::Surface) describes a figure. Its
//! `scene` method computes the layout in px. The [`formats`] encode a scene or an [`Animation`](animation::Animation)
//! as bytes. The crate draws traces and fields and does not depend on particular optimizers or problems.

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

pub use contour::{levels, refined};
pub use error::{KeepGoing, PlotError};
pub use formats::terminal::text_map;
pub use layout::{bars, color_bar, figure, inset, legend, page, panels, prose, scale, stack};
pub use scene::{color, shapes, size};
pub use surface::view;
pub use theme::vision;
