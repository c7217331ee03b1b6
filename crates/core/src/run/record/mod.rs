//! Recorded runs: the weights of each epoch, read from a file.
//!
//! The file is a CSV file with a column for each weight, such as a trace of this program, an array in the format `.npy`,
//! or an archive of arrays in the format `.npz`.

use crate::{
    Error,
    error::printable,
    objective::{Objective, blocks::Block},
    run::oracle::EvaluationCounts,
};

mod columns;
mod csv;
mod layout;
mod loss_log;
mod npy;
mod npz;
mod numbers;
mod placement;
mod zip;

pub use layout::{WeightLayout, WeightOrder};
pub use loss_log::LossLog;

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
    /// Names or positions of the columns of the weights; empty for arrays.
    pub columns: Vec<String>,
    /// The order of the weights in the file.
    pub order: WeightOrder,
    /// Sentences on how the file was understood.
    pub notes: Vec<String>,
}

/// How a file is read, as far as the file leaves it open.
#[derive(Clone, Debug, Default)]
pub struct RecordFormat {
    /// Names or positions of the columns of the weights.
    pub columns: Option<Vec<String>>,
    /// The order of the weights; the default is that of named arrays with recognizable shapes, else of this program.
    pub order: Option<WeightOrder>,
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
    /// Reads the bytes of a file for a problem with these weights. The first bytes identify a `.npy` array and an archive of
    /// arrays; other files are read as CSV.
    ///
    /// # Errors
    /// The file has none of these formats, is empty, lacks the column or the array of a weight, or has a cell that is not
    /// a number. The record has another number of weights than the problem. The error contains the line and the column if
    /// possible.
    pub fn read(
        file: &str,
        bytes: &[u8],
        layout: WeightLayout,
        format: &RecordFormat,
    ) -> Result<Self, Error> {
        let is_text = !bytes.starts_with(zip::MAGIC) && !bytes.starts_with(npy::MAGIC);
        if let (true, Some(message)) = (is_text, damage(file)) {
            return Err(Error::in_file(file, None, None, message));
        }
        if format.columns.is_some() && !is_text {
            let message = "arrays have no columns to select with `weights`: remove this setting";
            return Err(Error::in_file(file, None, None, message));
        }
        if bytes.starts_with(zip::MAGIC) {
            return npz::read(file, bytes, layout, format.order);
        }
        let mut record = if bytes.starts_with(npy::MAGIC) {
            npy::read(file, bytes)?
        } else {
            csv::read(file, bytes, layout, format.columns.as_deref())?
        };
        if !layout.names.is_empty() {
            record.check_dim(layout.names.len())?;
        }
        record.arrange(format.order.unwrap_or(record.order), layout.blocks);
        Ok(record)
    }

    /// Creates a record of weights (epochs + 1, dim) without losses.
    fn new(file: &str, dim: usize, weights: Vec<f64>) -> Self {
        Self {
            file: printable(file).into_owned(),
            dim,
            blocks: Vec::new(),
            weights,
            losses: None,
            calls: None,
            columns: Vec::new(),
            order: WeightOrder::Thalweg,
            notes: Vec::new(),
        }
    }

    /// Changes all weights from `order` into the order of the program.
    fn arrange(&mut self, order: WeightOrder, blocks: &[Block]) {
        self.order = order;
        for row in self.weights.chunks_exact_mut(self.dim) {
            order.arrange(row, blocks);
        }
    }

    /// Returns the weights after `epoch` steps (dim) as they are if the file has the other order.
    pub fn in_other_order(&self, epoch: u64, blocks: &[Block]) -> Option<Vec<f64>> {
        let mut row = self.at(epoch)?.to_vec();
        self.order.restore(&mut row, blocks);
        self.order.other().arrange(&mut row, blocks);
        Some(row)
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

    /// Returns whether the recorded loss of `first` fits the weights if the file has the other order.
    pub fn fits_other_order(&self, first: &LossMismatch, objective: &dyn Objective) -> bool {
        let row = self.in_other_order(first.epoch, objective.blocks());
        let computed = row.map(|row| objective.value(&row));
        computed.is_some_and(|loss| self.loss_mismatch(first.epoch, loss).is_none())
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

/// Returns a message for a file whose name promises arrays, but which does not begin like them.
fn damage(file: &str) -> Option<String> {
    let (_, extension) = file.rsplit_once('.')?;
    let (kind, save) = match &*extension.to_ascii_lowercase() {
        "npz" => ("an archive of NumPy arrays", "numpy.savez"),
        "npy" => ("a NumPy array", "numpy.save"),
        _ => return None,
    };
    Some(format!(
        "this is not {kind}, or it is damaged; write it again with {save}"
    ))
}
