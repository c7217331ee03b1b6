//! Functions of two weights that are written once, as a formula, and evaluated with their derivatives; and the language
//! in which users and step explanations write formulas.
//!
//! Text becomes words (`token`), words a [`tree`] ([`parse`]), a tree a [`tape`]: the list of operations that is
//! evaluated for plain numbers, SIMD registers, and [`dual`] numbers alike.

pub mod dual;
pub mod formula;
pub mod parse;
pub mod surface;
pub mod tape;
mod token;
pub mod tree;
