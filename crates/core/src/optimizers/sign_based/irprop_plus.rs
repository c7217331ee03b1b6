//! Improved RPROP with weight backtracking (iRPROP+).

use super::step_sizes::{FORWARD, StepSizes, sign};
use crate::optimizers::prelude::*;

/// Adapts a step size per weight by the sign of its gradient, and undoes a step after a sign change if the loss rose.
///
/// ```text
/// q = sign(g) sign(g_before)
/// q > 0: step <- min(increase step, max_step)        v <- -sign(g) step
/// q < 0: step <- max(decrease step, min_step)        v <- -v if E > E_before, else 0;  g <- 0
/// q = 0:                                             v <- -sign(g) step
/// w <- w + v
/// ```
///
/// This is the published form. E and `E_before` are the losses at these weights and at those before the last step.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "irprop-plus",
    title = "iRPROP+",
    family = SignBased,
    cite = "igel2003empirical",
    variants_of = "RPROP",
    variant = "a sign change reduces the step size, and undoes the last step if the loss rose",
    why = REASONS
)]
pub struct IrpropPlus(pub StepSizes);

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    FORWARD,
    StepReason::new(
        "stays in place, because its gradient changed its sign but the last step did not increase the loss",
        "0",
    ),
];

/// The state of iRPROP+.
#[derive(Clone, Debug, Inspect)]
pub struct IrpropPlusState {
    /// Step size of each weight.
    #[quantity(StepSize)]
    pub step_size: Vec<f64>,
    /// Gradient of this step, remembered for the next one; zero for a weight whose gradient changed its sign.
    #[quantity(Gradient)]
    pub kept_gradient: Vec<f64>,
    /// Displacement of this step, which the next one may undo.
    #[quantity(Displacement)]
    pub displacement: Vec<f64>,
    /// Loss before this step, remembered for the next one; infinite before the first.
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

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut IrpropPlusState) {
        let (sizes, runs) = (self.0.clone(), here.losses.len());
        let rows = d.chunks_exact_mut(runs);
        let rows = rows.zip(s.step_size.chunks_exact_mut(runs));
        let rows = rows.zip(s.kept_gradient.chunks_exact_mut(runs));
        let rows = rows.zip(s.displacement.chunks_exact_mut(runs));
        for (((d, step), before), last) in rows {
            for i in 0..runs {
                let g = d[i];
                let agreement = sign(g) * before[i];
                let sign_changed = agreement < 0.0;
                let loss_rose = here.losses[i] > s.kept_loss.0[i];
                let reversal = if loss_rose { -last[i] } else { 0.0 };
                step[i] = sizes.adapt(step[i], agreement);
                let forward = -sign(g) * step[i];
                last[i] = if sign_changed { reversal } else { forward };
                before[i] = if sign_changed { 0.0 } else { g };
                d[i] = last[i];
            }
        }
        s.kept_loss.0.copy_from_slice(here.losses);
    }
}
