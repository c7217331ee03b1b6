//! Averaged stochastic gradient descent (ASGD).

use crate::optimizers::prelude::*;

/// Moves against the gradient with a decreasing learning rate and averages the weights of its steps.
///
/// ```text
/// eta <- learning_rate / (1 + lambd learning_rate t)^alpha          t = number of steps before this one
/// w <- (1 - lambd eta) w - eta g
/// average <- average + (w - average) / max(1, t - t0)
/// ```
///
/// The settings and the recurrence are those of torch. The paper averages from the first step. It has neither weight decay nor
/// this form of the learning rate, both of which are from programs by Bottou. The path and the loss of a run are those of the
/// weights, not of their average.
#[derive(Clone, Debug, Describe)]
#[entry(id = "averaged-sgd", title = "Averaged SGD", family = FirstOrder, cite = "polyak1992acceleration", why = REASONS, torch = "torch.optim.ASGD", torch_options = "weight_decay")]
pub struct AveragedSgd {
    /// Learning rate of the first step.
    #[param(default = 0.01, valid = positive, slider = 1e-6..=100.0, log, per_gradient, torch = "lr=0.01")]
    pub learning_rate: f64,
    /// Coefficient of the weight decay and of the decay of the learning rate.
    #[param(default = 1e-4, valid = 0.0.., slider = 1e-6..=1.0, log, torch = "lambd")]
    pub lambd: f64,
    /// Exponent of the decay of the learning rate.
    #[param(default = 0.75, valid = 0.0.., slider = 0.0..=1.0, torch = "alpha")]
    pub alpha: f64,
    /// Number of steps after which averaging begins; before, the average equals the weights.
    #[param(default = 1_000_000, valid = 0.0.., slider = 0.0..=1000.0, torch = "t0")]
    pub t0: u64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against the sum of its gradient and the weight decay, times the current learning rate",
    "-[learning_rate / (1 + lambd * learning_rate * (t - 1))^alpha] * (gradient + [lambd * weight])",
)];

/// The state of averaged SGD.
#[derive(Clone, Debug, Inspect)]
pub struct AveragedSgdState {
    /// Average of the weights.
    #[quantity(Position)]
    pub average: Vec<f64>,
}

impl GradientRule for AveragedSgd {
    type State = AveragedSgdState;

    fn init(&self, w: &[f64], _: StateShape) -> AveragedSgdState {
        AveragedSgdState {
            average: w.to_vec(),
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut AveragedSgdState) {
        let fall = 1.0 + self.lambd * self.learning_rate * here.epoch as f64;
        let rate = self.learning_rate / powf(fall, self.alpha);
        let averaged = here.epoch.saturating_sub(self.t0).max(1);
        let n = d.len();
        let (w, average) = (&here.weights[..n], &mut s.average[..n]);
        for i in 0..n {
            d[i] = -rate * (d[i] + self.lambd * w[i]);
            average[i] += (w[i] + d[i] - average[i]) / averaged as f64;
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_average_begins_after_t0() {
        let rule = AveragedSgd {
            learning_rate: 0.5,
            lambd: 0.0,
            alpha: 0.75,
            t0: 1,
        };
        let size = StateShape {
            dim: 1,
            runs: 1,
            blocks: &[],
        };
        let (mut w, mut state) = (8.0, rule.init(&[8.0], size));
        // The gradient is w, so each step halves w. The first three averages equal the weight; the fourth is the mean
        // of 1 and 0.5.
        let expected = [(4.0, 4.0), (2.0, 2.0), (1.0, 1.0), (0.5, 0.75)];
        for (epoch, (weight, average)) in (0..).zip(expected) {
            let here = StepContext {
                weights: &[w],
                losses: &[0.0],
                epoch,
                blocks: &[],
            };
            let mut d = [w];
            rule.displace(&mut d, here, &mut state);
            w += d[0];
            assert_eq!((w, state.average[0]), (weight, average));
        }
    }
}
