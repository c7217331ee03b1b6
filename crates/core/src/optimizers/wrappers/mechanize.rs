//! Mechanic, which learns a scale of the steps.

use super::Wrapper;
use crate::{
    optimizers::prelude::*,
    run::{
        optimizer::{ConfiguredOptimizer, Stepper},
        oracle::GradientTransform,
    },
};

/// Learns a scale for the steps of another optimizer, instead of its learning rate.
///
/// ```text
/// total = (w - w_0) / (scale + epsilon)              g <- g + scale_decay scale |g| / (|w| + epsilon) w
/// h = -g . total                                     total <- total + d, d = the step of the wrapped optimizer
/// for each beta = 1 - 0.1^k, k = 1 to betas:
///     r <- beta r + min(max(h, -m), m) s             m <- max(beta m, |h| + epsilon)
///     v <- beta^2 v + h^2                            s <- (first_scale / betas m + max(0, r)) / (sqrt(v) + epsilon)
/// scale = sum of s                                   w <- w_0 + scale total
/// ```
///
/// This is the form of `optax.contrib.mechanize`: h is limited by the m of the step before, which the paper does not do. The
/// learning rate of the wrapped optimizer only sets the unit of the scale; its schedule still has an effect.
#[derive(Clone, Describe)]
#[entry(
    id = "mechanize",
    title = "Mechanic",
    family = Wrapper,
    cite = "cutkosky2023mechanic",
    why = REASONS,
    optax = "optax.contrib.mechanize"
)]
pub struct Mechanize {
    /// The optimizer whose steps are scaled.
    #[param(default = "gradient-descent")]
    pub of: Arc<dyn ConfiguredOptimizer>,
    /// Weight decay, relative to the norms of the gradient and of the weights; it only influences the scale.
    #[param(default = 0.01, valid = 0.0.., slider = 0.0..=0.1, optax = "weight_decay")]
    pub scale_decay: f64,
    /// Number of decay rates, from 0.9 upwards; each learns a part of the scale.
    #[param(default = 6, valid = 1.0..=12.0, optax = "num_betas")]
    pub betas: u64,
    /// Scale of the first step.
    #[param(default = 1e-6, valid = positive, slider = 1e-8..=1.0, log, optax = "s_init")]
    pub first_scale: f64,
    /// Added to divisors to avoid a division by zero.
    #[param(default = 1e-8, valid = positive, slider = 1e-12..=1.0, log, optax = "eps")]
    pub scale_epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves to its initial value plus the learned scale times its total displacement",
    "initial_weights + scale * total - weight",
)];

/// The state of Mechanic.
#[derive(Clone, Debug, Inspect)]
pub struct MechanizeState {
    /// Initial weights, from which the scaled displacement leads to the weights.
    #[quantity(Position)]
    pub initial_weights: Vec<f64>,
    /// Total displacement that the wrapped optimizer would have made, before it is scaled.
    #[quantity(Displacement)]
    pub total: Vec<f64>,
    /// Learned scale of the total displacement.
    #[quantity(Number)]
    pub scale: SharedScalar,
    /// One learner per decay rate.
    #[scratch]
    learners: Vec<Learner>,
    /// The gradient of this step.
    #[scratch]
    recorder: Recorder,
}

/// The variables of one decay rate.
#[derive(Clone, Copy, Debug, Default)]
struct Learner {
    beta: f64,
    r: f64,
    m: f64,
    v: f64,
    s: f64,
}

/// Remembers the gradient that the wrapped optimizer used.
#[derive(Clone, Debug, Default)]
struct Recorder(Vec<f64>);

impl GradientTransform for Recorder {
    fn value_and_gradient(&mut self, oracle: &mut Oracle, w: &[f64], g: &mut [f64]) -> f64 {
        let loss = oracle.value_and_gradient(w, g);
        self.0.clear();
        self.0.extend_from_slice(g);
        loss
    }
}

impl Mechanize {
    /// Updates the learners, given the product h of this step, and returns their total scale.
    fn learn(&self, learners: &mut [Learner], h: f64) -> f64 {
        let count = learners.len() as f64;
        let epsilon = self.scale_epsilon;
        let mut scale = 0.0;
        for one in learners {
            let limited = h.max(-one.m).min(one.m);
            one.r = one.beta * one.r + limited * one.s;
            one.m = (one.beta * one.m).max(h.abs() + epsilon);
            one.v = one.beta * one.beta * one.v + h * h;
            let wealth = self.first_scale / count * one.m + one.r.max(0.0);
            one.s = wealth / (one.v.sqrt() + epsilon);
            scale += one.s;
        }
        scale
    }
}

impl Wrapper for Mechanize {
    type State = MechanizeState;
    const NEEDS_GRADIENT_RULE: bool = true;

    fn of(&self) -> &Arc<dyn ConfiguredOptimizer> {
        &self.of
    }

    fn begin(&self, w: &[f64]) -> MechanizeState {
        let learner = |k: u64| Learner {
            beta: 1.0 - powf(0.1, k as f64),
            s: self.first_scale,
            ..Learner::default()
        };
        let learners: Vec<Learner> = (1..=self.betas).map(learner).collect();
        MechanizeState {
            initial_weights: w.to_vec(),
            scale: SharedScalar(learners.iter().map(|one| one.s).sum()),
            learners,
            ..MechanizeState::zeros(w.len(), 1)
        }
    }

    fn step(
        &self,
        w: &mut [f64],
        state: &mut MechanizeState,
        inner: &mut Box<dyn Stepper>,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        let mut moved = w.to_vec();
        let step = |oracle: &mut Oracle| inner.step(&mut moved, oracle);
        let outcome = oracle.with_transform(&mut state.recorder, step);
        if let StepOutcome::Stop(_) = outcome {
            return outcome;
        }
        let (g, epsilon) = (&mut state.recorder.0, self.scale_epsilon);
        let norms = [&*g, &*w].map(|v| dot(v, v).sqrt());
        let decay = self.scale_decay * state.scale.0 * norms[0] / (norms[1] + epsilon);
        add_scaled(g, decay, w);
        let divisor = state.scale.0 + epsilon;
        for (i, total) in state.total.iter_mut().enumerate() {
            *total = (w[i] - state.initial_weights[i]) / divisor;
        }
        let h = -dot(g, &state.total);
        state.scale.0 = self.learn(&mut state.learners, h);
        for (i, total) in state.total.iter_mut().enumerate() {
            *total += moved[i] - w[i];
            w[i] = state.initial_weights[i] + state.scale.0 * *total;
        }
        // Even where the wrapped optimizer is at rest, the scale can change.
        StepOutcome::Continue
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}
