//! Optimizers that treat the weights of a matrix together, not one by one.

pub mod auxiliary;
mod galore;
mod kron;
mod muon;
mod orthogonalization;
mod shampoo;
mod shared;
mod soap;
mod spectral_descent;

pub use auxiliary::AuxiliaryAdamW;
pub use galore::GaLore;
pub use kron::Kron;
pub use muon::{Muon, MuonScaling};
pub use orthogonalization::Coefficients;
pub use shampoo::{Accumulation, Grafting, Shampoo};
pub(super) use shared::blocks_of;
pub use soap::Soap;
pub use spectral_descent::{SpectralDescent, SpectralScale};
