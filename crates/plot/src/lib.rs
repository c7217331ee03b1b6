//! Figures of training algorithms.
//!
//! A [`Figure`](figure::Figure), [`BarChart`](bars::BarChart) or [`Surface`](surface::Surface) says what to show;
//! its `scene` says what lies where, in px; the [`formats`] make bytes of a scene, or of an
//! [`Animation`](animation::Animation) over one. The crate knows traces and fields, but no optimizer and no problem by
//! name.

pub mod animation;
mod axis;
pub mod bare_map;
pub mod bars;
pub mod color;
pub mod color_bar;
pub mod contour;
mod error;
pub mod figure;
pub mod formats;
pub mod inset;
pub mod legend;
pub mod levels;
pub mod marks;
pub mod page;
pub mod panels;

pub mod prose;
mod quantile;
mod raster;
pub mod scale;
pub mod scene;
pub mod shapes;
pub mod size;
pub mod stack;
pub mod surface;
pub mod text;
pub mod theme;
pub mod view;
pub mod vision;

pub use error::Error;
