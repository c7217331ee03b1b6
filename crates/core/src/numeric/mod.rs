//! Numerical functions that give the same bits on every machine.

pub mod bytes;
pub mod float;
pub mod linalg;
pub mod matrix;
pub mod number;
pub mod random;
