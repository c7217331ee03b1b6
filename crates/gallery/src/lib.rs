//! Ready-made figures. Each figure is a catalog entry with an example.

pub mod animation;
pub mod article;
mod drawing;
pub mod figures;
mod form;
pub mod html;
pub mod map;
mod maps;
mod parts;
mod prelude;
mod subject;
pub mod words;

pub use figures::comparison;
pub use maps::{setting_map, start_map};
pub use subject::colors;

/// Compiles and runs the examples of CONTRIBUTING.md as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../../CONTRIBUTING.md")]
struct Contributing;
