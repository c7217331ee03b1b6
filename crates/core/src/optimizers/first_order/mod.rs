//! Optimizers that follow the gradient itself, or its direction.

mod averaged_sgd;
mod gradient_descent;
mod momentum;
mod nesterov;
mod nesterov_lookahead;

pub use averaged_sgd::{AveragedSgd, State as AveragedSgdState};
pub use gradient_descent::GradientDescent;
pub use momentum::{Momentum, State as MomentumState};
pub use nesterov::{Nesterov, State as NesterovState};
pub use nesterov_lookahead::{NesterovLookahead, State as NesterovLookaheadState};
