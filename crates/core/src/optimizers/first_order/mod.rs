//! Optimizers that follow the gradient itself, or its direction.

mod gradient_descent;
mod momentum;

pub use gradient_descent::GradientDescent;
pub use momentum::{Momentum, State as MomentumState};
