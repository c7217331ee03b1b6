//! The data set `csv`.

use super::prelude::*;
use crate::{
    catalog::File,
    objective::data::{
        DecimalSign, Header,
        columns::{MissingValues, Selection},
        scaling::{FeatureScaling, standardize},
        table::TableFormat,
    },
};
use std::sync::Arc;

/// The rows of a CSV file. One column is the target, and the others, or the selected ones, are the features.
///
/// ```text
/// a,b,label
/// 0.5,-1,yes
/// ```
///
/// Commas, semicolons, tabs, or spaces separate the cells. A target column of words contains the names of classes, which
/// are numbered from 0 in alphabetical order. Several features are separated by `|`, as in `features=a|b`.
#[derive(Clone, Debug, Describe)]
#[entry(id = "csv", title = "CSV data")]
pub struct CsvDataSet {
    /// CSV file with one sample per row.
    pub path: File,
    /// Name or number of the target column. The default is the last column.
    pub target: Option<String>,
    /// Names or numbers of the feature columns, separated by |. The default is all other columns.
    pub features: Option<String>,
    /// Scaling of the features: `standard` gives each the mean 0 and the standard deviation 1.
    #[param(default = "none")]
    pub scale: FeatureScaling,
    /// Whether the first row contains the column names; `auto` looks for numbers in it.
    #[param(default = "auto")]
    pub header: Header,
    /// Decimal sign of the numbers; `auto` is a comma if no number contains a point.
    #[param(default = "auto")]
    pub decimal: DecimalSign,
    /// Whether a row with an empty cell is an error or is left out.
    #[param(default = "refuse")]
    pub missing: MissingValues,
}

impl Build<DataSet> for CsvDataSet {
    fn build(self) -> Result<DataSet, Error> {
        let format = TableFormat {
            header: self.header,
            decimal: self.decimal,
        };
        let mut table = Table::from_csv(&self.path.name, self.path.text()?, format)?;
        let (features, target) = (self.features.as_deref(), self.target.as_deref());
        let mut selection = Selection::new(&table, features, target)?;
        if self.missing == MissingValues::Skip {
            selection.skip_incomplete_rows(&mut table)?;
        }
        selection.check(&table)?;
        let mut data = of_table(&table, &selection);
        if data.targets.iter().all(|y| *y == data.targets[0]) {
            let message = format!(
                "every target in column `{}` is {}: choose a target column with different values",
                data.target_name,
                data.target_label(data.targets[0])
            );
            return Err(table.error(None, None, message));
        }
        data.notes = [std::mem::take(&mut table.notes), selection.notes].concat();
        if self.scale == FeatureScaling::Standard {
            standardize(&mut data)?;
        }
        Ok(DataSet {
            is_measured: true,
            table: Some(Arc::new(table)),
            ..data
        })
    }
}

/// Creates the data set of the selected columns.
pub(super) fn of_table(table: &Table, selection: &Selection) -> DataSet {
    let name = |i: &usize| table.columns[*i].clone();
    let rows = table.numbers.chunks_exact(table.columns.len());
    let features = rows.flat_map(|row| selection.features.iter().map(|i| row[*i]));
    DataSet {
        feature_names: selection.features.iter().map(name).collect(),
        features: features.collect(),
        target_name: name(&selection.target),
        targets: selection.targets(table),
        class_names: selection.classes.clone(),
        ..DataSet::default()
    }
}
