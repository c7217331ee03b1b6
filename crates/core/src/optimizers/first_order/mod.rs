//! First-order optimizers that use the gradient directly or through a velocity.

mod aggregated;
mod averaged_sgd;
mod gradient_descent;
mod momentum;
mod nesterov;
mod nesterov_lookahead;
mod optimistic;
mod quasi_hyperbolic;
mod schedule_free;
mod velocity;

pub use self::{
    aggregated::AggMo, averaged_sgd::AveragedSgd, gradient_descent::GradientDescent,
    momentum::Momentum, nesterov::Nesterov, nesterov_lookahead::NesterovLookahead,
    optimistic::OptimisticGradientDescent, quasi_hyperbolic::Qhm, schedule_free::ScheduleFreeSgd,
};
pub(super) use schedule_free::{SCHEDULE_FREE_REASONS, SchedulePoints};
pub(super) use velocity::VelocityScale;
