//! The columns that can be used: those of features by default, and those that the advice of an error names.

use super::{
    MAX_CLASSES,
    header::unnamed,
    table::{Table, beginning, is_missing},
};
use std::collections::BTreeSet;

/// Returns all columns except the target, columns without a name and content, and an identifier that counts the rows, if
/// there are others.
pub(super) fn default_features(
    table: &Table,
    target: usize,
    notes: &mut Vec<String>,
) -> Vec<usize> {
    let is_blank = blank_columns(table);
    let others = (0..table.columns.len()).filter(|i| *i != target && !is_blank[*i]);
    let (indices, features): (Vec<usize>, Vec<usize>) = others.partition(|i| is_index(table, *i));
    if features.is_empty() {
        return indices;
    }
    for i in indices {
        let name = match is_unnamed(table, i) {
            true if i == 0 => "the first column has no name and".to_owned(),
            true => format!("column {} has no name and", i + 1),
            false => format!("the column `{}`", beginning(&table.columns[i])),
        };
        notes.push(format!(
            "{name} numbers the rows, so it is not a feature; `features` can select it"
        ));
    }
    features
}

/// Returns whether a column counts the rows, and has no name or that of an identifier, such as `Id` or `PassengerId`.
fn is_index(table: &Table, column: usize) -> bool {
    const NAMES: [&str; 10] = [
        "id",
        "index",
        "no",
        "no.",
        "nr",
        "nr.",
        "#",
        "row",
        "number",
        "unnamed: 0",
    ];
    let name = &*table.columns[column];
    let lower = name.to_lowercase();
    let ends = ["Id", "ID", "_id", " id"]
        .iter()
        .any(|end| name.ends_with(end));
    (is_unnamed(table, column) || ends || NAMES.contains(&&*lower)) && counts_rows(table, column)
}

fn is_unnamed(table: &Table, column: usize) -> bool {
    table.columns[column] == unnamed(column)
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
pub(super) fn last_filled(table: &Table) -> usize {
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
pub(super) struct UsableColumns {
    /// Columns of numbers.
    complete: Vec<usize>,
    /// Columns of numbers, some of which have missing cells.
    all: Vec<usize>,
}

impl UsableColumns {
    pub(super) fn of(table: &Table, target: usize) -> Self {
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

    /// Returns the setting that leaves out rows with missing cells, if it is necessary.
    pub(super) fn skip(&self) -> Option<(&'static str, String)> {
        self.needs_skipping()
            .then(|| ("missing", "skip".to_owned()))
    }

    /// Returns whether rows with missing cells must be left out. Two columns are enough for a map.
    fn needs_skipping(&self) -> bool {
        self.complete.len() < 2 && self.complete.len() < self.all.len()
    }

    /// Returns the value of `features` for these columns, if it is short enough for a message.
    pub(super) fn features(&self, table: &Table) -> Option<String> {
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
pub(super) fn best_target(table: &Table, except: usize) -> Option<usize> {
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

/// Returns the name of a column, or its number if the name cannot be written in a pick, is long, or is not unique.
pub(crate) fn name_or_number(table: &Table, column: usize) -> String {
    const MAX_CHARS: usize = 40;
    let name = &table.columns[column];
    let is_plain = |c: char| c.is_alphanumeric() || " _-.%/+*^°()".contains(c);
    let is_writable = !name.is_empty()
        && name.chars().all(is_plain)
        && name.chars().count() <= MAX_CHARS
        && name.matches('(').count() == name.matches(')').count()
        && name.parse::<f64>().is_err();
    let mut names = table.columns.iter().enumerate();
    if is_writable && names.all(|(i, other)| i == column || other != name) {
        name.clone()
    } else {
        (column + 1).to_string()
    }
}
