//! Maps: how a run ends for every start in a window, or for every value of a setting.
//!
//! The work is cut into tiles that know nothing of each other, so that they may be driven anywhere and in any order; a
//! cell is the same to the bit whatever its tile.

mod settings;
mod starts;
mod tally;

pub use settings::{SettingCell, SettingsGrid, uniform_starts};
pub use starts::{MINIMUM_RADIUS, StartGrid};
pub use tally::{Summary, Tally};

use crate::run::{StopReason, batch::RunEnd, oracle::EvaluationCounts};

/// How the run of a cell ended, without the details; its number is its code in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The loss came down to the target.
    Reached = 0,
    /// The epoch limit came first.
    EpochLimit = 1,
    /// The run stands still where the gradient is zero.
    Converged = 2,
    /// The line search found no step.
    NoStep = 3,
    /// The loss or a weight was no finite number any more.
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

    /// The outcome in a word or two, for tables.
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
            // No map is made of records, and what they end at is a limit.
            StopReason::EpochLimit | StopReason::RecordEnds { .. } => Self::EpochLimit,
            StopReason::Converged => Self::Converged,
            StopReason::NoStep(_) | StopReason::Singular => Self::NoStep,
            StopReason::Diverged { .. } => Self::Diverged,
        }
    }
}

/// How the run of one cell ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartCell {
    /// Number of steps made.
    pub epochs: u64,
    /// What the optimizer asked.
    pub calls: EvaluationCounts,
    /// Which of the known minima the last weights lie at, counted from 1; 0 for none.
    pub minimum: u32,
    /// The last loss.
    pub loss: f64,
    /// Why it ended.
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

    /// How often the optimizer asked, for whatever.
    pub fn evaluations(&self) -> u64 {
        self.calls.evaluations()
    }
}
