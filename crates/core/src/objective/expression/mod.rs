//! Functions of two weights that are written once, as a formula, and evaluated with their derivatives.

pub mod dual;
pub mod formula;
pub mod surface;
pub mod tape;
