//! Optimizers that ask for the curvature itself.

mod gauss_newton;
mod hessian_diagonal;
mod levenberg_marquardt;
mod newton;
mod normal_equations;

pub use gauss_newton::GaussNewton;
pub use hessian_diagonal::{HessianDiagonal, State as HessianDiagonalState};
pub use levenberg_marquardt::{LevenbergMarquardt, Residuals, State as LevenbergMarquardtState};
pub use newton::{Newton, State as NewtonState};
pub use normal_equations::NormalEquations;
