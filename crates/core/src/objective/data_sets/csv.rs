//! The user's own data.

use super::prelude::*;
use crate::catalog::File;
use std::sync::Arc;

/// Your own data: the rows of a CSV file of numbers, one column the target.
///
/// ```text
/// a,b,label
/// 0.5,-1,0
/// ```
#[derive(Clone, Debug, Describe)]
#[entry(id = "csv", title = "Your data")]
pub struct CsvDataSet {
    /// A CSV file of numbers whose first line names the columns.
    pub path: File,
    /// The column to be learned; the last one where none is given.
    pub target: Option<String>,
}

impl Build<DataSet> for CsvDataSet {
    fn build(self) -> Result<DataSet, Error> {
        let table = Table::from_csv(&self.path.name, self.path.text()?)?;
        let names = &table.columns;
        let target = match &self.target {
            None => names.len() - 1,
            Some(name) => names.iter().position(|n| n == name).ok_or_else(|| {
                let message = format!("there is no column `{name}`; there is {}", names.join(", "));
                table.error(None, None, message)
            })?,
        };
        if names.len() < 2 {
            let message = "one column is no data set: features and a target are needed";
            return Err(table.error(None, None, message.to_owned()));
        }
        let data = of_table(&table, target);
        if data.targets.iter().all(|y| *y == data.targets[0]) {
            let message = format!(
                "every target in `{}` is {}: one class only, nothing to learn",
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

/// The data set whose target is this column of the table, and whose features are all others.
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
