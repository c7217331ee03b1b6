//! Data sets for supervised learning.

use crate::{Error, objective::data::table::Table};
use std::sync::Arc;

pub(crate) mod rows;
pub mod table;

/// A supervised data set: rows of features, each with the target that the network should predict.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSet {
    /// Names of the features, one per column.
    pub feature_names: Vec<String>,
    /// Features: (samples, features), row-major.
    pub features: Vec<f64>,
    /// Name of the target.
    pub target_name: String,
    /// Targets (samples).
    pub targets: Vec<f64>,
    /// Table from which the data was read, for the lines and columns in error messages.
    pub table: Option<Arc<Table>>,
}

impl DataSet {
    /// Returns the number of samples.
    pub fn samples(&self) -> usize {
        self.targets.len()
    }

    /// Returns the number of features.
    pub fn dim(&self) -> usize {
        self.feature_names.len()
    }

    /// Returns the features and the target of one sample.
    pub fn row(&self, i: usize) -> (&[f64], f64) {
        let dim = self.dim();
        (&self.features[i * dim..(i + 1) * dim], self.targets[i])
    }

    /// Returns the features and the target of each sample.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (&[f64], f64)> {
        self.features
            .chunks_exact(self.dim())
            .zip(self.targets.iter().copied())
    }

    /// Returns an error about the target of sample `i`, with line and column if the data was read from a file.
    pub(crate) fn target_error(&self, i: usize, message: String) -> Error {
        let Some(table) = &self.table else {
            return Error::Settings(message);
        };
        let mut columns = table.columns.iter();
        table.error(
            Some(i),
            columns.position(|name| *name == self.target_name),
            message,
        )
    }
}
