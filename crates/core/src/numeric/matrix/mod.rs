//! Products, factorizations, and functions of small dense matrices.
//!
//! All matrices are row-major slices. The algorithms are implemented here, because other libraries choose the order of
//! their sums, or a fused multiply-add, by the machine: their last bits differ between machines, and the rules that use
//! these functions would take other paths. Every sum here has a fixed order, for any number of SIMD lanes.

mod eigen;
mod product;
mod qr;
mod singular;

pub use eigen::{Eigen, eigenvalues};
pub use product::{multiply, multiply_symmetric, transpose};
pub use qr::orthonormalize;
pub use singular::{SingularValues, polar_factor};
