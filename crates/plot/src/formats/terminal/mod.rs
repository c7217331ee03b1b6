//! Pictures in a terminal, where they are text.

pub mod bare_map;
pub mod blocks;
pub mod kitty;
pub mod sixel;
