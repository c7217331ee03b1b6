//! Pictures as text for terminals.

pub mod bare_map;
pub mod blocks;
pub mod kitty;
pub mod sixel;
