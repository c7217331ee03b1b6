//! Optimizers that estimate their learning rate from the losses, the gradients, or the distance to the initial point.

mod cocob;
mod dadapt_adamw;
mod dog;
mod dowg;
mod momo;
mod momo_adam;
mod polyak_sgd;
mod prodigy;

pub use self::{
    cocob::Cocob, dadapt_adamw::DAdaptAdamW, dog::Dog, dowg::Dowg, momo::Momo, momo_adam::MomoAdam,
    polyak_sgd::PolyakSgd, prodigy::Prodigy,
};

use crate::numeric::linalg::dot;

/// Returns the squared distance between two points.
fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
    squares.sum()
}

/// Returns the sum of the absolute values.
fn l1_norm(x: &[f64]) -> f64 {
    x.iter().map(|x| x.abs()).sum()
}

/// Returns the squared length of a vector.
fn squared_norm(x: &[f64]) -> f64 {
    dot(x, x)
}
