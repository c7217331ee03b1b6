//! Second-order optimizers, which evaluate the Hessian or the Jacobian of the residuals.

mod gauss_newton;
mod hessian_diagonal;
mod levenberg_marquardt;
mod newton;
mod normal_equations;

pub use self::{
    gauss_newton::GaussNewton, hessian_diagonal::HessianDiagonal,
    levenberg_marquardt::LevenbergMarquardt, levenberg_marquardt::ResidualKind, newton::Newton,
    normal_equations::NormalEquations,
};
