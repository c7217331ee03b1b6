//! File formats of scenes and animations.
//!
//! - [`svg`]: small, readable text. It never fails: nodes with coordinates that are not finite are omitted.
//! - [`png`]: pixels, equal on every machine.
//! - [`pdf`]: vector graphics with searchable text and an embedded font.
//! - [`canvas`]: drawing commands, which a page executes.
//!
//! Formats for terminals:
//!
//! - [`blocks`]: two pixels per character, with or without colors.
//! - [`kitty`]: a PNG in the kitty graphics protocol.
//! - [`sixel`]: pixels in bands of six rows.
//!
//! - [`recipe`]: reads the recipe of a picture from a file.
//!
//! Formats of [`animation`](crate::animation)s, written frame by frame:
//!
//! - [`gif`]: supported everywhere, with up to 255 colors.
//! - [`apng`]: exact colors.
//! - `mp4`, with the feature of this name: H.264.
//!
//! The same scene always gives the same bytes.

pub mod apng;
pub mod canvas;
pub mod gif;
mod lzw;
#[cfg(feature = "mp4")]
pub mod mp4;
mod palette;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod png;
pub mod recipe;
pub mod svg;
pub mod terminal;
mod zlib;

pub use palette::MAX_COLORS;
pub use terminal::{blocks, kitty, sixel};
