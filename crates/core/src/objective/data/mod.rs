//! Data sets for supervised learning.

use crate::{
    Error, error::printable, numeric::number::ShortestFloat, objective::data::table::Table,
};
use std::sync::Arc;

pub(crate) mod cells;
pub(crate) mod classes;
pub(crate) mod columns;
pub(crate) mod decimal;
mod header;
mod notation;
pub(crate) mod rows;
pub(crate) mod scaling;
pub(crate) mod separator;
pub mod table;
pub(crate) mod usable;

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
    /// Table from which the data was read.
    pub source: Option<DataSource>,
    /// Sentences on how the data was understood.
    pub notes: Vec<String>,
    /// Sentence on the numbers that represent the classes.
    pub class_note: Option<String>,
}

/// The columns of a table that a data set consists of, for messages.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSource {
    /// The table.
    pub table: Arc<Table>,
    /// Indices of the feature columns.
    pub features: Vec<usize>,
    /// Index of the target column.
    pub target: usize,
}

/// Returns a name from a file as it is shown in figures and texts: in one line, and without control characters.
pub(crate) fn plain_name(name: &str) -> String {
    let words: Vec<&str> = name.split(['\n', '\r', '\t']).map(str::trim).collect();
    let words = words.into_iter().filter(|word| !word.is_empty());
    printable(&words.collect::<Vec<_>>().join(" ")).into_owned()
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
        match &self.source {
            Some(DataSource { table, target, .. }) => table.error(Some(i), Some(*target), message),
            None => Error::Settings(message),
        }
    }

    /// Returns the sentences on how the data was understood, including the numbers of the classes.
    pub fn all_notes(&self) -> Vec<String> {
        self.notes.iter().chain(&self.class_note).cloned().collect()
    }
}
