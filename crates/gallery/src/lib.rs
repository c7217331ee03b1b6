//! Ready-made figures: one function is one picture, one example and one test.

pub mod animation;
pub mod article;
pub mod colors;
pub mod figures;
mod form;
pub mod html;
pub mod map;
pub mod setting_map;
pub mod start_map;
pub mod words;
