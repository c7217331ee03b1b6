//! A perceptron on the rows of a CSV file.

use super::{perceptron::one_layer, prelude::*};
use crate::objective::data_sets;

/// A perceptron without bias on the rows of a CSV file, with one weight per feature.
///
/// ```text
/// p = activation(w . x)       E(w) = mean((p - y)^2)
/// ```
///
/// It abbreviates `perceptron` with the data set `csv`.
#[derive(Clone, Debug, Describe)]
#[entry(id = "csv", title = "CSV data")]
pub struct CsvProblem {
    /// CSV file of numbers whose first line contains the column names.
    pub path: File,
    /// Name of the target column. The default is the last column.
    pub target: Option<String>,
    /// Activation function of the unit.
    #[param(default = "sigmoid")]
    pub activation: Activation,
}

impl Build<Problem> for CsvProblem {
    fn build(self) -> Result<Problem, Error> {
        let data = data_sets::CsvDataSet {
            path: self.path.clone(),
            target: self.target.clone(),
        };
        let output = Output {
            activation: self.activation,
            loss: Loss::Mse,
        };
        let title = self.path.short_name().to_owned();
        one_layer(title.into(), data.build()?, output, Bias::None)
    }
}
