//! Optimizers whose directions do not undo what earlier ones gained.

mod beta;
mod conjugate_gradient;

pub use self::{beta::Beta, conjugate_gradient::ConjugateGradient};
