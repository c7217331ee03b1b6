//! Decaying means of gradients and of their squares, which begin at zero.

use crate::optimizers::prelude::*;

/// What Adam and its kin remember.
#[derive(Clone, Debug, Inspect)]
pub struct MomentEstimates {
    /// Decaying mean m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Decaying mean v of their squares.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
}

impl MomentEstimates {
    /// Takes in the gradients `g`, of which `beta1` and `beta2` say how fast they are forgotten.
    pub(super) fn take_in(&mut self, g: &[f64], beta1: f64, beta2: f64) {
        take_in(&mut self.mean_gradient, g, beta1);
        take_in_squares(&mut self.mean_square, g, beta2);
    }
}

/// mean <- beta mean + (1 - beta) g
pub(super) fn take_in(mean: &mut [f64], g: &[f64], beta: f64) {
    for (mean, g) in mean.iter_mut().zip(g) {
        *mean = beta * *mean + (1.0 - beta) * g;
    }
}

/// mean <- beta mean + (1 - beta) g^2
pub(super) fn take_in_squares(mean: &mut [f64], g: &[f64], beta: f64) {
    for (mean, g) in mean.iter_mut().zip(g) {
        *mean = beta * *mean + (1.0 - beta) * (g * g);
    }
}

/// The weight that a mean has taken in after `t` gradients: 1 - beta^t. Divided by it, the mean no longer leans towards
/// the zero that it began at.
pub(super) fn weight(beta: f64, t: u64) -> f64 {
    1.0 - powf(beta, t as f64)
}
