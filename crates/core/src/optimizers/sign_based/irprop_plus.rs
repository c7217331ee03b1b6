//! Improved RPROP with weight backtracking (iRPROP+).

use super::step_sizes::{FORWARD, StepSizes, sign};
use crate::optimizers::prelude::*;

/// Steps by sizes of its own, one a weight, and takes a step back only where the loss rose as well.
///
/// ```text
/// q = sign(g) sign(g_before)
/// q > 0: step <- min(increase step, max_step)        v <- -sign(g) step
/// q < 0: step <- max(decrease step, min_step)        v <- -v if E > E_before, else 0;  g <- 0
/// q = 0:                                             v <- -sign(g) step
/// w <- w + v
/// ```
///
/// As published: E and `E_before` are the losses at these weights and at those before the last step.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "irprop-plus",
    title = "iRPROP+",
    family = SignBased,
    cite = "igel2003empirical",
    kin = "RPROP",
    variant = "a changed sign makes the step smaller and takes the last one back if the loss rose as well",
    why = WHY
)]
pub struct IrpropPlus(pub StepSizes);

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    FORWARD,
    StepReason::new(
        "stays where it is in this step, for its gradient changed its sign and the loss had not risen",
        "0",
    ),
];

/// What iRPROP+ remembers.
#[derive(Clone, Debug, Inspect)]
pub struct IrpropPlusState {
    /// Step size of each weight.
    #[quantity(StepSize)]
    pub step_size: Vec<f64>,
    /// Gradient that the step was made by, kept for the next; zero where the step size shrank.
    #[quantity(Gradient)]
    pub kept_gradient: Vec<f64>,
    /// Displacement, kept to be taken back.
    #[quantity(Displacement)]
    pub displacement: Vec<f64>,
    /// Loss where the step began, kept for the next; infinite before the first.
    #[quantity(Value)]
    pub kept_loss: PerRunScalar,
}

impl GradientRule for IrpropPlus {
    type State = IrpropPlusState;

    fn init(&self, _: &[f64], size: StateShape) -> IrpropPlusState {
        IrpropPlusState {
            step_size: vec![self.0.initial_step; size.weights()],
            kept_loss: PerRunScalar(vec![f64::INFINITY; size.runs]),
            ..IrpropPlusState::zeros(size.dim, size.runs)
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut IrpropPlusState) {
        let runs = here.losses.len();
        let rows = d.chunks_exact_mut(runs);
        let rows = rows.zip(s.step_size.chunks_exact_mut(runs));
        let rows = rows.zip(s.kept_gradient.chunks_exact_mut(runs));
        let rows = rows.zip(s.displacement.chunks_exact_mut(runs));
        for (((d, step), before), last) in rows {
            for i in 0..runs {
                let g = d[i];
                let agreement = sign(g) * sign(before[i]);
                let turned = agreement < 0.0;
                let rose = here.losses[i] > s.kept_loss.0[i];
                let back = if rose { -last[i] } else { 0.0 };
                step[i] = self.0.adapt(step[i], agreement);
                last[i] = if turned { back } else { -sign(g) * step[i] };
                before[i] = if turned { 0.0 } else { g };
                d[i] = last[i];
            }
        }
        s.kept_loss.0.copy_from_slice(here.losses);
    }
}
