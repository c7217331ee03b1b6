//! Ready-made figures: one function is one picture, one example and one test.

pub mod animation;
pub mod article;
mod drawing;
pub mod figures;
mod form;
pub mod html;
pub mod map;
mod parts;
pub mod setting_map;
pub mod start_map;
mod subject;
pub mod words;

pub use subject::colors;
