//! RPROP without weight backtracking (RPROP-).

use super::step_sizes::{FORWARD, StepSizes, sign};
use crate::optimizers::prelude::*;

/// Adapts a step size for each weight by the sign of its gradient, and never undoes a step.
///
/// ```text
/// q = sign(g) sign(g_before)
/// q > 0: step <- min(increase step, max_step)
/// q < 0: step <- max(decrease step, min_step)
/// w <- w - sign(g) step
/// ```
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "rprop-minus",
    title = "RPROP-",
    family = SignBased,
    cite = "riedmiller1994advanced",
    variants_of = "RPROP",
    variant = "a sign change only reduces the step size",
    why = &[FORWARD]
)]
pub struct RpropMinus(pub StepSizes);

/// The state of RPROP-.
#[derive(Clone, Debug, Inspect)]
pub struct RpropMinusState {
    /// Step size of each weight.
    #[quantity(StepSize)]
    pub step_size: Vec<f64>,
    /// Gradient of this step, remembered for the next one; zero before the first.
    #[quantity(Gradient)]
    pub kept_gradient: Vec<f64>,
}

impl GradientRule for RpropMinus {
    type State = RpropMinusState;

    fn init(&self, _: &[f64], size: StateShape) -> RpropMinusState {
        RpropMinusState {
            step_size: vec![self.0.initial_step; size.weights()],
            ..RpropMinusState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], _: StepContext, s: &mut RpropMinusState) {
        let sizes = self.0.clone();
        let state = s.step_size.iter_mut().zip(&mut s.kept_gradient);
        for (d, (step, before)) in d.iter_mut().zip(state) {
            let g = *d;
            *step = sizes.adapt(*step, sign(g) * *before);
            *before = g;
            *d = -sign(g) * *step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_change_reduces_the_step_size_of_the_same_step() {
        let rule = RpropMinus(StepSizes {
            initial_step: 0.5,
            increase: 1.5,
            decrease: 0.5,
            min_step: 0.25,
            max_step: 1.0,
        });
        let mut state = rule.init(
            &[0.0],
            StateShape {
                dim: 1,
                runs: 1,
                blocks: &[],
            },
        );
        for (g, step) in [
            (2.0, -0.5),
            (1.0, -0.75),
            (3.0, -1.0),
            (-1.0, 0.5),
            (1.0, -0.25),
            (-1.0, 0.25),
            (0.0, 0.0),
            (1.0, -0.25),
        ] {
            let here = StepContext {
                weights: &[0.0],
                losses: &[0.0],
                epoch: 0,
                blocks: &[],
            };
            let mut d = [g];
            rule.displace(&mut d, here, &mut state);
            assert_eq!(d[0], step);
        }
    }
}
