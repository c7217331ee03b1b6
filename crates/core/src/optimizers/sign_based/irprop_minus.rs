//! Improved RPROP without weight backtracking (iRPROP-).

use super::step_sizes::{FORWARD, StepSizes, sign};
use crate::optimizers::prelude::*;

/// Steps by sizes of its own, one a weight, and leaves a weight where it is for one epoch when its gradient changed its
/// sign.
///
/// ```text
/// q = sign(g) sign(g_before)
/// q > 0: step <- min(increase step, max_step)
/// q < 0: step <- max(decrease step, min_step),  g <- 0
/// w <- w - sign(g) step
/// ```
///
/// torch's Rprop is this one. optax's makes each step one epoch late, which no publication does.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "irprop-minus",
    title = "iRPROP-",
    family = SignBased,
    cite = "igel2003empirical",
    kin = "RPROP",
    variant = "a changed sign makes the step smaller and leaves it out once",
    why = WHY
)]
pub struct IrpropMinus(pub StepSizes);

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    FORWARD,
    StepReason::new(
        "stays where it is in this step, for its gradient changed its sign",
        "0",
    ),
];

/// What iRPROP- remembers.
#[derive(Clone, Debug, Inspect)]
pub struct IrpropMinusState {
    /// Step size of each weight.
    #[quantity(StepSize)]
    pub step_size: Vec<f64>,
    /// Gradient that the step was made by, kept for the next; zero where the step size shrank.
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

    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut IrpropMinusState) {
        let n = d.len();
        let (step, before) = (&mut s.step_size[..n], &mut s.kept_gradient[..n]);
        for i in 0..n {
            let agreement = sign(d[i]) * sign(before[i]);
            let g = if agreement < 0.0 { 0.0 } else { d[i] };
            step[i] = self.0.adapt(step[i], agreement);
            before[i] = g;
            d[i] = -sign(g) * step[i];
        }
    }
}
