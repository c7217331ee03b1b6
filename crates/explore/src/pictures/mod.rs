//! What the page draws: the map as drawing commands, and figures of the gallery.

pub mod chart;
pub mod map;
pub mod overlay;
pub mod picture;
