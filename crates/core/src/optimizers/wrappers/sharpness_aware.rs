//! Sharpness-aware minimization (SAM).

use super::Wrapper;
use crate::{
    optimizers::prelude::*,
    run::{
        optimizer::{ConfiguredOptimizer, Stepper},
        oracle::GradientTransform,
    },
};

/// Gives another optimizer the gradient at a point uphill of the weights, so that it avoids narrow minima.
///
/// ```text
/// p = w + radius g(w) / |g(w)|
/// step of the wrapped optimizer from w with g(p) instead of g(w)
/// ```
///
/// The path and the loss of a run are those of w; p is in the state. Each step evaluates two gradients, both on the same
/// mini-batch. This is the form of the paper, and `optax.contrib.sam` with one ascent step of normalized gradient descent.
/// With `radius=0` it is the wrapped optimizer.
#[derive(Clone, Describe)]
#[entry(
    id = "sharpness-aware",
    title = "Sharpness-Aware",
    family = Wrapper,
    cite = "foret2021sharpness",
    optax = "optax.contrib.sam"
)]
pub struct SharpnessAware {
    /// The optimizer that makes the steps.
    #[param(default = "momentum")]
    pub of: Arc<dyn ConfiguredOptimizer>,
    /// Distance of the point at which the gradient is evaluated; 0 for the weights themselves.
    #[param(default = 0.05, valid = 0.0.., slider = 0.0..=1.0)]
    pub radius: f64,
}

/// The state of sharpness-aware minimization.
#[derive(Clone, Debug, Default, Inspect)]
pub struct SharpnessAwareState {
    /// Point uphill of the weights before the step, at which the gradient was evaluated; the initial point before the first
    /// step.
    #[quantity(Position)]
    pub perturbed_weights: Vec<f64>,
    /// Gradient at this point, which the wrapped optimizer used; zero before the first step.
    #[quantity(Gradient)]
    pub gradient: Vec<f64>,
    /// The radius, for the transform of the gradient.
    #[scratch]
    radius: f64,
}

impl GradientTransform for SharpnessAwareState {
    fn value_and_gradient(&mut self, oracle: &mut Oracle, w: &[f64], g: &mut [f64]) -> f64 {
        let loss = oracle.value_and_gradient(w, g);
        self.perturbed_weights.copy_from_slice(w);
        let norm = dot(g, g).sqrt();
        if self.radius > 0.0 && norm > 0.0 {
            add_scaled(&mut self.perturbed_weights, self.radius / norm, g);
            oracle.value_and_gradient(&self.perturbed_weights, g);
        }
        self.gradient.copy_from_slice(g);
        loss
    }
}

impl Wrapper for SharpnessAware {
    type State = SharpnessAwareState;
    const NEEDS_GRADIENT_RULE: bool = true;

    fn of(&self) -> &Arc<dyn ConfiguredOptimizer> {
        &self.of
    }

    fn begin(&self, w: &[f64]) -> SharpnessAwareState {
        SharpnessAwareState {
            perturbed_weights: w.to_vec(),
            gradient: vec![0.0; w.len()],
            radius: self.radius,
        }
    }

    fn step(
        &self,
        w: &mut [f64],
        state: &mut SharpnessAwareState,
        inner: &mut Box<dyn Stepper>,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        oracle.with_transform(state, |oracle| inner.step(w, oracle))
    }

    fn evaluate_gradient(
        &self,
        w: &[f64],
        g: &mut [f64],
        state: &mut SharpnessAwareState,
        inner: &mut Box<dyn Stepper>,
        oracle: &mut Oracle,
    ) -> f64 {
        oracle.with_transform(state, |oracle| inner.evaluate_gradient(w, g, oracle))
    }

    fn is_autonomous(&self) -> bool {
        true
    }
}
