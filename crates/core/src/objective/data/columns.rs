//! Selects the features and the target of a data set among the columns of a table.

use super::{
    MAX_CLASSES,
    notation::{WrittenNumber, written_number},
    table::{Table, beginning, is_missing, listed},
    usable::{UsableColumns, best_target, default_features, last_filled, name_or_number},
};
use crate::{Error, catalog::choice};
use std::collections::{BTreeMap, BTreeSet};

/// What happens to a row with an empty cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingValues {
    /// It is an error.
    #[default]
    Refuse,
    /// The row is left out.
    Skip,
}

choice!(MissingValues {
    "refuse": Refuse,
    "skip": Skip,
});

/// The columns of a data set, by index.
pub(crate) struct Selection {
    pub(crate) features: Vec<usize>,
    pub(crate) target: usize,
    /// Names of the classes in ascending order; empty if the targets are numbers.
    pub(crate) classes: Vec<String>,
    /// Sentences on the selection.
    pub(crate) notes: Vec<String>,
}

impl Selection {
    /// Selects columns by name, or by number counted from 1. By default, the last column is the target, and all others
    /// are features. The names of `features` are separated by `|`.
    ///
    /// # Errors
    /// There is no such column, or the table has only one.
    pub(crate) fn new(
        table: &Table,
        features: Option<&str>,
        target: Option<&str>,
    ) -> Result<Self, Error> {
        let wrong = |message: &str| Err(table.error(None, None, message.to_owned()));
        let mut notes = Vec::new();
        let names = ColumnNames::of(table);
        let target = target.map_or_else(|| Ok(last_filled(table)), |name| names.find(name))?;
        if table.columns.len() < 2 {
            let message = "there is only one column: add a feature column or a target column";
            return wrong(message);
        }
        let features = if let Some(given) = features {
            let given = given.split('|').map(|name| names.find(name.trim()));
            let features = given.collect::<Result<Vec<_>, _>>()?;
            check_distinct(table, &features, target)?;
            features
        } else {
            let features = default_features(table, target, &mut notes);
            let all = [&*features, &[target]].concat();
            table
                .check_names(&all, |[first, second]| {
                    format!("rename one, or select them by their numbers, {first} and {second}")
                })
                .map_err(|error| advise_numbers(table, target, error))?;
            features
        };
        if features.is_empty() {
            return wrong("there is no feature column: add a column, or choose another `target`");
        }
        Ok(Self {
            features,
            target,
            classes: Vec::new(),
            notes,
        })
    }

    /// Leaves out the rows in which a selected cell is missing.
    ///
    /// # Errors
    /// No row is left.
    pub(crate) fn skip_incomplete_rows(&mut self, table: &mut Table) -> Result<(), Error> {
        let is_selected = self.mask(table);
        let mut is_kept = vec![true; table.rows()];
        let is_gap = self.gaps(table);
        for (row, column, word) in table.words() {
            let is_missing = if column == self.target {
                is_gap(word)
            } else {
                is_missing(word)
            };
            is_kept[row] &= !(is_selected[column] && is_missing);
        }
        let (all, kept) = (is_kept.len(), is_kept.iter().filter(|kept| **kept).count());
        if kept == 0 {
            let message = "every row has an empty cell: leave out columns with `features`";
            return Err(table.error(None, None, message.to_owned()));
        }
        if kept < all {
            table.retain_rows(&is_kept);
            self.notes.push(format!(
                "{} of {all} rows are left out because a selected cell is empty",
                all - kept
            ));
        }
        Ok(())
    }

    /// Checks that every feature is a number, and finds the classes if the target column contains words.
    ///
    /// # Errors
    /// A feature or a target is not a number, or there are too many classes.
    pub(crate) fn check(&mut self, table: &Table) -> Result<(), Error> {
        let mut is_feature = self.mask(table);
        is_feature[self.target] = false;
        let mut words = table.words();
        if let Some((row, column, word)) = words.find(|(_, column, _)| is_feature[*column]) {
            return Err(self.feature_error(table, row, column, word));
        }
        let targets: Vec<(usize, &str)> = self.target_words(table).collect();
        let is_gap = self.gaps(table);
        if let Some((row, word)) = targets.iter().find(|(_, word)| is_gap(word)) {
            let message = format!("{}; every row needs a target", unreadable(word));
            let error = table.error(Some(*row), Some(self.target), message);
            return Err(error.advise("to leave such rows out", [("missing", "skip".to_owned())]));
        }
        let Some((row, word)) = targets.first() else {
            return Ok(());
        };
        let numbers = targets.iter().map(|(_, word)| written_number(word));
        let are_numbers = || numbers.flatten().filter(WrittenNumber::is_no_class).count();
        if targets.len() < table.rows() || are_numbers() == targets.len() {
            return Err(self.target_error(table, *row, word));
        }
        let words: BTreeSet<&str> = targets.iter().map(|(_, word)| *word).collect();
        if words.len() > MAX_CLASSES {
            return Err(self.too_many_classes(table, words.len()));
        }
        self.classes = words.into_iter().map(str::to_owned).collect();
        Ok(())
    }

    /// Returns the error of a target that is not a number.
    fn target_error(&self, table: &Table, row: usize, word: &str) -> Error {
        let name = beginning(&table.columns[self.target]);
        let message = match written_number(word) {
            Some(number) => number.message(word, &table.columns[self.target]),
            None => format!(
                "`{}` is not a finite number, but other targets in column `{name}` are: replace it, or remove the row",
                beginning(word)
            ),
        };
        let error = table.error(Some(row), Some(self.target), message);
        Self::with_decimal_advice(table, word, error)
    }

    /// Returns the rows and texts of the targets that are not numbers.
    fn target_words<'t>(&self, table: &'t Table) -> impl Iterator<Item = (usize, &'t str)> {
        let target = self.target;
        let words = table
            .words()
            .filter(move |(_, column, _)| *column == target);
        words.map(|(row, _, word)| (row, word))
    }

    /// Returns a function that decides whether a target is missing. Beside the class `+`, a `-` is a class, too.
    fn gaps(&self, table: &Table) -> impl Fn(&str) -> bool + use<> {
        let are_signs = self.target_words(table).any(|(_, word)| word == "+");
        move |word| is_missing(word) && !(are_signs && word == "-")
    }

    /// Returns the targets, (rows): numbers, or the numbers of the classes.
    pub(crate) fn targets(&self, table: &Table) -> Vec<f64> {
        let mut targets: Vec<f64> = table.column(self.target).collect();
        for (row, column, word) in table.words() {
            if column == self.target
                && let Some(class) = self.classes.iter().position(|name| name == word)
            {
                targets[row] = class as f64;
            }
        }
        targets
    }

    /// Returns whether each column is selected.
    fn mask(&self, table: &Table) -> Vec<bool> {
        let mut is_selected = vec![false; table.columns.len()];
        for i in self.features.iter().chain([&self.target]) {
            is_selected[*i] = true;
        }
        is_selected
    }

    /// Returns the error of a feature that is not a number, with settings that avoid it.
    fn feature_error(&self, table: &Table, row: usize, column: usize, word: &str) -> Error {
        let name = beginning(&table.columns[column]);
        let is_number = is_missing(word) || word.parse::<f64>().is_ok();
        let message = match written_number(word) {
            Some(number) => number.message(word, &table.columns[column]),
            None if is_number => format!(
                "{} (column `{name}`); every feature must be a finite number",
                unreadable(word)
            ),
            None => format!(
                "{} (column `{name}`); words are only allowed in the target column",
                unreadable(word)
            ),
        };
        let error = table.error(Some(row), Some(column), message);
        let usable = UsableColumns::of(table, self.target);
        if let Some(features) = usable.features(table) {
            let changes = [("features", features)].into_iter().chain(usable.skip());
            return error.advise("to use only columns of numbers", changes);
        }
        Self::with_decimal_advice(table, word, error)
    }

    /// Advises to read decimal commas if that makes a cell a number.
    fn with_decimal_advice(table: &Table, word: &str, error: Error) -> Error {
        let is_number = super::decimal::with_comma(word).is_some();
        let has_point = table
            .numbers
            .iter()
            .any(|v| v.fract() != 0.0 && v.is_finite());
        if is_number && !has_point {
            let changes = [("decimal", "comma".to_owned())];
            return error.advise("to read a comma as the decimal sign", changes);
        }
        error
    }

    /// Returns the error of a target column with too many different words.
    fn too_many_classes(&self, table: &Table, count: usize) -> Error {
        let name = beginning(&table.columns[self.target]);
        let message = format!(
            "the target column `{name}` contains {count} different words; at most {MAX_CLASSES} classes are allowed"
        );
        let error = table.error(None, Some(self.target), message);
        let Some(target) = best_target(table, self.target) else {
            return error;
        };
        let usable = UsableColumns::of(table, target);
        let Some(features) = usable.features(table) else {
            return error;
        };
        let changes = [
            ("features", features),
            ("target", name_or_number(table, target)),
        ];
        let changes = changes.into_iter().chain(usable.skip());
        error.advise("to choose other columns", changes)
    }
}

/// The columns of a table by name.
struct ColumnNames<'t> {
    table: &'t Table,
    /// The first column with each name, and the number of columns with this name.
    index: BTreeMap<&'t str, (usize, usize)>,
}

impl<'t> ColumnNames<'t> {
    fn of(table: &'t Table) -> Self {
        let mut index = BTreeMap::new();
        for (i, name) in table.columns.iter().enumerate() {
            index.entry(&**name).or_insert((i, 0)).1 += 1;
        }
        Self { table, index }
    }

    /// Returns the column with this name, or else with this number, counted from 1.
    fn find(&self, name: &str) -> Result<usize, Error> {
        let wrong = |message: String| Err(self.table.error(None, None, message));
        let count = self.table.columns.len();
        let number = || name.parse().ok().filter(|n| (1..=count).contains(n));
        match (self.index.get(name), number()) {
            (Some((column, 1)), _) => Ok(*column),
            (Some(_), _) => {
                let named = (0..count).filter(|i| self.table.columns[*i] == name);
                let numbers: Vec<String> = named.map(|i| (i + 1).to_string()).collect();
                let (name, numbers) = (beginning(name), listed(&numbers));
                wrong(format!(
                    "several columns are named `{name}`; select one by its number: {numbers}"
                ))
            }
            (None, Some(number)) => Ok(number - 1),
            (None, None) => wrong(format!(
                "there is no column `{}`; choose one of: {}",
                beginning(name),
                listed(&self.table.columns)
            )),
        }
    }
}

/// Advises to select columns of numbers by their numbers, because two have the same name.
fn advise_numbers(table: &Table, target: usize, error: Error) -> Error {
    let Some(features) = UsableColumns::of(table, target).features(table) else {
        return error;
    };
    let changes = [
        ("features", features),
        ("target", name_or_number(table, target)),
    ];
    error.advise("to select columns of numbers", changes)
}

/// Checks that the selected features are different columns, none of which is the target.
fn check_distinct(table: &Table, features: &[usize], target: usize) -> Result<(), Error> {
    let wrong = |message: String| Err(table.error(None, None, message));
    if features.contains(&target) {
        return wrong(format!(
            "`{}` is both a feature and the target: remove it from `features`, or choose another `target`",
            beginning(&table.columns[target])
        ));
    }
    if features.iter().collect::<BTreeSet<_>>().len() < features.len() {
        return wrong("a column is listed twice in `features`: remove one".to_owned());
    }
    Ok(())
}

/// Describes a cell that is not a number.
fn unreadable(word: &str) -> String {
    match word {
        "" => "the cell is empty".to_owned(),
        word => format!("`{}` is not a finite number", beginning(word)),
    }
}
