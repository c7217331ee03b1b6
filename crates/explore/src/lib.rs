//! What the command line and the page share.
//!
//! An [`Address`](address::Address) is an experiment as the text behind a page's `#`; a
//! [`Session`](session::Session) runs it in slices, so that a page stays alive and a long run can be stopped. What is
//! drawn comes as drawing commands ([`map`], [`overlay`]) or pictures ([`picture`], [`chart`]), what is told as words ([`words`]) and JSON ([`catalog`], [`tell`]).

pub mod address;
pub mod catalog;
pub mod json;
pub mod page;
mod pictures;
pub mod session;
pub mod shell;

pub use address::seen;
pub use catalog::controls;
pub use page::{tell, words};
pub use pictures::{chart, map, overlay, picture};
pub use thalweg::{Error, field::Window, pick::FileContent};
pub use thalweg_gallery::figures::Playhead;
pub use thalweg_plot::{
    animation::{Loops, Region},
    formats::{canvas::Drawing, gif::GifWriter},
    theme::Theme,
};
