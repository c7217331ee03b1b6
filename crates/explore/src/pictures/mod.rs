//! What the page draws: the map as outlines, and figures of the gallery.

pub mod chart;
pub mod map;
pub mod picture;
