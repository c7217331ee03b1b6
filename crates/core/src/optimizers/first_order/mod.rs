//! First-order optimizers that use the gradient directly or through a velocity.

mod averaged_sgd;
mod gradient_descent;
mod momentum;
mod nesterov;
mod nesterov_lookahead;

pub use self::{
    averaged_sgd::AveragedSgd, gradient_descent::GradientDescent, momentum::Momentum,
    nesterov::Nesterov, nesterov_lookahead::NesterovLookahead,
};
