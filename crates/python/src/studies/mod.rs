//! Many runs for one question: maps and comparisons.

pub(crate) mod comparison;
pub(crate) mod maps;
