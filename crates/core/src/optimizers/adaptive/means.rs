//! Exponential moving averages of gradients and of squared gradients, both initialized with zero.

use crate::optimizers::prelude::*;

/// The state of Adam and several of its variants.
#[derive(Clone, Debug, Inspect)]
pub struct MomentEstimates {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Moving average v of the squared gradients.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
}

impl MomentEstimates {
    /// Updates both averages with the gradient `g` and the decay rates `beta1` and `beta2`.
    pub(in crate::optimizers) fn update(&mut self, g: &[f64], beta1: f64, beta2: f64) {
        update_mean(&mut self.mean_gradient, g, beta1);
        update_mean_square(&mut self.mean_square, g, beta2);
    }

    /// Updates both averages with the gradients in `d`, and calls `f` with each gradient and its new averages.
    #[vectorized]
    pub(super) fn update_and(
        &mut self,
        d: &mut [f64],
        beta1: f64,
        beta2: f64,
        f: impl Fn(&mut f64, f64, f64),
    ) {
        let means = self.mean_gradient.iter_mut().zip(&mut self.mean_square);
        for (d, (m, v)) in d.iter_mut().zip(means) {
            *m = moved_mean(*m, *d, beta1);
            *v = moved_mean(*v, *d * *d, beta2);
            f(d, *m, *v);
        }
    }
}

/// Returns the next value of a moving average: beta mean + (1 - beta) x.
fn moved_mean(mean: f64, x: f64, beta: f64) -> f64 {
    beta * mean + (1.0 - beta) * x
}

/// Updates a moving average: mean <- beta mean + (1 - beta) g.
pub(in crate::optimizers) fn update_mean(mean: &mut [f64], g: &[f64], beta: f64) {
    for (mean, g) in mean.iter_mut().zip(g) {
        *mean = moved_mean(*mean, *g, beta);
    }
}

/// Updates a moving average of squares: mean <- beta mean + (1 - beta) g^2.
pub(in crate::optimizers) fn update_mean_square(mean: &mut [f64], g: &[f64], beta: f64) {
    for (mean, g) in mean.iter_mut().zip(g) {
        *mean = moved_mean(*mean, g * g, beta);
    }
}

/// Returns 1 - beta^t, the sum of the weights of the first `t` gradients in a moving average.
///
/// Dividing the average by it removes the bias towards the initial value zero.
pub(in crate::optimizers) fn bias_correction_factor(beta: f64, t: u64) -> f64 {
    1.0 - powf(beta, t as f64)
}
