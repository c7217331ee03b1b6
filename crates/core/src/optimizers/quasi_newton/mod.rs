//! Optimizers that learn the curvature from the gradients that they meet.

mod bfgs;
mod dfp;
mod lbfgs;
mod psb;
mod secant;
mod sr1;

pub use bfgs::Bfgs;
pub use dfp::Dfp;
pub use lbfgs::{Lbfgs, State as LbfgsState};
pub use psb::Psb;
pub use secant::{LastStep, Secant, State as SecantState};
pub use sr1::Sr1;
