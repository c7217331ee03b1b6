//! The data set `iris`.

use super::{csv::of_table, prelude::*};
use crate::objective::data::{columns::Selection, table::TableFormat};

/// 150 irises of three species, with the lengths and widths of their sepals and petals (Fisher, 1936).
///
/// ```text
/// 0: setosa          1: versicolor          2: virginica          lengths and widths in cm
/// ```
///
/// The numbers are those of scikit-learn, which agree with the paper. The copy in the UCI repository differs in the
/// 35th and the 38th sample.
#[derive(Clone, Debug, Describe)]
#[entry(id = "iris", title = "Irises", cite = "fisher1936use")]
pub struct Iris {}

impl Build<DataSet> for Iris {
    fn build(self) -> Result<DataSet, Error> {
        let text = include_str!("iris.csv");
        let table = Table::from_csv("iris.csv", text, TableFormat::default())?;
        let selection = Selection::new(&table, None, None)?;
        Ok(DataSet {
            class_names: ["setosa", "versicolor", "virginica"]
                .map(str::to_owned)
                .into(),
            is_measured: true,
            ..of_table(&table, &selection)
        })
    }
}
