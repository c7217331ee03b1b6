//! Drawings of the page: maps as drawing commands, and figures of the gallery.

mod axes;
pub mod chart;
pub mod field;
pub mod map;
pub mod overlay;
pub mod picture;
pub mod pointing;
pub mod timeline;
