//! The data set `csv`.

use super::prelude::*;
use crate::{
    catalog::File,
    objective::data::{
        DataSource, DecimalSign, Header,
        classes::class_note,
        columns::{MissingValues, Selection},
        plain_name,
        scaling::{FeatureScaling, constant_note, standardize},
        table::TableFormat,
    },
};
use std::{collections::BTreeMap, sync::Arc};

/// The rows of a CSV file. One column is the target, and the others, or the selected ones, are the features.
///
/// ```text
/// a,b,label
/// 0.5,-1,yes
/// ```
///
/// Commas, semicolons, tabs, bars, or spaces separate the cells. A target column of words contains the names of classes, which
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
        data.is_measured = true;
        data.source = Some(DataSource {
            table: Arc::new(table),
            features: selection.features,
            target: selection.target,
        });
        match self.scale {
            FeatureScaling::Standard => standardize(&mut data)?,
            FeatureScaling::None => data.notes.extend(constant_note(&data)),
        }
        Ok(data)
    }
}

/// Creates the data set of the selected columns.
pub(super) fn of_table(table: &Table, selection: &Selection) -> DataSet {
    let name = |i: &usize| plain_name(&table.columns[*i]);
    // Columns with the same name can only be selected by their numbers.
    let names: Vec<String> = selection.features.iter().map(name).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        *counts.entry(name).or_default() += 1;
    }
    let numbered = |(name, i): (&String, &usize)| match counts[&**name] {
        1 => name.clone(),
        _ => format!("{name} (column {})", i + 1),
    };
    let feature_names = names
        .iter()
        .zip(&selection.features)
        .map(numbered)
        .collect();
    let class_names: Vec<String> = selection.classes.iter().map(|c| plain_name(c)).collect();
    let target_name = name(&selection.target);
    let rows = table.numbers.chunks_exact(table.columns.len());
    let features = rows.flat_map(|row| selection.features.iter().map(|i| row[*i]));
    DataSet {
        feature_names,
        features: features.collect(),
        class_note: class_note(&target_name, &class_names),
        target_name,
        targets: selection.targets(table),
        class_names,
        ..DataSet::default()
    }
}
