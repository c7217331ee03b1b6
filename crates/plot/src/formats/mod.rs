//! A scene as bytes: one file a format, each a match over the scene's nodes or a packing of its pixels.
//!
//! - [`svg`]: text, readable and small. It never fails: what cannot be drawn (a coordinate that is no number) is left out.
//! - [`png`]: the scene's pixels, with the embedded font, the same on every machine.
//! - [`pdf`]: one page of lines and letters that can be searched and enlarged, with the glyphs that it needs.
//! - [`canvas`]: drawing commands, which a page replays.
//!
//! In a terminal a picture is text:
//!
//! - [`blocks`]: two [`pixels`] in a character, in colors or without.
//! - [`kitty`]: a PNG in kitty's protocol.
//! - [`sixel`]: pixels in six rows at a time.
//!
//! - [`recipe`]: how a picture was made, read back from the bytes of any of these.
//!
//! What moves ([`animation`](crate::animation)) is written picture by picture:
//!
//! - [`gif`]: everywhere, with up to 255 colors.
//! - [`apng`]: each pixel as it is.
//! - `mp4`, with the feature of this name: H.264.
//!
//! The same scene gives the same bytes, always.

pub mod apng;
pub mod canvas;
pub mod gif;
#[cfg(feature = "mp4")]
pub mod mp4;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod png;
pub mod recipe;
pub mod svg;
pub mod terminal;

pub use terminal::{blocks, kitty, sixel};
