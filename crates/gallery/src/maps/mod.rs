//! Maps of the results of many runs: from every initial point of a window, or with every value of one or two settings.

mod axis;
mod coloring;
pub mod setting_map;
pub mod start_map;
mod thinning;
