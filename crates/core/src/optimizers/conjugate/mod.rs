//! Optimizers with conjugate search directions.

mod beta;
mod conjugate_gradient;

pub use self::{beta::Beta, conjugate_gradient::ConjugateGradient};
