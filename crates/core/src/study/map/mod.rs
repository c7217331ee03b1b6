//! Maps: the result of a run for every initial point in a window, or for every value of a setting.
//!
//! The work is divided into independent tiles, which can be computed anywhere and in any order. The bits of a cell do
//! not depend on its tile.

mod settings;
mod starts;
mod stored;
mod tally;

pub use settings::{SettingCell, SettingsGrid, uniform_starts};
pub use starts::{MINIMUM_RADIUS, StartGrid};
pub use tally::{Summary, Tally};

use crate::run::{StopReason, batch::RunEnd, oracle::EvaluationCounts};

/// Outcome of the run of a cell. The number of a variant is its code in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The run reached the target loss.
    Reached = 0,
    /// The run reached the epoch limit.
    EpochLimit = 1,
    /// The weights no longer change, or the run is within its tolerance.
    Converged = 2,
    /// The line search found no step, or the equations for the step have no unique solution.
    NoStep = 3,
    /// The loss or a weight is no longer finite.
    Diverged = 4,
}

impl Outcome {
    /// All outcomes, in the order of their codes.
    pub const ALL: [Self; 5] = [
        Self::Reached,
        Self::EpochLimit,
        Self::Converged,
        Self::NoStep,
        Self::Diverged,
    ];

    /// Returns the outcome in one or two words, for tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::EpochLimit => "epoch limit",
            Self::Converged => "converged",
            Self::NoStep => "no step",
            Self::Diverged => "diverged",
        }
    }
}

impl From<StopReason> for Outcome {
    fn from(stop: StopReason) -> Self {
        match stop {
            StopReason::Reached => Self::Reached,
            // Maps do not contain records. The end of a record is treated as an epoch limit.
            StopReason::EpochLimit | StopReason::RecordEnds { .. } => Self::EpochLimit,
            StopReason::Converged(_) => Self::Converged,
            StopReason::NoStep(_) | StopReason::Singular => Self::NoStep,
            StopReason::Diverged { .. } => Self::Diverged,
        }
    }
}

/// Result of the run of one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartCell {
    /// Number of steps.
    pub epochs: u64,
    /// Number of evaluations by the optimizer.
    pub calls: EvaluationCounts,
    /// The known minimum that the final weights reached, counted from 1; 0 for none.
    pub minimum: u32,
    /// Final loss.
    pub loss: f64,
    /// Outcome.
    pub outcome: Outcome,
}

impl StartCell {
    fn new(end: RunEnd, minimum: u32) -> Self {
        Self {
            epochs: end.epochs,
            calls: end.calls,
            minimum,
            loss: end.loss,
            outcome: end.stop.into(),
        }
    }

    /// Returns the number of evaluations of the loss, the gradient, and the Hessian.
    pub fn evaluations(&self) -> u64 {
        self.calls.evaluations()
    }
}
