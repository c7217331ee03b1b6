//! The user's own data in the place of the article's.

use super::{Posed, Problem, article::of_network};
use crate::{
    Error,
    catalog::{Describe as _, File},
    data::DataSet,
    perceptron::{Activation, Perceptron},
    table::Table,
};
use thalweg_macros::Describe;

/// Your own data: one layer without bias on the rows of a CSV file, one weight a feature.
///
/// ```text
/// p = activation(w . x)       E(w) = mean((p - y)^2)
/// ```
#[derive(Clone, Debug, Describe)]
#[entry(id = "csv", title = "Your data")]
pub struct Csv {
    /// A CSV file of numbers whose first line names the columns.
    pub path: File,
    /// The column to be learned; the last one where none is given.
    pub target: Option<String>,
    /// What the unit makes of its weighted sum.
    #[param(default = "sigmoid")]
    pub activation: Activation,
}

impl Posed for Csv {
    fn pose(&self) -> Result<Problem, Error> {
        let table = Table::from_csv(&self.path.name, &self.path.text)?;
        let data = data_set(&table, self.target.as_deref())?;
        let bounded = self.activation == Activation::Sigmoid;
        check_targets(&table, &data, bounded)?;
        let network = Perceptron::new(data, self.activation);
        Ok(of_network(Self::ABOUT.title, network))
    }
}

fn data_set(table: &Table, target: Option<&str>) -> Result<DataSet, Error> {
    let names = &table.columns;
    let target = match target {
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
    let rows = table.numbers.chunks_exact(names.len());
    let is_feature = |i: &usize| *i != target;
    Ok(DataSet {
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
    })
}

/// There must be something to tell apart, within what the unit can answer.
fn check_targets(table: &Table, data: &DataSet, bounded: bool) -> Result<(), Error> {
    let column = table
        .columns
        .iter()
        .position(|name| *name == data.target_name);
    let outside = |y: &f64| bounded && !(0.0..=1.0).contains(y);
    if let Some(row) = data.targets.iter().position(outside) {
        let message = format!(
            "the target {} is not between 0 and 1, where a sigmoid unit answers",
            data.targets[row]
        );
        return Err(table.error(Some(row), column, message));
    }
    if data.targets.iter().all(|y| *y == data.targets[0]) {
        let message = format!(
            "every target in `{}` is {}: one class only, nothing to learn",
            data.target_name, data.targets[0]
        );
        return Err(table.error(None, None, message));
    }
    Ok(())
}
