//! Second-order optimizers, which evaluate the Hessian or the Jacobian of the residuals.

mod adahessian;
mod cubic_newton;
mod diagonal_source;
mod gauss_newton;
mod hessian_diagonal;
mod levenberg_marquardt;
mod model_step;
mod newton;
mod newton_cg;
mod normal_equations;
mod sophia;
mod trust_region;

pub use self::{
    adahessian::AdaHessian, cubic_newton::CubicNewton, diagonal_source::DiagonalSource,
    gauss_newton::GaussNewton, hessian_diagonal::HessianDiagonal,
    levenberg_marquardt::LevenbergMarquardt, levenberg_marquardt::ResidualKind, newton::Newton,
    newton_cg::FirstStep, newton_cg::NewtonCg, normal_equations::NormalEquations, sophia::Sophia,
    trust_region::Subproblem, trust_region::TrustRegion,
};
