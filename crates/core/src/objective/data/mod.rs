//! Examples to learn from.

use crate::{Error, objective::data::table::Table};
use std::sync::Arc;

pub(crate) mod rows;
pub mod table;

/// A supervised data set: rows of features, each with the target that the network should answer.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSet {
    /// Names of the features, one a column.
    pub feature_names: Vec<String>,
    /// (samples, features), row-major.
    pub features: Vec<f64>,
    /// Name of the target.
    pub target_name: String,
    /// (samples).
    pub targets: Vec<f64>,
    /// The table it was read from, whose lines and columns messages name.
    pub table: Option<Arc<Table>>,
}

impl DataSet {
    /// Number of rows.
    pub fn samples(&self) -> usize {
        self.targets.len()
    }

    /// Number of features of a row.
    pub fn dim(&self) -> usize {
        self.feature_names.len()
    }

    /// The features and the target of one row.
    pub fn row(&self, i: usize) -> (&[f64], f64) {
        let dim = self.dim();
        (&self.features[i * dim..(i + 1) * dim], self.targets[i])
    }

    /// The rows, features first.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (&[f64], f64)> {
        self.features
            .chunks_exact(self.dim())
            .zip(self.targets.iter().copied())
    }

    /// What is wrong with the target of the sample `i`: its line and column where it was read from a file.
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
