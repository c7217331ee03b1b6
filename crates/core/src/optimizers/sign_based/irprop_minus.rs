//! Improved RPROP without weight backtracking (iRPROP-).

use super::step_sizes::{FORWARD, StepSizes, sign};
use crate::optimizers::prelude::*;

/// Adapts a step size for each weight by the sign of its gradient, and skips one step of the weight when the sign changes.
///
/// ```text
/// q = sign(g) sign(g_before)
/// q > 0: step <- min(increase step, max_step)
/// q < 0: step <- max(decrease step, min_step),  g <- 0
/// w <- w - sign(g) step
/// ```
///
/// This is the algorithm of Rprop in torch. optax applies each step one epoch late, unlike all publications.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "irprop-minus",
    title = "iRPROP-",
    family = SignBased,
    cite = "igel2003empirical",
    variants_of = "RPROP",
    variant = "a sign change reduces the step size and skips one step",
    why = REASONS,
    torch = "torch.optim.Rprop",
    optax = "optax.rprop",
    differs = "optax"
)]
pub struct IrpropMinus(pub StepSizes);

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    FORWARD,
    StepReason::new(
        "stays in place in this step, because its gradient changed its sign",
        "0",
    ),
];

/// The state of iRPROP-.
#[derive(Clone, Debug, Inspect)]
pub struct IrpropMinusState {
    /// Step size of each weight.
    #[quantity(StepSize)]
    pub step_size: Vec<f64>,
    /// Gradient of this step, remembered for the next one; zero for a weight whose gradient changed its sign.
    #[quantity(Gradient)]
    pub kept_gradient: Vec<f64>,
}

impl GradientRule for IrpropMinus {
    type State = IrpropMinusState;

    fn init(&self, _: &[f64], size: StateShape) -> IrpropMinusState {
        IrpropMinusState {
            step_size: vec![self.0.initial_step; size.weights()],
            ..IrpropMinusState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut IrpropMinusState) {
        let sizes = self.0.clone();
        let state = s.step_size.iter_mut().zip(&mut s.kept_gradient);
        for (d, (step, before)) in d.iter_mut().zip(state) {
            let agreement = sign(*d) * *before;
            let g = if agreement < 0.0 { 0.0 } else { *d };
            *step = sizes.adapt(*step, agreement);
            *before = g;
            *d = -sign(g) * *step;
        }
    }
}
