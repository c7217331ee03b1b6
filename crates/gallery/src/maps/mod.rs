//! Pictures of what many runs came to: from every start of a window, with every value of a setting or two.

mod axis;
mod coloring;
pub mod setting_map;
pub mod start_map;
mod thinning;
