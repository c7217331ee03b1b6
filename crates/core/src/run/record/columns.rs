//! The columns of a recorded run in CSV.

use super::{layout::WeightLayout, loss_log};
use crate::{error::shortened, objective::data::table::beginning};
use std::collections::{BTreeMap, BTreeSet};

/// The column of an error, counted from 1, if there is one, and the message.
pub(super) type ColumnError = (Option<usize>, String);

/// The indices of the columns of a record, counted from 0.
pub(super) struct RecordColumns {
    /// Number of cells per row.
    pub(super) width: usize,
    /// Whether the first line contains numbers instead of names.
    pub(super) is_unnamed: bool,
    pub(super) weights: Vec<usize>,
    pub(super) loss: Option<usize>,
    /// The columns of the numbers of evaluations, which only traces of this program have.
    pub(super) calls: Option<Vec<usize>>,
}

impl RecordColumns {
    /// Finds the columns by the cells of the first row. `is_number` decides whether a cell is a number. `given` names the
    /// columns of the weights, or contains their positions.
    pub(super) fn find(
        names: &[&str],
        is_number: impl Fn(&str) -> bool,
        layout: WeightLayout,
        given: Option<&[String]>,
    ) -> Result<Self, ColumnError> {
        let width = names.len();
        if names.iter().all(|name| is_number(name)) {
            return Ok(Self {
                width,
                is_unnamed: true,
                weights: unnamed(names, layout.names.len(), given)?,
                loss: None,
                calls: None,
            });
        }
        // The first of several columns with the same name, and the second one.
        let (mut places, mut repeated) = (BTreeMap::new(), BTreeMap::new());
        for (i, name) in names.iter().enumerate() {
            if places.contains_key(name) {
                repeated.entry(*name).or_insert(i);
            } else {
                places.insert(*name, i);
            }
        }
        let place = |name: &str| match (repeated.get(name), places.get(name)) {
            (Some(second), _) => {
                let message = format!("two columns are named `{}`", beginning(name));
                Err((Some(second + 1), message))
            }
            (None, place) => Ok(place.copied()),
        };
        let weights = match given {
            Some(given) => named(given, names, place)?,
            None => found(names, layout.names, place)?,
        };
        check_distinct(&weights, names)?;
        Ok(Self {
            width,
            is_unnamed: false,
            calls: own_calls(names, weights.len()),
            weights,
            loss: names
                .iter()
                .position(|name| name.eq_ignore_ascii_case("loss")),
        })
    }

    /// Returns the names of the columns of the weights, or their positions if they have no names.
    pub(super) fn names(&self, first_row: &[&str]) -> Vec<String> {
        let name = |i: &usize| {
            if self.is_unnamed {
                (i + 1).to_string()
            } else {
                first_row[*i].to_owned()
            }
        };
        self.weights.iter().map(name).collect()
    }

    /// Returns the positions of the weights, counted from 1, for messages.
    pub(super) fn positions(&self) -> String {
        let positions: Vec<String> = self.weights.iter().map(|i| (i + 1).to_string()).collect();
        listed(&positions)
    }
}

/// Returns the columns of a file without names: all of them, or the positions `given`.
fn unnamed(
    first_row: &[&str],
    dim: usize,
    given: Option<&[String]>,
) -> Result<Vec<usize>, ColumnError> {
    let width = first_row.len();
    // A whole number in the first column is most likely the number of the step.
    let is_counted = matches!(first_row, ["0" | "1", ..]);
    let Some(given) = given else {
        if dim == 0 || width == dim {
            return Ok((0..width).collect());
        }
        let first = if width > dim && is_counted { 2 } else { 1 };
        let positions = (first..first + dim).take_while(|i| *i <= width);
        let positions: Vec<String> = positions.map(|i| i.to_string()).collect();
        let message = format!(
            "the first line has {width} numbers instead of column names, but the problem has {dim} weights; name the \
             columns in the first line, or give the positions of the weights, such as weights={}",
            shortened(&positions.join("|"), MAX_NAMES)
        );
        return Err((Some(1), message));
    };
    let position = |text: &String| {
        let position: Option<usize> = text.parse().ok();
        let index = position.filter(|i| (1..=width).contains(i)).map(|i| i - 1);
        index.ok_or_else(|| {
            let message = format!(
                "the columns have no names, so `weights` must contain positions from 1 to {width}, not `{}`",
                beginning(text)
            );
            (Some(1), message)
        })
    };
    let weights = given.iter().map(position).collect::<Result<Vec<_>, _>>()?;
    let positions: Vec<String> = (1..=width).map(|i| i.to_string()).collect();
    check_distinct(&weights, &positions)?;
    Ok(weights)
}

/// Checks that no column is selected for two weights.
fn check_distinct(weights: &[usize], names: &[impl AsRef<str>]) -> Result<(), ColumnError> {
    let mut known = BTreeSet::new();
    let Some(twice) = weights.iter().find(|i| !known.insert(**i)) else {
        return Ok(());
    };
    let message = format!(
        "`weights` selects the column `{}` twice; select another column for each weight",
        beginning(names[*twice].as_ref())
    );
    Err((Some(twice + 1), message))
}

/// Returns the columns with the names `given`.
fn named(
    given: &[String],
    names: &[&str],
    place: impl Fn(&str) -> Result<Option<usize>, ColumnError>,
) -> Result<Vec<usize>, ColumnError> {
    let column = |name: &String| {
        place(name)?.ok_or_else(|| {
            let message = format!(
                "there is no column `{}`, which `weights` names; choose from: {}",
                beginning(name),
                listed(names)
            );
            (None, message)
        })
    };
    given.iter().map(column).collect()
}

/// Returns the columns w1, w2, and so on, or those with the names of the problem's weights.
fn found(
    names: &[&str],
    own: &[String],
    place: impl Fn(&str) -> Result<Option<usize>, ColumnError>,
) -> Result<Vec<usize>, ColumnError> {
    let dim = if own.is_empty() { 2 } else { own.len() };
    let last = names.iter().filter_map(|name| weight_number(name)).max();
    let Some(last) = last else {
        let columns = own.iter().map(|name| place(name));
        let columns = columns.collect::<Result<Option<Vec<usize>>, _>>()?;
        return columns.filter(|columns| !columns.is_empty()).ok_or_else(|| {
            let own = match own {
                [] => String::new(),
                own => format!(" or {}", listed(own)),
            };
            let message = format!(
                "there is no column w1; the weights must be in columns w1, w2, and so on{own}{}; found {}",
                example(names, dim),
                listed(names)
            );
            (None, message)
        });
    };
    // A missing column ends the search, however large the last number is.
    let column = |number: usize| {
        place(&format!("w{number}"))?.ok_or_else(|| {
            let message = format!("there is a column w{last} but no column w{number}");
            (None, message)
        })
    };
    (1..=last).map(column).collect()
}

/// Returns advice to select `dim` of these columns, without those of steps, times, and losses.
fn example(names: &[&str], dim: usize) -> String {
    let is_other = |name: &&&str| !name.is_empty() && !loss_log::is_log_column(name);
    let others: Vec<&str> = names.iter().filter(is_other).take(dim).copied().collect();
    if others.len() < dim {
        let (found, columns) = match others.len() {
            1 => (1, "column is"),
            found => (found, "columns are"),
        };
        return format!("; only {found} {columns} left besides steps, times, and losses");
    }
    format!(
        "; to choose others, add their names in order, such as weights={}",
        shortened(&others.join("|"), MAX_NAMES)
    )
}

/// Limit of the length of a list of names in a message, in characters.
const MAX_NAMES: usize = 60;

/// Returns the first names of a list, for messages.
pub(super) fn listed(names: &[impl AsRef<str>]) -> String {
    let some = names.iter().take(MAX_NAMES).map(AsRef::as_ref);
    shortened(&some.collect::<Vec<&str>>().join(", "), MAX_NAMES)
}

/// Returns the number in the name of a weight's column: 3 from w3.
fn weight_number(name: &str) -> Option<usize> {
    let digits = name.strip_prefix('w')?;
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| plain)
}

/// Returns the columns of the numbers of evaluations if this is the header of a trace of this program with `dim`
/// weights.
fn own_calls(names: &[&str], dim: usize) -> Option<Vec<usize>> {
    let weight = |i: usize| names.get(i).copied().and_then(weight_number) == Some(i);
    let named = |i: usize, name: &str| names.get(i) == Some(&name);
    let calls = dim + 2;
    let own = named(0, "epoch")
        && (1..=dim).all(weight)
        && named(dim + 1, "loss")
        && named(calls, "value_calls")
        && named(calls + 1, "gradient_calls");
    let hessians = named(calls + 2, "hessian_calls");
    own.then(|| (calls..calls + 2 + usize::from(hessians)).collect())
}
