//! The user's own data in the place of the article's.

use super::{perceptron::one_layer, prelude::*};
use crate::objective::data_sets;

/// Your own data: one layer without bias on the rows of a CSV file, one weight a feature.
///
/// ```text
/// p = activation(w . x)       E(w) = mean((p - y)^2)
/// ```
///
/// Short for `perceptron` with the data set `csv`.
#[derive(Clone, Debug, Describe)]
#[entry(id = "csv", title = "Your data")]
pub struct CsvProblem {
    /// A CSV file of numbers whose first line names the columns.
    pub path: File,
    /// The column to be learned; the last one where none is given.
    pub target: Option<String>,
    /// What the unit makes of its weighted sum.
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
        one_layer(Self::ABOUT.title, data.build()?, output, Bias::None)
    }
}
