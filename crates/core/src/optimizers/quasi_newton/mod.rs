//! Quasi-Newton methods, which approximate the curvature from gradients.

mod bfgs;
mod dfp;
mod lbfgs;
mod psb;
mod secant;
mod sr1;

pub use self::{
    bfgs::Bfgs, dfp::Dfp, lbfgs::Lbfgs, psb::Psb, secant::Approximation, secant::LastStep,
    secant::Secant, sr1::Sr1,
};
