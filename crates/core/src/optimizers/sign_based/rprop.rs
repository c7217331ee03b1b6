//! RPROP with weight backtracking (RPROP+).

use super::step_sizes::{FORWARD, StepSizes, sign};
use crate::optimizers::prelude::*;

/// Adapts a step size for each weight by the sign of its gradient, and undoes the last step when the sign changes.
///
/// ```text
/// q = sign(g) sign(g_before)
/// q > 0: step <- min(increase step, max_step)        v <- -sign(g) step
/// q < 0: step <- max(decrease step, min_step)        v <- -v,  g <- 0
/// q = 0:                                             v <- -sign(g) step
/// w <- w + v
/// ```
///
/// This is the form that was published first and later named RPROP+.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "rprop",
    title = "RPROP",
    family = SignBased,
    cite = "riedmiller1993direct",
    variants_of = "RPROP",
    variant = "a sign change reduces the step size and undoes the last step",
    why = &[FORWARD]
)]
pub struct Rprop(pub StepSizes);

/// The state of RPROP.
#[derive(Clone, Debug, Inspect)]
pub struct RpropState {
    /// Step size of each weight.
    #[quantity(StepSize)]
    pub step_size: Vec<f64>,
    /// Gradient of this step, remembered for the next one; zero for a weight whose step was undone.
    #[quantity(Gradient)]
    pub kept_gradient: Vec<f64>,
    /// Displacement of this step, which the next one may undo.
    #[quantity(Displacement)]
    pub displacement: Vec<f64>,
}

impl GradientRule for Rprop {
    type State = RpropState;

    fn init(&self, _: &[f64], size: StateShape) -> RpropState {
        RpropState {
            step_size: vec![self.0.initial_step; size.weights()],
            ..RpropState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut RpropState) {
        let sizes = self.0.clone();
        let state = s.step_size.iter_mut().zip(&mut s.kept_gradient);
        let state = state.zip(&mut s.displacement);
        for (d, ((step, before), last)) in d.iter_mut().zip(state) {
            let g = *d;
            let agreement = sign(g) * *before;
            let undo = agreement < 0.0;
            *step = sizes.adapt(*step, agreement);
            let forward = -sign(g) * *step;
            *last = if undo { -*last } else { forward };
            *before = if undo { 0.0 } else { g };
            *d = *last;
        }
    }
}
