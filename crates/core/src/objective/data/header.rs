//! The names of the columns of a table.

use super::table::beginning;
use crate::catalog::choice;
use std::collections::BTreeSet;

/// Whether the first row of a table contains the names of its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// The names are in the first row unless it contains numbers.
    #[default]
    Auto,
    /// The names are in the first row.
    First,
    /// There are no names.
    None,
}

choice!(Header {
    "auto": Auto,
    "first": First,
    "none": None,
});

/// The first row contains both names and numbers.
pub(super) struct AmbiguousHeader {
    name: String,
    number: String,
    /// Column of the number, counted from 0.
    pub(super) column: usize,
}

impl AmbiguousHeader {
    pub(super) fn message(&self) -> String {
        format!(
            "the first line contains a name, `{}`, and a number, `{}`; it must contain the column names, or only values",
            beginning(&self.name),
            beginning(&self.number)
        )
    }
}

/// Returns whether the first row contains names. `is_number` decides whether a cell is a number.
pub(super) fn has_names(
    header: Header,
    first: &[String],
    second: Option<&[String]>,
    is_number: impl Fn(&str) -> bool,
) -> Result<bool, AmbiguousHeader> {
    match header {
        Header::First => return Ok(true),
        Header::None => return Ok(false),
        Header::Auto => {}
    }
    let Some(column) = first.iter().position(|cell| is_number(cell)) else {
        return Ok(true);
    };
    // A word above a number is a name. A word above a word may be the name of a class.
    let below = second.unwrap_or_default().iter();
    let mut pairs = first.iter().zip(below);
    let name = pairs.find(|(cell, below)| !cell.is_empty() && !is_number(cell) && is_number(below));
    match name {
        Some((name, _)) => Err(AmbiguousHeader {
            name: name.clone(),
            number: first[column].clone(),
            column,
        }),
        None => Ok(false),
    }
}

/// Returns the names of the columns of a table without a header.
pub(super) fn invented_names(columns: usize) -> Vec<String> {
    let features = (1..columns).map(|i| format!("x{i}"));
    features.chain(["y".to_owned()]).collect()
}

/// Returns the names in the first row. A column without a name is called by its number.
///
/// # Errors
/// Two columns have the same name. The error contains the column, counted from 0.
pub(super) fn names_of(first: &[String]) -> Result<Vec<String>, (usize, String)> {
    let mut known = BTreeSet::new();
    let names = first.iter().enumerate().map(|(i, name)| {
        let name = match &**name {
            "" => unnamed(i),
            name => name.to_owned(),
        };
        if known.insert(name.clone()) {
            Ok(name)
        } else {
            let name = beginning(&name);
            Err((i, format!("two columns are named `{name}`; rename one")))
        }
    });
    names.collect()
}

/// Returns the name of the unnamed column `i`, counted from 0.
pub(super) fn unnamed(i: usize) -> String {
    format!("column {}", i + 1)
}
