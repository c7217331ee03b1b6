//! Data sets for supervised learning.

use crate::{Error, numeric::number::ShortestFloat, objective::data::table::Table};
use std::sync::Arc;

mod classes;
pub(crate) mod columns;
mod decimal;
mod header;
pub(crate) mod rows;
pub(crate) mod scaling;
mod separator;
pub mod table;

pub use decimal::DecimalSign;
pub use header::Header;

/// Limit of the number of classes, so that a legend can list them.
pub const MAX_CLASSES: usize = 12;

/// A supervised data set: rows of features, each with the target that the network should predict.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataSet {
    /// Names of the features, one per column.
    pub feature_names: Vec<String>,
    /// Features: (samples, features), row-major.
    pub features: Vec<f64>,
    /// Name of the target.
    pub target_name: String,
    /// Targets (samples).
    pub targets: Vec<f64>,
    /// Names of the classes 0, 1, and so on; empty if the targets are numbers.
    pub class_names: Vec<String>,
    /// Whether the data was measured, so that defaults follow from its spread.
    pub is_measured: bool,
    /// Table from which the data was read, for the lines and columns in error messages.
    pub table: Option<Arc<Table>>,
    /// Sentences on how the data was understood, such as the numbers of the classes.
    pub notes: Vec<String>,
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

    /// Returns the values of a feature, one per sample.
    pub fn feature(&self, feature: usize) -> impl ExactSizeIterator<Item = f64> + Clone {
        let values = self.features.iter().skip(feature);
        values.step_by(self.dim()).copied()
    }

    /// Returns the name of a target: that of its class, or else its number.
    pub fn target_label(&self, target: f64) -> String {
        let mut names = (0_u32..).map(f64::from).zip(&self.class_names);
        let named = names.find(|(class, _)| *class == target);
        named.map_or_else(
            || ShortestFloat(target).to_string(),
            |(_, name)| name.clone(),
        )
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
