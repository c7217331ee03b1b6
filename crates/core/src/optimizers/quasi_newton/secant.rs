//! What the quasi-Newton methods have in common: an approximation of the inverse Hessian that fits the last step.

use crate::optimizers::prelude::*;

/// Why the steps of such a method are as they are.
pub(super) const WHY: &[StepReason] = &[StepReason::new(
    "goes against the gradient as the inverse of the curvature, learnt on the way, stretches and turns it, as far as the line search says",
    "-factor * product(inverse_hessian)",
)];

/// The settings of a quasi-Newton method that keeps H as a matrix.
#[derive(Clone, Describe)]
pub struct Approximation {
    /// Multiple of the unit matrix with which H begins.
    #[param(default = 1.0, valid = positive, slider = 1e-3..=1000.0, log)]
    pub initial_scale: f64,
    /// Line search that says how far to go in each step.
    #[param(default = "strong-wolfe")]
    pub search: Arc<dyn LineSearch>,
}

/// A quasi-Newton method: it goes against H g, where H fits the last step.
pub trait Secant: Clone + Send + Sync + 'static {
    /// Its settings.
    fn settings(&self) -> &Approximation;

    /// Makes H (dim, dim) fit the last step: H y = s.
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

    /// Where -H g is no way down, H begins anew.
    fn direct(
        &self,
        w: &[f64],
        d: &mut [f64],
        state: &mut SecantState,
        _: &mut Oracle,
    ) -> Result<(), StopReason> {
        state.learn(w, d, S::update);
        let h = &mut state.inverse_hessian;
        product(&h.0, &state.gradient, d);
        let downhill = dot(d, &state.gradient) > 0.0;
        if !downhill {
            *h = unit_matrix(w.len(), self.settings().initial_scale);
            product(&h.0, &state.gradient, d);
        }
        negate(d);
        Ok(())
    }
}

/// What a quasi-Newton method remembers.
#[derive(Clone, Debug, Inspect)]
pub struct SecantState {
    /// Approximation H of the inverse of the Hessian, by which the gradient was multiplied.
    #[quantity(InverseCurvature)]
    inverse_hessian: Matrix,
    /// Weights where the step began.
    #[quantity(Position)]
    position: Vec<f64>,
    /// Gradient there; zero before the first step.
    #[quantity(Gradient)]
    gradient: Vec<f64>,
}

/// The last step, as an update of H sees it: s and y (both dim).
#[derive(Clone, Copy)]
pub struct LastStep<'a> {
    /// Change s of the weights.
    pub moved: &'a [f64],
    /// Change y of the gradient.
    pub change: &'a [f64],
}

/// A curvature below this share of what its factors could give is rounding, or none that a minimum has.
const LEAST_SHARE: f64 = 1e-8;

impl LastStep<'_> {
    /// y.s, if the loss curves upwards along the step, as the updates that keep H positive need it.
    pub fn curvature(self) -> Option<f64> {
        let (s, y) = (self.moved, self.change);
        let curvature = dot(y, s);
        is_large(curvature, s, y).then_some(curvature)
    }

    /// Writes u = s - H y (dim).
    pub fn misfit(self, h: &[f64]) -> Vec<f64> {
        let mut u = vec![0.0; self.moved.len()];
        product(h, self.change, &mut u);
        for (u, s) in u.iter_mut().zip(self.moved) {
            *u = s - *u;
        }
        u
    }
}

/// Whether a number of the size of x.y is more than rounding.
pub(super) fn is_large(size: f64, x: &[f64], y: &[f64]) -> bool {
    size > LEAST_SHARE * (dot(x, x) * dot(y, y)).sqrt()
}

impl SecantState {
    fn new(w: &[f64], scale: f64) -> Self {
        Self {
            inverse_hessian: unit_matrix(w.len(), scale),
            position: w.to_vec(),
            gradient: vec![0.0; w.len()],
        }
    }

    /// Makes H fit the step that led to `w` and its gradient `g`.
    fn learn(&mut self, w: &[f64], g: &[f64], update: impl FnOnce(&mut [f64], LastStep)) {
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

fn unit_matrix(dim: usize, scale: f64) -> Matrix {
    let mut h = vec![0.0; dim * dim];
    shift_diagonal(&mut h, dim, scale);
    Matrix(h)
}
