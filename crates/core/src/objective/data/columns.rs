//! Selects the features and the target of a data set among the columns of a table.

use super::{
    MAX_CLASSES,
    table::{Table, beginning, is_missing, listed},
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
        let mut index = BTreeMap::new();
        for (i, name) in table.columns.iter().enumerate() {
            index.insert(&**name, i);
        }
        let find = |name: &str| {
            let by_number = || {
                name.parse()
                    .ok()
                    .filter(|n| (1..=table.columns.len()).contains(n))
            };
            let found = index
                .get(name)
                .copied()
                .or_else(|| by_number().map(|n| n - 1));
            found.ok_or_else(|| {
                let all = listed(&table.columns);
                let name = beginning(name);
                table.error(
                    None,
                    None,
                    format!("there is no column `{name}`; choose one of: {all}"),
                )
            })
        };
        let target = target.map_or_else(|| Ok(last_filled(table)), find)?;
        if table.columns.len() < 2 {
            let message = "there is only one column: add a feature column or a target column";
            return wrong(message);
        }
        let features = match features {
            Some(names) => {
                let names = names.split('|').map(|name| find(name.trim()));
                let features = names.collect::<Result<Vec<_>, _>>()?;
                check_distinct(table, &features, target)?;
                features
            }
            None => default_features(table, target, &mut notes),
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
        for (row, column, word) in table.words() {
            is_kept[row] &= !(is_selected[column] && is_missing(word));
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
        let targets: Vec<(usize, &str)> = table
            .words()
            .filter(|(_, column, _)| *column == self.target)
            .map(|(row, _, word)| (row, word))
            .collect();
        if let Some((row, word)) = targets.iter().find(|(_, word)| is_missing(word)) {
            let message = format!("{}; every row needs a target", unreadable(word));
            let error = table.error(Some(*row), Some(self.target), message);
            return Err(error.advise("to leave such rows out", [("missing", "skip".to_owned())]));
        }
        match targets.first() {
            None => Ok(()),
            Some((row, word)) if targets.len() < table.rows() => {
                let message = format!(
                    "`{}` is not a finite number, but other targets in column `{}` are: replace it, or remove the row",
                    beginning(word),
                    beginning(&table.columns[self.target])
                );
                Err(Self::with_decimal_advice(
                    table,
                    word,
                    table.error(Some(*row), Some(self.target), message),
                ))
            }
            Some(_) => {
                let words: BTreeSet<&str> = targets.iter().map(|(_, word)| *word).collect();
                if words.len() > MAX_CLASSES {
                    return Err(self.too_many_classes(table, words.len()));
                }
                self.classes = words.into_iter().map(str::to_owned).collect();
                let numbers = self.classes.iter().enumerate();
                let numbers: Vec<String> = numbers
                    .map(|(i, name)| format!("{} is {i}", beginning(name)))
                    .collect();
                let name = beginning(&table.columns[self.target]);
                let numbers = numbers.join(", ");
                self.notes
                    .push(format!("the column `{name}` contains classes: {numbers}"));
                Ok(())
            }
        }
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
        let rule = if is_number {
            "every feature must be a finite number"
        } else {
            "words are only allowed in the target column"
        };
        let message = format!("{} (column `{name}`); {rule}", unreadable(word));
        let error = table.error(Some(row), Some(column), message);
        let usable = UsableColumns::of(table, self.target);
        if let Some(features) = usable.features(table) {
            let skip = usable
                .needs_skipping()
                .then(|| ("missing", "skip".to_owned()));
            let changes = [("features", features)].into_iter().chain(skip);
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
        let skip = usable
            .needs_skipping()
            .then(|| ("missing", "skip".to_owned()));
        let changes = [
            ("features", features),
            ("target", name_or_number(table, target)),
        ];
        error.advise("to choose other columns", changes.into_iter().chain(skip))
    }
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

/// Returns all columns except the target, columns without a name and content, and an unnamed column that counts rows,
/// which a table exported with its index has.
fn default_features(table: &Table, target: usize, notes: &mut Vec<String>) -> Vec<usize> {
    let is_blank = blank_columns(table);
    let is_index = |i: usize| is_unnamed(table, i) && counts_rows(table, i);
    let others = (0..table.columns.len()).filter(|i| *i != target);
    let features = others.filter(|i| !is_index(*i) && !is_blank[*i]).collect();
    if target != 0 && is_index(0) {
        let note = "the first column has no name and numbers the rows, so it is not a feature";
        notes.push(note.to_owned());
    }
    features
}

fn is_unnamed(table: &Table, column: usize) -> bool {
    table.columns[column] == super::header::unnamed(column)
}

/// Returns whether each column has neither a name nor content, as a separator at the end of each line makes it.
fn blank_columns(table: &Table) -> Vec<bool> {
    let mut empty = vec![0; table.columns.len()];
    for (_, column, word) in table.words() {
        empty[column] += usize::from(word.is_empty());
    }
    let empty = empty.into_iter().enumerate();
    let is_blank = |(i, count)| count == table.rows() && is_unnamed(table, i);
    empty.map(is_blank).collect()
}

/// Returns the last column that is not blank.
fn last_filled(table: &Table) -> usize {
    let is_blank = blank_columns(table);
    is_blank.iter().rposition(|blank| !blank).unwrap_or(0)
}

/// Returns whether a column contains whole numbers, each of which is the one above it plus one.
fn counts_rows(table: &Table, column: usize) -> bool {
    let below = table.column(column).skip(1);
    let mut pairs = table.column(column).zip(below);
    table.rows() > 1 && pairs.all(|(above, below)| above.fract() == 0.0 && below == above + 1.0)
}

/// Columns that can be features.
struct UsableColumns {
    /// Columns of numbers.
    complete: Vec<usize>,
    /// Columns of numbers, some of which have missing cells.
    all: Vec<usize>,
}

impl UsableColumns {
    fn of(table: &Table, target: usize) -> Self {
        #[derive(Clone, Copy, PartialEq, PartialOrd)]
        enum Content {
            Numbers,
            NumbersAndGaps,
            Words,
        }
        let mut contents = vec![Content::Numbers; table.columns.len()];
        for (_, column, word) in table.words() {
            let found = if is_missing(word) {
                Content::NumbersAndGaps
            } else {
                Content::Words
            };
            if contents[column] < found {
                contents[column] = found;
            }
        }
        let is_usable = |i: &usize| *i != target && contents[*i] < Content::Words;
        let is_filled = |i: &usize| table.column(*i).any(f64::is_finite);
        let mut usable: Vec<usize> = (0..table.columns.len()).filter(is_usable).collect();
        usable.retain(is_filled);
        // An identifier is not a feature, unless nothing else is.
        if !usable.iter().all(|i| counts_rows(table, *i)) {
            usable.retain(|i| !counts_rows(table, *i));
        }
        let up_to = |most: Content| {
            let columns = usable.iter().copied();
            columns.filter(|i| contents[*i] <= most).collect()
        };
        Self {
            complete: up_to(Content::Numbers),
            all: up_to(Content::NumbersAndGaps),
        }
    }

    /// Returns whether rows with missing cells must be left out. Two columns are enough for a map.
    fn needs_skipping(&self) -> bool {
        self.complete.len() < 2 && self.complete.len() < self.all.len()
    }

    /// Returns the value of `features` for these columns, if it is short enough for a message.
    fn features(&self, table: &Table) -> Option<String> {
        const MAX_LENGTH: usize = 200;
        let columns = if self.needs_skipping() {
            &self.all
        } else {
            &self.complete
        };
        let names = columns.iter().take(MAX_LENGTH);
        let names: Vec<String> = names.map(|i| name_or_number(table, *i)).collect();
        Some(names.join("|")).filter(|names| !names.is_empty() && names.len() <= MAX_LENGTH)
    }
}

/// Returns the last column other than `except` that contains a few different numbers or words.
fn best_target(table: &Table, except: usize) -> Option<usize> {
    let mut words = vec![BTreeSet::new(); table.columns.len()];
    let mut counts = vec![0; table.columns.len()];
    for (_, column, word) in table.words() {
        counts[column] += 1;
        if words[column].len() <= MAX_CLASSES {
            words[column].insert(word);
        }
    }
    let is_target = |i: &usize| {
        let (words, count) = (&words[*i], counts[*i]);
        let is_pure = count == 0 || count == table.rows();
        let mut numbers: Vec<f64> = table.column(*i).filter(|v| v.is_finite()).collect();
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        let has_gap = words.iter().any(|word| is_missing(word));
        is_pure && !has_gap && (2..=MAX_CLASSES).contains(&(words.len() + numbers.len()))
    };
    (0..table.columns.len())
        .rev()
        .filter(|i| *i != except)
        .find(is_target)
}

/// Returns the name of a column, or its number if the name cannot be written in a pick.
fn name_or_number(table: &Table, column: usize) -> String {
    let name = &table.columns[column];
    let is_plain = |c: char| c.is_alphanumeric() || " _-.%/+*^°".contains(c);
    if !name.is_empty() && name.chars().all(is_plain) && name.parse::<f64>().is_err() {
        name.clone()
    } else {
        (column + 1).to_string()
    }
}
