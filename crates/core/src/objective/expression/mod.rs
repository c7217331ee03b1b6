//! Formulas in two weights, evaluated with their derivatives, and the language of formulas in picks and step
//! explanations.
//!
//! A text is split into tokens (`token`) and parsed ([`parse`]) into a [`tree`]. The tree is recorded on a [`tape`]: a
//! list of operations that can be evaluated for plain numbers, SIMD registers, and [`dual`] numbers.

pub mod dual;
pub mod formula;
pub mod operations;
pub mod parse;
mod print;
pub mod rows;
pub mod surface;
pub mod tape;
mod token;
pub mod tree;
