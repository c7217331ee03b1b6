//! Averages of the weights.

use super::Wrapper;
use crate::{
    optimizers::prelude::*,
    run::optimizer::{ConfiguredOptimizer, Stepper},
};

/// Averages the weights of another optimizer, which does not see the average.
///
/// ```text
/// ema:  average <- average + (1 - ema_decay) / (1 - ema_decay^t) (w - average)          t = 1 after the first step
/// swa:  average <- average + (w - average) / n          n = 1 for the first average after begin, then every few steps
/// ```
///
/// `ema` is the bias-corrected exponential moving average, `optax.ema` of the weights. `swa` is stochastic weight averaging;
/// the average equals the weights until it begins. The path and the loss of a run are those of the weights, or of the average
/// with `path=average`; the other point is in the state. The steps are always those of the wrapped optimizer.
#[derive(Clone, Describe)]
#[entry(
    id = "averaged",
    title = "Average",
    family = Wrapper,
    cite = "izmailov2018averaging",
    why = REASONS,
    torch = "torch.optim.swa_utils.AveragedModel"
)]
pub struct Averaged {
    /// The optimizer that makes the steps.
    #[param(default = "momentum")]
    pub of: Arc<dyn ConfiguredOptimizer>,
    /// Kind of the average: exponential moving average, or stochastic weight averaging.
    #[param(default = "ema")]
    pub average: AverageKind,
    /// Decay rate of the exponential moving average.
    #[param(default = 0.99, valid = 0.0..1.0, slider = 0.5..=0.999, optax = "decay")]
    pub ema_decay: f64,
    /// Number of steps before stochastic weight averaging begins.
    #[param(default = 0, valid = 0.0..=1e9, slider = 0.0..=1000.0)]
    pub begin: u64,
    /// Number of steps from one weight to the next in stochastic weight averaging.
    #[param(default = 1, valid = 1.0..=1e9, slider = 1.0..=50.0)]
    pub every: u64,
    /// Point whose path and loss are reported: the weights of the wrapped optimizer, or their average.
    #[param(default = "weights")]
    pub path: ReportedPoint,
}

/// The kind of an average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AverageKind {
    /// Exponential moving average.
    Ema,
    /// Stochastic weight averaging.
    Swa,
}

choice!(AverageKind {
    "ema": Ema,
    "swa": Swa,
});

/// The point whose path and loss are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportedPoint {
    /// The weights of the wrapped optimizer.
    Weights,
    /// Their average.
    Average,
}

choice!(ReportedPoint {
    "weights": Weights,
    "average": Average,
});

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves to the new average of the weights",
    "(average - weight) / sign([abs(average - iterate)])",
)];

/// The state of an average.
#[derive(Clone, Debug, Inspect)]
pub struct AveragedState {
    /// Weights of the wrapped optimizer.
    #[quantity(Position)]
    pub iterate: Vec<f64>,
    /// Average of these weights.
    #[quantity(Position)]
    pub average: Vec<f64>,
    /// Number of steps.
    #[scratch]
    steps: u64,
}

impl Averaged {
    /// Returns the fraction by which the average moves to the weights after this number of steps, at least 1.
    fn fraction(&self, steps: u64) -> f64 {
        match self.average {
            AverageKind::Ema => (1.0 - self.ema_decay) / (1.0 - powf(self.ema_decay, steps as f64)),
            AverageKind::Swa if steps <= self.begin => 1.0,
            AverageKind::Swa => {
                let later = steps - self.begin - 1;
                if later.is_multiple_of(self.every) {
                    1.0 / (later / self.every + 1) as f64
                } else {
                    0.0
                }
            }
        }
    }
}

impl Wrapper for Averaged {
    type State = AveragedState;
    const NEEDS_GRADIENT_RULE: bool = false;

    fn of(&self) -> &Arc<dyn ConfiguredOptimizer> {
        &self.of
    }

    fn begin(&self, w: &[f64]) -> AveragedState {
        AveragedState {
            iterate: w.to_vec(),
            average: w.to_vec(),
            steps: 0,
        }
    }

    fn step(
        &self,
        w: &mut [f64],
        state: &mut AveragedState,
        inner: &mut Box<dyn Stepper>,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        match inner.step(&mut state.iterate, oracle) {
            // At rest, the average can still move.
            StepOutcome::AtRest
                if self.path == ReportedPoint::Weights || state.average == state.iterate =>
            {
                return StepOutcome::AtRest;
            }
            StepOutcome::Continue | StepOutcome::AtRest => {}
            stop @ StepOutcome::Stop(_) => return stop,
        }
        state.steps += 1;
        let fraction = self.fraction(state.steps);
        for (average, w) in state.average.iter_mut().zip(&state.iterate) {
            // A sum with a difference would be rounded.
            *average = if fraction == 1.0 {
                *w
            } else {
                *average + fraction * (w - *average)
            };
        }
        w.copy_from_slice(match self.path {
            ReportedPoint::Weights => &state.iterate,
            ReportedPoint::Average => &state.average,
        });
        StepOutcome::Continue
    }

    fn is_autonomous(&self) -> bool {
        self.path == ReportedPoint::Weights
    }
}
