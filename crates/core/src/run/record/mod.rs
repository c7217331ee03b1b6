//! Recorded runs: the weights of each epoch, read from a file.
//!
//! The file is a CSV file with the columns w1, w2, and so on, such as a trace of this program, or an array in the format
//! `.npy`.

use crate::{Error, objective::blocks::Block, run::oracle::EvaluationCounts};

mod csv;
mod npy;

/// Maximum relative difference of two losses that count as equal.
pub const SAME_LOSS: f64 = 1e-6;

/// A recorded run; row 0 is its initial point.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Name of the file, for messages.
    pub file: String,
    /// Number of weights.
    pub dim: usize,
    /// The blocks of the network; empty if the file does not contain them.
    pub blocks: Vec<Block>,
    /// The weights (epochs + 1, dim), row-major; they may be NaN or infinite.
    pub weights: Vec<f64>,
    /// The recorded losses (epochs + 1), if any; NaN in rows without a loss.
    pub losses: Option<Vec<f64>>,
    /// The recorded cumulative numbers of evaluations (epochs + 1), if any.
    pub calls: Option<Vec<EvaluationCounts>>,
}

/// A difference between the recorded and the computed loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossMismatch {
    /// Number of steps.
    pub epoch: u64,
    /// The loss in the file.
    pub recorded: f64,
    /// The loss of the problem at the same weights.
    pub computed: f64,
}

impl Record {
    /// Reads the bytes of a file. The first bytes identify a `.npy` array; other files are read as CSV.
    ///
    /// # Errors
    /// The file has neither format, is empty, lacks the column of a weight, or has a cell that is not a number. The error
    /// contains the line and the column if possible.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Error> {
        // numpy.savez writes a zip archive.
        if bytes.starts_with(b"PK\x03\x04") {
            let message = "this is a zip archive, but a `.npy` array or CSV text is required; save one array with numpy.save";
            return Err(Error::in_file(file, None, None, message));
        }
        if bytes.starts_with(npy::MAGIC) {
            npy::read(file, bytes)
        } else {
            csv::read(file, bytes)
        }
    }

    /// Returns the number of recorded steps.
    pub fn epochs(&self) -> u64 {
        (self.weights.len() / self.dim) as u64 - 1
    }

    /// Returns the weights after `epoch` steps (dim), or `None` after the end of the record.
    pub fn at(&self, epoch: u64) -> Option<&[f64]> {
        let begin = usize::try_from(epoch).ok()?.checked_mul(self.dim)?;
        self.weights.get(begin..begin + self.dim)
    }

    /// Returns the recorded number of evaluations after `epoch` steps, or zeros if it was not recorded.
    pub fn calls_at(&self, epoch: u64) -> EvaluationCounts {
        let calls = self.calls.as_ref().and_then(|c| c.get(epoch as usize));
        calls.copied().unwrap_or_default()
    }

    /// Compares the recorded loss after `epoch` steps with the `computed` loss at the same weights, and returns a difference
    /// above [`SAME_LOSS`].
    pub fn loss_mismatch(&self, epoch: u64, computed: f64) -> Option<LossMismatch> {
        let recorded = *self.losses.as_ref()?.get(epoch as usize)?;
        let same = recorded == computed
            || (recorded - computed).abs() <= SAME_LOSS * recorded.abs().max(computed.abs())
                && recorded.is_finite();
        // NaN stands for a loss that was not recorded or that the other program could not compute.
        (!same && !recorded.is_nan()).then_some(LossMismatch {
            epoch,
            recorded,
            computed,
        })
    }

    /// Checks that the record has `dim` weights.
    ///
    /// # Errors
    /// The record has another number of weights.
    pub fn check_dim(&self, dim: usize) -> Result<(), Error> {
        if self.dim == dim {
            return Ok(());
        }
        let weights = if self.dim == 1 { "weight" } else { "weights" };
        let message = format!(
            "the record has {} {weights}, but the problem has {dim}",
            self.dim
        );
        Err(Error::in_file(&self.file, None, None, message))
    }
}
