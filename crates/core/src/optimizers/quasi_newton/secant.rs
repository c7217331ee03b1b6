//! The common part of quasi-Newton methods that store an approximation of the inverse Hessian.

use crate::optimizers::prelude::*;

/// The explanation of a step, shared by these optimizers.
pub(super) const REASONS: &[StepReason] = &[StepReason::new(
    "moves against the gradient multiplied by the approximate inverse Hessian, scaled by the step size",
    "-factor * product(inverse_hessian)",
)];

/// The settings of a quasi-Newton method that stores H as a matrix.
#[derive(Clone, Describe)]
pub struct Approximation {
    /// Initial value of H, as a multiple of the identity matrix.
    #[param(default = 1.0, valid = positive, slider = 1e-3..=1000.0, log, tuned)]
    pub initial_scale: f64,
    /// Line search that selects the step size.
    #[param(default = "strong-wolfe")]
    pub search: Arc<dyn LineSearch>,
}

/// A quasi-Newton method: it searches along -H g, where H satisfies the secant equation of the last step.
pub trait Secant: Clone + Send + Sync + 'static {
    /// Returns the settings.
    fn settings(&self) -> &Approximation;

    /// Updates H (dim, dim) so that it satisfies the secant equation H y = s of the last step.
    fn update(h: &mut [f64], last: LastStep);
}

impl<S: Secant> Direction for S {
    type State = SecantState;

    fn search(&self) -> &dyn LineSearch {
        &*self.settings().search
    }

    fn init(&self, w: &[f64]) -> SecantState {
        SecantState::new(w, self.settings().initial_scale)
    }

    /// Resets H if -H g is not a descent direction.
    fn compute_direction(
        &self,
        w: &[f64],
        d: &mut [f64],
        state: &mut SecantState,
        _: &mut Oracle,
    ) -> Result<(), StopReason> {
        state.update_inverse_hessian(w, d, S::update);
        let h = &mut state.inverse_hessian;
        product(&h.0, &state.gradient, d);
        let downhill = dot(d, &state.gradient) > 0.0;
        if !downhill {
            *h = scaled_identity(w.len(), self.settings().initial_scale);
            product(&h.0, &state.gradient, d);
        }
        negate(d);
        Ok(())
    }
}

/// The state of a quasi-Newton method.
#[derive(Clone, Debug, Inspect)]
pub struct SecantState {
    /// Approximate inverse Hessian H of this step.
    #[quantity(InverseCurvature)]
    inverse_hessian: Matrix,
    /// Weights before this step.
    #[quantity(Position)]
    position: Vec<f64>,
    /// Gradient before this step; zero before the first step.
    #[quantity(Gradient)]
    gradient: Vec<f64>,
}

/// The last step, the input of an update of H: s and y (both dim).
#[derive(Clone, Copy)]
pub struct LastStep<'a> {
    /// Change s of the weights.
    pub moved: &'a [f64],
    /// Change y of the gradient.
    pub change: &'a [f64],
}

/// Minimum of |x.y| relative to |x| |y|. Smaller values are rounding errors or curvature that no minimum has.
const MIN_CURVATURE_SHARE: f64 = 1e-8;

impl LastStep<'_> {
    /// Returns y.s if the curvature along the step is positive, as updates that keep H positive definite require.
    pub fn curvature(self) -> Option<f64> {
        let (s, y) = (self.moved, self.change);
        let curvature = dot(y, s);
        is_large(curvature, s, y).then_some(curvature)
    }

    /// Returns the residual u = s - H y (dim) of the secant equation.
    pub fn residual(self, h: &[f64]) -> Vec<f64> {
        let mut u = vec![0.0; self.moved.len()];
        product(h, self.change, &mut u);
        for (u, s) in u.iter_mut().zip(self.moved) {
            *u = s - *u;
        }
        u
    }
}

/// Returns whether `size`, the magnitude of x.y, exceeds rounding errors.
pub(super) fn is_large(size: f64, x: &[f64], y: &[f64]) -> bool {
    size > MIN_CURVATURE_SHARE * (dot(x, x) * dot(y, y)).sqrt()
}

impl SecantState {
    fn new(w: &[f64], scale: f64) -> Self {
        Self {
            inverse_hessian: scaled_identity(w.len(), scale),
            position: w.to_vec(),
            gradient: vec![0.0; w.len()],
        }
    }

    /// Updates H with the step that led to `w` (dim), where the gradient is `g` (dim).
    fn update_inverse_hessian(
        &mut self,
        w: &[f64],
        g: &[f64],
        update: impl FnOnce(&mut [f64], LastStep),
    ) {
        if !is_zero(&self.gradient) {
            let last = LastStep {
                moved: &difference(w, &self.position),
                change: &difference(g, &self.gradient),
            };
            update(&mut self.inverse_hessian.0, last);
        }
        self.position.copy_from_slice(w);
        self.gradient.copy_from_slice(g);
    }
}

fn scaled_identity(dim: usize, scale: f64) -> Matrix {
    let mut h = vec![0.0; dim * dim];
    shift_diagonal(&mut h, dim, scale);
    Matrix(h)
}
