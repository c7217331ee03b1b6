//! Functions that the command line and the page share.
//!
//! An [`Address`](address::Address) is an experiment as the text after the `#` of a page. A
//! [`Session`](session::Session) runs it in slices, so that the page remains responsive and a long run can be canceled.
//! The modules [`map`] and [`overlay`] return drawing commands, [`picture`] and [`chart`] return SVG, [`explanation`] returns
//! explanations, and [`catalog`] and [`tables`] return JSON.

pub mod address;
pub mod answer;
pub mod catalog;
pub mod json;
pub mod page;
mod pictures;
pub mod recipe;
pub mod session;
pub mod settings_tile;
pub mod shell;
pub mod tuning;
pub mod typescript;

pub use address::view_state;
pub use catalog::{changes, controls};
pub use page::{addresses, explanation, failure, menus, tables};
pub use pictures::{chart, field, map, overlay, picture, pointing, timeline};
pub use thalweg::{Error, field::Window, pick::FileContent};
pub use thalweg_gallery::figures::Playhead;
pub use thalweg_plot::{
    animation::{Loops, Region},
    formats::{canvas::Drawing, gif::GifWriter, png::with_recipe},
    theme::Theme,
};
