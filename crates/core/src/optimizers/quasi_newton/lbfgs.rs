//! BFGS with limited memory.

use crate::optimizers::prelude::*;
use std::collections::VecDeque;

/// Learns the curvature from its last few steps alone, so that it needs little memory for many weights.
///
/// ```text
/// w <- w - t H g, t from the search, first min(1, 1 / |g|_1), then 1
/// H is gamma I, gamma = y.s / y.y, made to fit the last steps s and changes y of g one after the other as in BFGS
/// ```
///
/// H is never made: two loops over the steps give H g. As in torch, a step with y.s at most `min_curvature` is not
/// remembered; torch remembers 100 steps, Liu and Nocedal recommend 3 to 7, and optax and `SciPy` take 10 as here. With
/// `search=fixed,search.step=ETA` it is torch's form without a search, where ETA is the learning rate there. Torch's
/// strong-wolfe search is another one: it bounds its cubics otherwise and stretches the step by cubics too, where ours
/// doubles it; so its path is another. So are those of optax, which divides the first step by |g| and not by |g|_1, also
/// remembers steps with y.s below zero and searches by zooming, and of `SciPy`'s L-BFGS-B, whose search is that of Moré and
/// Thuente. Where H g leads uphill by rounding, the memory is emptied.
#[derive(Clone, Describe)]
#[entry(
    id = "lbfgs",
    title = "L-BFGS",
    family = QuasiNewton,
    cite = "liu1989limited",
    kin = "quasi-Newton updates",
    variant = "BFGS from the last few steps, without the matrix",
    why = WHY
)]
pub struct Lbfgs {
    /// Number of steps that are remembered.
    #[param(default = 10, valid = 1.0..=1e6, slider = 1.0..=100.0)]
    pub memory: u64,
    /// Least y.s of a step that is remembered.
    #[param(default = 1e-10, valid = 0.0.., slider = 1e-16..=1e-3, log)]
    pub min_curvature: f64,
    /// Line search that says how far to go in each step.
    #[param(default = "strong-wolfe")]
    pub search: Arc<dyn LineSearch>,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    StepReason::new(
        "goes straight against its gradient, as far as the line search says",
        "-factor * gradient",
    ),
    StepReason::new(
        "goes against the gradient as the steps that are remembered, with their changes of the gradient, stretch and turn it, as far as the line search says",
        "",
    ),
];

/// What L-BFGS remembers. It shows the newest step and what it came from.
#[derive(Clone, Debug, Inspect)]
pub struct LbfgsState {
    /// Weights where the step began.
    #[quantity(Position)]
    position: Vec<f64>,
    /// Gradient there; zero before the first step.
    #[quantity(Gradient)]
    gradient: Vec<f64>,
    /// Newest of the earlier steps s that are remembered; zero before there is one.
    #[quantity(Displacement)]
    step: Vec<f64>,
    /// Change y of the gradient over it; zero before there is one.
    #[quantity(Gradient)]
    change: Vec<f64>,
    /// Scale gamma of the inverse of the Hessian.
    #[quantity(Number)]
    scale: PerRunScalar,
    /// Number of earlier steps that are remembered.
    #[quantity(Number)]
    remembered: PerRunScalar,
    /// The newest last.
    #[scratch]
    pairs: VecDeque<CurvaturePair>,
    /// Whether the direction is the first.
    #[scratch]
    first: bool,
}

#[derive(Clone, Debug)]
struct CurvaturePair {
    step: Vec<f64>,
    change: Vec<f64>,
    curvature: f64,
}

impl Lbfgs {
    /// Remembers the step that led to `w` and its gradient `g`, and forgets the oldest.
    fn learn(&self, w: &[f64], g: &[f64], s: &mut LbfgsState) {
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
    /// Turns the vector in `d` into H times it.
    fn multiply(&self, d: &mut [f64]) {
        let mut shares = Vec::with_capacity(self.pairs.len());
        for pair in self.pairs.iter().rev() {
            let share = dot(&pair.step, d) / pair.curvature;
            add_scaled(d, -share, &pair.change);
            shares.push(share);
        }
        for d in &mut *d {
            *d *= self.scale.0[0];
        }
        for (pair, share) in self.pairs.iter().zip(shares.into_iter().rev()) {
            let other = dot(&pair.change, d) / pair.curvature;
            add_scaled(d, share - other, &pair.step);
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

    fn direct(
        &self,
        w: &[f64],
        d: &mut [f64],
        s: &mut LbfgsState,
        _: &mut Oracle,
    ) -> Result<(), StopReason> {
        s.first = is_zero(&s.gradient);
        if !s.first {
            self.learn(w, d, s);
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
