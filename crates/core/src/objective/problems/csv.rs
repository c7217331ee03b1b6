//! A perceptron on the rows of a CSV file.

use super::{perceptron::DataProblem, prelude::*};
use crate::objective::data_sets::CsvDataSet;

/// A perceptron on the rows of a CSV file, with one weight per feature and an optional bias.
///
/// ```text
/// p = activation(w . x + bias)          E(w) = mean(loss(p, y))
/// ```
///
/// It abbreviates `perceptron` with the data set `csv`. The initial weights are 0. The learning rate is 0.5 divided by the
/// greatest curvature of the loss that is found in the window; for more than two weights, by a bound on the curvature.
#[derive(Clone, Debug, Describe)]
#[entry(id = "csv", title = "CSV data")]
pub struct CsvProblem(pub CsvDataSet);

impl DataProblem for CsvProblem {
    fn title_and_data(self) -> Result<(Text, DataSet), Error> {
        let title = self.0.path.short_name();
        Ok((title.into(), self.0.build()?))
    }
}
