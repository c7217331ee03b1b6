//! Pictures as text for terminals.

pub mod blocks;
pub mod kitty;
pub mod sixel;
pub mod text_map;
