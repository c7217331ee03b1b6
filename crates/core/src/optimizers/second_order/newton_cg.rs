//! Newton-CG, a truncated Newton method.

use crate::optimizers::prelude::*;

/// Solves the Newton equations approximately by conjugate gradients and searches along the result.
///
/// ```text
/// solve H p = -g by conjugate gradients from p = 0 until |H p + g|_1 <= min(1/2, sqrt(|g|_1)) |g|_1
/// or until d.H d <= 0 for one of the directions d; then p is the current solution, in the first iteration a multiple of -g
/// w <- w + t p, t from the search
/// ```
///
/// The direction is a descent direction even where the Hessian is indefinite. Far from a minimum a few iterations suffice; near
/// it the tolerance falls, so that the convergence is superlinear. The search tries t = 1 first. `SciPy` first tries the
/// decrease of the last epoch divided by the slope, `first_step=decrease`, and uses the search of Moré and Thuente.
#[derive(Clone, Describe)]
#[entry(
    id = "newton-cg",
    title = "Newton-CG",
    family = SecondOrder,
    cite = "dembo1983truncated",
    why = REASONS
)]
pub struct NewtonCg {
    /// Step size that the search tries first.
    #[param(default = "one")]
    pub first_step: FirstStep,
    /// Line search that selects the step size.
    #[param(default = "strong-wolfe")]
    pub search: Arc<dyn LineSearch>,
}

/// The step size that a line search tries first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    /// The step of Newton's method.
    One,
    /// The minimum of the parabola that falls as much as the loss fell in the last epoch, times 1.01, but at most 1.
    Decrease,
}

choice!(FirstStep {
    "one": One,
    "decrease": Decrease,
});

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its gradient, scaled by the step size, because the conjugate gradient iterations ended after the first one",
        "-factor * gradient",
    ),
    StepReason::new(
        "moves along the approximate solution of the Newton equations, scaled by the step size",
        "factor * direction",
    ),
];

/// The state of Newton-CG.
#[derive(Clone, Debug, Inspect)]
pub struct NewtonCgState {
    /// Search direction p of this step; zero before the first step.
    #[quantity(Displacement)]
    direction: Vec<f64>,
    /// Hessian before this step; zero before the first step.
    #[quantity(Curvature)]
    hessian: Matrix,
    /// Number of conjugate gradient iterations of this step.
    #[quantity(Number)]
    iterations: PerRunScalar,
    /// Loss before this step; infinite before the first step.
    #[quantity(Value)]
    start_loss: PerRunScalar,
    /// The first step size of the search.
    #[scratch]
    first_step: f64,
    /// Change of the loss in the last epoch; negative if it fell.
    #[scratch]
    change: f64,
}

/// Maximum number of iterations, in multiples of the number of weights. Rounding can prevent an earlier end.
const MAX_ITERATIONS: usize = 20;
/// A curvature of at most this counts as zero.
const FLAT: f64 = 3.0 * f64::EPSILON;
/// Factor of the estimated step, so that it can become 1.
const GROWTH: f64 = 1.01;

impl Direction for NewtonCg {
    type State = NewtonCgState;
    const NEEDS: &'static [Need] = &[Need::Hessian];

    fn search(&self) -> &dyn LineSearch {
        &*self.search
    }

    fn init(&self, w: &[f64]) -> NewtonCgState {
        NewtonCgState {
            start_loss: PerRunScalar(vec![f64::INFINITY]),
            ..NewtonCgState::zeros(w.len(), 1)
        }
    }

    fn evaluate(
        &self,
        w: &[f64],
        g: &mut [f64],
        known: Option<f64>,
        s: &mut NewtonCgState,
        oracle: &mut Oracle,
    ) -> f64 {
        let loss = known.unwrap_or_else(|| oracle.value_and_gradient(w, g));
        s.change = loss - s.start_loss.0[0];
        s.start_loss.0[0] = loss;
        loss
    }

    fn compute_direction(
        &self,
        w: &[f64],
        d: &mut [f64],
        s: &mut NewtonCgState,
        oracle: &mut Oracle,
    ) -> Result<(), StopReason> {
        oracle.hessian(w, &mut s.hessian.0);
        s.iterations.0[0] = solve_by_conjugate_gradients(&s.hessian.0, d, &mut s.direction) as f64;
        if is_zero(&s.direction) {
            // Without curvature along the gradient, there is no natural length.
            s.direction.copy_from_slice(d);
            negate(&mut s.direction);
        }
        s.first_step = match self.first_step {
            FirstStep::One => 1.0,
            FirstStep::Decrease => first_step(s.change, dot(d, &s.direction)),
        };
        d.copy_from_slice(&s.direction);
        Ok(())
    }

    fn first_step(&self, s: &NewtonCgState) -> f64 {
        s.first_step
    }
}

/// Returns the first step size for a `slope` along the direction, after the loss changed by `change` in the last epoch.
fn first_step(change: f64, slope: f64) -> f64 {
    let step = GROWTH * 2.0 * change / slope;
    // The change before the first step is infinite.
    if step > 0.0 { step.min(1.0) } else { 1.0 }
}

/// Writes the approximate solution of H p = -g into `p` and returns the number of iterations. `h` is (dim, dim), row-major, and
/// `g` and `p` are (dim).
///
/// The solution is zero if the curvature along the gradient is zero or NaN.
fn solve_by_conjugate_gradients(h: &[f64], g: &[f64], p: &mut [f64]) -> usize {
    let sum = |x: &[f64]| x.iter().map(|x| x.abs()).sum::<f64>();
    let size = sum(g);
    let tolerance = size.sqrt().min(0.5) * size;
    p.fill(0.0);
    let mut residual = g.to_vec();
    let mut direction: Vec<f64> = g.iter().map(|g| -g).collect();
    let mut image = vec![0.0; g.len()];
    let mut square = dot(&residual, &residual);
    for iteration in 0..MAX_ITERATIONS * g.len() {
        if sum(&residual) <= tolerance {
            return iteration;
        }
        product(h, &direction, &mut image);
        let curvature = dot(&direction, &image);
        if curvature < 0.0 && iteration == 0 {
            add_scaled(p, square / -curvature, &direction);
            return 1;
        }
        if curvature <= FLAT || curvature.is_nan() {
            return iteration;
        }
        let step = square / curvature;
        add_scaled(p, step, &direction);
        add_scaled(&mut residual, step, &image);
        let next = dot(&residual, &residual);
        let beta = next / square;
        for (direction, residual) in direction.iter_mut().zip(&residual) {
            *direction = beta * *direction - residual;
        }
        square = next;
    }
    MAX_ITERATIONS * g.len()
}
