//! Optimizers whose directions do not undo what earlier ones gained.

mod beta;
mod conjugate_gradient;

pub use beta::Beta;
pub use conjugate_gradient::{ConjugateGradient, State as ConjugateGradientState};
