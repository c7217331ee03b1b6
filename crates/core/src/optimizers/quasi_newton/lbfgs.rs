//! Limited-memory BFGS.

use crate::optimizers::prelude::*;
use std::collections::VecDeque;

/// Computes the BFGS direction from the last few steps, without storing a matrix, so that many weights need little memory.
///
/// ```text
/// w <- w - t H g, t from the search, which tries min(1, 1 / |g|_1) in the first step, then 1
/// H: gamma I with gamma = y.s / y.y, updated as in BFGS with the last steps s and changes y of g
/// ```
///
/// H is never formed: two loops over the stored steps compute H g. As in torch, a step with y.s at most `min_curvature` is
/// not stored. torch stores 100 steps, Liu and Nocedal recommend 3 to 7, and optax and `SciPy` use 10, as here. With
/// `search=fixed,search.step=ETA` this is the form of torch without a line search, where ETA is its learning rate. If rounding
/// makes -H g an ascent direction, the stored steps are removed.
///
/// The paths of other implementations differ because their line searches differ. The strong-wolfe search of torch uses other
/// bounds for its cubics and also extends the step by cubics, where the search here doubles it. optax divides the first step by
/// |g| instead of |g|_1, also stores steps with negative y.s, and uses a zoom search. L-BFGS-B of `SciPy` uses the search of
/// Moré and Thuente.
#[derive(Clone, Describe)]
#[entry(
    id = "lbfgs",
    title = "L-BFGS",
    family = QuasiNewton,
    cite = "liu1989limited",
    variants_of = "quasi-Newton updates",
    variant = "BFGS update of the last steps, without a stored matrix",
    why = REASONS,
    torch = "torch.optim.LBFGS",
    optax = "optax.lbfgs"
)]
pub struct Lbfgs {
    /// Maximum number of stored steps.
    #[param(default = 10, valid = 1.0..=1e6, slider = 1.0..=100.0, torch = "history_size=100", optax = "memory_size")]
    pub memory: u64,
    /// Only steps with y.s above this number are stored.
    #[param(default = 1e-10, valid = 0.0.., slider = 1e-16..=1e-3, log)]
    pub min_curvature: f64,
    /// Line search that selects the step size.
    #[param(
        default = "strong-wolfe",
        torch = "line_search_fn=fixed",
        optax = "linesearch"
    )]
    pub search: Arc<dyn LineSearch>,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its gradient, scaled by the step size",
        "-factor * gradient",
    ),
    StepReason::new(
        "moves against the gradient multiplied by the inverse Hessian that the stored steps define, scaled by the step size",
        "",
    ),
];

/// The state of L-BFGS. The visible channels describe the newest stored step.
#[derive(Clone, Debug, Inspect)]
pub struct LbfgsState {
    /// Weights before this step.
    #[quantity(Position)]
    position: Vec<f64>,
    /// Gradient before this step; zero before the first step.
    #[quantity(Gradient)]
    gradient: Vec<f64>,
    /// Newest stored step s; zero before the first one.
    #[quantity(Displacement)]
    step: Vec<f64>,
    /// Change y of the gradient over the newest stored step; zero before the first one.
    #[quantity(Gradient)]
    change: Vec<f64>,
    /// Scale gamma of the initial inverse Hessian.
    #[quantity(Number)]
    scale: PerRunScalar,
    /// Number of stored steps.
    #[quantity(Number)]
    remembered: PerRunScalar,
    /// The stored steps, the newest last.
    #[scratch]
    pairs: VecDeque<CurvaturePair>,
    /// Whether this direction is the first of the run.
    #[scratch]
    first: bool,
}

/// A stored step s, the change y of the gradient over it, and y.s.
#[derive(Clone, Debug)]
struct CurvaturePair {
    step: Vec<f64>,
    change: Vec<f64>,
    curvature: f64,
}

impl Lbfgs {
    /// Stores the step that led to `w` (dim), with the gradient `g` (dim), and removes the oldest step if memory is full.
    fn store_pair(&self, w: &[f64], g: &[f64], s: &mut LbfgsState) {
        let step = difference(w, &s.position);
        let change = difference(g, &s.gradient);
        let curvature = dot(&change, &step);
        if curvature <= self.min_curvature || curvature.is_nan() {
            return;
        }
        s.step.copy_from_slice(&step);
        s.change.copy_from_slice(&change);
        s.scale.0[0] = curvature / dot(&change, &change);
        s.pairs.push_back(CurvaturePair {
            step,
            change,
            curvature,
        });
        if s.pairs.len() as u64 > self.memory {
            s.pairs.pop_front();
        }
    }
}

impl LbfgsState {
    /// Multiplies the vector in `d` (dim) by H.
    fn multiply(&self, d: &mut [f64]) {
        let mut coefficients = Vec::with_capacity(self.pairs.len());
        for pair in self.pairs.iter().rev() {
            let coefficient = dot(&pair.step, d) / pair.curvature;
            add_scaled(d, -coefficient, &pair.change);
            coefficients.push(coefficient);
        }
        for d in &mut *d {
            *d *= self.scale.0[0];
        }
        for (pair, coefficient) in self.pairs.iter().zip(coefficients.into_iter().rev()) {
            let correction = dot(&pair.change, d) / pair.curvature;
            add_scaled(d, coefficient - correction, &pair.step);
        }
    }
}

impl Direction for Lbfgs {
    type State = LbfgsState;

    fn search(&self) -> &dyn LineSearch {
        &*self.search
    }

    fn init(&self, w: &[f64]) -> LbfgsState {
        LbfgsState {
            position: w.to_vec(),
            scale: PerRunScalar(vec![1.0]),
            ..LbfgsState::zeros(w.len(), 1)
        }
    }

    fn compute_direction(
        &self,
        w: &[f64],
        d: &mut [f64],
        s: &mut LbfgsState,
        _: &mut Oracle,
    ) -> Result<(), StopReason> {
        s.first = is_zero(&s.gradient);
        if !s.first {
            self.store_pair(w, d, s);
        }
        s.position.copy_from_slice(w);
        s.gradient.copy_from_slice(d);
        s.multiply(d);
        let downhill = dot(d, &s.gradient) > 0.0;
        if !downhill {
            s.pairs.clear();
            s.scale.0[0] = 1.0;
            d.copy_from_slice(&s.gradient);
        }
        s.remembered.0[0] = s.pairs.len() as f64;
        negate(d);
        Ok(())
    }

    fn first_step(&self, s: &LbfgsState) -> f64 {
        if s.first {
            let size: f64 = s.gradient.iter().map(|g| g.abs()).sum();
            (1.0 / size).min(1.0)
        } else {
            1.0
        }
    }
}
