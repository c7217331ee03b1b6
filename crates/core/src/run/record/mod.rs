//! A record: the weights that a run made elsewhere passed through, row by row.
//!
//! It comes from the bytes of a file: a CSV file with the columns w1, w2 and so on, one of this program's own traces
//! among them, or an array in the format `.npy`.

use crate::{Error, objective::blocks::Block, run::oracle::EvaluationCounts};

mod csv;
mod npy;

/// Two losses are the same if they differ by no larger share of the larger one.
pub const SAME_LOSS: f64 = 1e-6;

/// The weights that a run made elsewhere passed through; row 0 is its start.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Name of the file, for messages.
    pub file: String,
    /// Number of weights.
    pub dim: usize,
    /// The blocks of the network that it came from; empty where the file does not say.
    pub blocks: Vec<Block>,
    /// The weights (epochs + 1, dim), row-major; any of them may be no finite number.
    pub weights: Vec<f64>,
    /// The loss as it was recorded (epochs + 1), if it was; NaN where a row does not tell it.
    pub losses: Option<Vec<f64>>,
    /// What the optimizer had asked (epochs + 1), if that was recorded.
    pub calls: Option<Vec<EvaluationCounts>>,
}

/// A loss that is not the one that was recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossMismatch {
    /// Number of steps made.
    pub epoch: u64,
    /// The loss in the file.
    pub recorded: f64,
    /// The loss of the problem at the same weights.
    pub ours: f64,
}

impl Record {
    /// Reads the bytes of a file: an array `.npy` by its first bytes, else CSV text.
    ///
    /// # Errors
    /// The file is neither, is empty, has no weights or not the weights from w1 on, or a cell that is no number; the
    /// error names line and column where there are any.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Error> {
        // What numpy.savez writes is an archive.
        if bytes.starts_with(b"PK\x03\x04") {
            let message = "this is an archive: save one array with numpy.save, or columns as CSV";
            return Err(Error::in_file(file, None, None, message));
        }
        if bytes.starts_with(npy::MAGIC) {
            npy::read(file, bytes)
        } else {
            csv::read(file, bytes)
        }
    }

    /// Number of steps recorded.
    pub fn epochs(&self) -> u64 {
        (self.weights.len() / self.dim) as u64 - 1
    }

    /// The weights after `epoch` steps, if the record goes so far.
    pub fn at(&self, epoch: u64) -> Option<&[f64]> {
        let begin = usize::try_from(epoch).ok()?.checked_mul(self.dim)?;
        self.weights.get(begin..begin + self.dim)
    }

    /// What the optimizer had asked after `epoch` steps; nothing where that was not recorded.
    pub fn calls_at(&self, epoch: u64) -> EvaluationCounts {
        let calls = self.calls.as_ref().and_then(|c| c.get(epoch as usize));
        calls.copied().unwrap_or_default()
    }

    /// How the loss that was recorded after `epoch` steps differs from `ours`, the problem's at the same weights, if it
    /// differs by more than [`SAME_LOSS`].
    pub fn disagreement(&self, epoch: u64, ours: f64) -> Option<LossMismatch> {
        let recorded = *self.losses.as_ref()?.get(epoch as usize)?;
        let same = recorded == ours
            || (recorded - ours).abs() <= SAME_LOSS * recorded.abs().max(ours.abs())
                && recorded.is_finite();
        // A loss that is no number is one that was not told, or ours is none either.
        (!same && !recorded.is_nan()).then_some(LossMismatch {
            epoch,
            recorded,
            ours,
        })
    }

    /// Checks that the record is of a problem of `dim` weights.
    ///
    /// # Errors
    /// It has another number of weights.
    pub fn check_dim(&self, dim: usize) -> Result<(), Error> {
        if self.dim == dim {
            return Ok(());
        }
        let weights = if self.dim == 1 { "weight" } else { "weights" };
        let message = format!("it holds {} {weights}, and the problem has {dim}", self.dim);
        Err(Error::in_file(&self.file, None, None, message))
    }
}
