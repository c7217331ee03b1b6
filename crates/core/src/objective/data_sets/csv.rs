//! The data set `csv`.

use super::prelude::*;
use crate::catalog::File;
use std::sync::Arc;

/// The rows of a CSV file of numbers. One column is the target, the others are the features.
///
/// ```text
/// a,b,label
/// 0.5,-1,0
/// ```
#[derive(Clone, Debug, Describe)]
#[entry(id = "csv", title = "CSV data")]
pub struct CsvDataSet {
    /// CSV file of numbers whose first line contains the column names.
    pub path: File,
    /// Name of the target column. The default is the last column.
    pub target: Option<String>,
}

impl Build<DataSet> for CsvDataSet {
    fn build(self) -> Result<DataSet, Error> {
        let table = Table::from_csv(&self.path.name, self.path.text()?)?;
        let names = &table.columns;
        let target = match &self.target {
            None => names.len() - 1,
            Some(name) => names.iter().position(|n| n == name).ok_or_else(|| {
                let message = format!(
                    "there is no column `{name}`; choose one of: {}",
                    names.join(", ")
                );
                table.error(None, None, message)
            })?,
        };
        if names.len() < 2 {
            let message = "there is only one column: add a feature column or a target column";
            return Err(table.error(None, None, message.to_owned()));
        }
        let data = of_table(&table, target);
        if data.targets.iter().all(|y| *y == data.targets[0]) {
            let message = format!(
                "every target in column `{}` is {}: choose a target column with different values",
                data.target_name, data.targets[0]
            );
            return Err(table.error(None, None, message));
        }
        Ok(DataSet {
            table: Some(Arc::new(table)),
            ..data
        })
    }
}

/// Creates the data set with this target column. All other columns are features.
pub(super) fn of_table(table: &Table, target: usize) -> DataSet {
    let names = &table.columns;
    let rows = table.numbers.chunks_exact(names.len());
    let is_feature = |i: &usize| *i != target;
    DataSet {
        feature_names: (0..names.len())
            .filter(is_feature)
            .map(|i| names[i].clone())
            .collect(),
        features: rows
            .clone()
            .flat_map(|row| (0..row.len()).filter(is_feature).map(|i| row[i]))
            .collect(),
        target_name: names[target].clone(),
        targets: rows.map(|row| row[target]).collect(),
        table: None,
    }
}
