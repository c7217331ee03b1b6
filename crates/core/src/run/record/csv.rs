//! Recorded runs in CSV: a header with the names of the columns, which may be missing, then one row per epoch.

use super::{Record, layout::WeightLayout, loss_log::LossLog};
use crate::{
    Error,
    catalog::utf8,
    error::shortened,
    objective::data::{
        rows::{CsvRow, CsvRows, QuoteError},
        table::beginning,
    },
    run::oracle::EvaluationCounts,
};
use std::collections::BTreeMap;

/// Reads the columns of the weights, and the optional columns of a record. `columns` names them or gives their positions.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    layout: WeightLayout,
    columns: Option<&[String]>,
) -> Result<Record, Error> {
    let text = utf8(file, bytes)?;
    let mut rows = CsvRows::new(text);
    let misquoted = |e: QuoteError| Error::in_file(file, Some(e.line), Some(e.column), e.message);
    let Some(first) = rows.next().map_err(misquoted)? else {
        return Err(Error::in_file(file, None, None, "the file is empty"));
    };
    let located = |line: u64| {
        move |(column, message): ColumnError| {
            let line = column.map(|_| line);
            Error::in_file(file, line, column, message)
        }
    };
    if columns.is_none() && LossLog::is_log(&first.cells) {
        let message = format!(
            "there are columns of steps and losses, but no weights; to draw this log of losses, write \
             `thalweg draw loss --log {file} -o loss.svg`"
        );
        return Err(Error::in_file(file, None, None, message));
    }
    let columns =
        RecordColumns::find(&first.cells, layout, columns).map_err(located(first.line))?;
    let mut record = Record {
        losses: columns.loss.map(|_| Vec::new()),
        calls: columns.calls.as_ref().map(|_| Vec::new()),
        columns: columns.names(&first.cells),
        ..Record::new(file, columns.weights.len(), Vec::new())
    };
    if columns.is_unnamed {
        if !layout.names.is_empty() {
            record.notes.push(format!(
                "the first line of {file} contains numbers instead of column names, so its columns {} are read as {}",
                columns.positions(),
                listed(layout.names)
            ));
        }
        columns
            .push(&first, &mut record)
            .map_err(located(first.line))?;
    }
    while let Some(row) = rows.next().map_err(misquoted)? {
        columns
            .push(&row, &mut record)
            .map_err(|(column, message)| Error::in_file(file, Some(row.line), column, message))?;
    }
    if record.weights.is_empty() {
        let message = "the file has a header but no row of weights";
        return Err(Error::in_file(file, None, None, message));
    }
    Ok(record)
}

/// The column of an error, counted from 1, if there is one, and the message.
type ColumnError = (Option<usize>, String);

/// The indices of the columns of a record, counted from 0.
struct RecordColumns {
    /// Number of cells per row.
    width: usize,
    /// Whether the first line contains numbers instead of names.
    is_unnamed: bool,
    weights: Vec<usize>,
    loss: Option<usize>,
    /// The columns of the numbers of evaluations, which only traces of this program have.
    calls: Option<Vec<usize>>,
}

impl RecordColumns {
    fn find(
        names: &[&str],
        layout: WeightLayout,
        given: Option<&[String]>,
    ) -> Result<Self, ColumnError> {
        let width = names.len();
        let is_number = |name: &&str| name.parse::<f64>().is_ok();
        if names.iter().all(is_number) {
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
    fn names(&self, first_row: &[&str]) -> Vec<String> {
        let name = |i: &usize| match self.is_unnamed {
            true => (i + 1).to_string(),
            false => first_row[*i].to_owned(),
        };
        self.weights.iter().map(name).collect()
    }

    /// Returns the positions of the weights, counted from 1, for messages.
    fn positions(&self) -> String {
        let positions: Vec<String> = self.weights.iter().map(|i| (i + 1).to_string()).collect();
        listed(&positions)
    }

    /// Appends one row to the record.
    fn push(&self, row: &CsvRow, record: &mut Record) -> Result<(), ColumnError> {
        let row = &row.cells;
        if row.len() != self.width {
            let message = format!(
                "the number of cells is {} instead of {}; every row needs one cell per column",
                row.len(),
                self.width
            );
            return Err((None, message));
        }
        for &i in &self.weights {
            let cell = row[i];
            let number = cell.parse().map_err(|_| match cell {
                "" => {
                    let message =
                        "the cell is empty; write `nan` for a weight that is not a number";
                    (Some(i + 1), message.to_owned())
                }
                _ => wrong_cell(i, cell, "a number"),
            })?;
            record.weights.push(number);
        }
        if let (Some(i), Some(losses)) = (self.loss, &mut record.losses) {
            losses.push(match row[i] {
                "" => f64::NAN,
                cell => cell.parse().map_err(|_| wrong_cell(i, cell, "a number"))?,
            });
        }
        if let (Some(columns), Some(calls)) = (&self.calls, &mut record.calls) {
            let mut counts = [0; 3];
            for (count, &i) in counts.iter_mut().zip(columns) {
                let parsed = row[i].parse();
                *count = parsed.map_err(|_| wrong_cell(i, row[i], "a whole number"))?;
            }
            let [value, gradient, hessian] = counts;
            calls.push(EvaluationCounts {
                value,
                gradient,
                hessian,
            });
        }
        Ok(())
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
    given.iter().map(position).collect()
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
    let last = names.iter().filter_map(|name| weight_number(name)).max();
    let Some(last) = last else {
        let columns = own.iter().map(|name| place(name));
        let columns = columns.collect::<Result<Option<Vec<usize>>, _>>()?;
        return columns.filter(|columns| !columns.is_empty()).ok_or_else(|| {
            let own = match own {
                [] => String::new(),
                own => format!(" or {}", listed(own)),
            };
            let example: Vec<&str> = names.iter().take(2).copied().collect();
            let message = format!(
                "there is no column w1; the weights must be in columns w1, w2, and so on{own}; to choose others, add \
                 their names in order, such as weights={}; found {}",
                shortened(&example.join("|"), MAX_NAMES),
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

/// Limit of the length of a list of names in a message, in characters.
const MAX_NAMES: usize = 60;

/// Returns the first names of a list, for messages.
fn listed(names: &[impl AsRef<str>]) -> String {
    let some = names.iter().take(MAX_NAMES).map(AsRef::as_ref);
    shortened(&some.collect::<Vec<&str>>().join(", "), MAX_NAMES)
}

fn wrong_cell(column: usize, cell: &str, required: &str) -> ColumnError {
    (
        Some(column + 1),
        format!("`{}` is not {required}", beginning(cell)),
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a record of an unknown problem.
    fn read_alone(text: &str) -> Result<Record, Error> {
        read("r.csv", text.as_bytes(), WeightLayout::default(), None)
    }

    /// Reads a record of a problem with the weights x and y. `columns` is separated by bars.
    fn read_xy(text: &str, columns: Option<&str>) -> Result<Record, Error> {
        let names = ["x", "y"].map(str::to_owned);
        let layout = WeightLayout {
            names: &names,
            blocks: &[],
        };
        let columns = columns.map(|columns| columns.split('|').map(str::to_owned).collect());
        read(
            "r.csv",
            text.as_bytes(),
            layout,
            columns.as_ref().map(|c: &Vec<String>| &c[..]),
        )
    }

    fn error_message(text: &str) -> String {
        read_alone(text).unwrap_err().to_string()
    }

    #[test]
    fn reads_the_weights_from_any_columns() {
        let text = "\u{feff},w2,note,w1,loss\r\n0,1,a,2,3\r\n1,nan,\"b,c\",-inf,\r\n";
        let record = read_alone(text).unwrap();
        assert_eq!(record.dim, 2);
        assert_eq!(record.weights[..3], [2.0, 1.0, f64::NEG_INFINITY]);
        assert!(record.weights[3].is_nan());
        let losses = record.losses.unwrap();
        assert!(losses[0] == 3.0 && losses[1].is_nan());
        assert_eq!(record.calls, None);
    }

    #[test]
    fn reads_the_numbers_of_evaluations_of_a_trace() {
        let header = "epoch,w1,loss,value_calls,gradient_calls";
        let text = format!("{header},velocity_1\n0,1,2,0,0,0\n1,3,4,5,6,0.5\n");
        let calls = read_alone(&text).unwrap().calls.unwrap();
        assert_eq!(
            (calls[1].value, calls[1].gradient, calls[1].hessian),
            (5, 6, 0)
        );
        let text = format!("{header},hessian_calls\n0,1,2,0,0,7\n");
        let calls = read_alone(&text).unwrap().calls.unwrap();
        assert_eq!(calls[0].hessian, 7);
    }

    #[test]
    fn errors_contain_line_and_column() {
        assert_eq!(error_message(""), "r.csv: the file is empty");
        assert_eq!(
            error_message("w1,w2\n"),
            "r.csv: the file has a header but no row of weights"
        );
        assert_eq!(
            error_message("w1,w3\n1,2\n"),
            "r.csv: there is a column w3 but no column w2"
        );
        assert_eq!(
            error_message("w99999999999\n1\n"),
            "r.csv: there is a column w99999999999 but no column w1"
        );
        assert!(error_message("x,y\n1,2\n").contains("no column w1"));
        assert!(error_message("x,y\n1,2\n").ends_with("weights=x|y; found x, y"));
        assert_eq!(
            error_message("w1,w2\n1,2\n\n3,x\n"),
            "r.csv, line 4, column 2: `x` is not a number"
        );
        assert_eq!(
            error_message("w1,w2,loss\n1,2,x\n"),
            "r.csv, line 2, column 3: `x` is not a number"
        );
        assert!(error_message("w1,w2\n1,\n").contains("line 2, column 2: the cell is empty"));
        assert_eq!(
            error_message("w1,w2\n1\n"),
            "r.csv, line 2: the number of cells is 1 instead of 2; every row needs one cell per column"
        );
        assert_eq!(
            error_message("w1,w1\n1,2\n"),
            "r.csv, line 1, column 2: two columns are named `w1`"
        );
        assert!(
            error_message("epoch,w1,loss,value_calls,gradient_calls\n0,1,2,x,0\n")
                .contains("column 4: `x` is not a whole number")
        );
        assert_eq!(
            read("r.csv", b"w1\n1\n\xff\n", WeightLayout::default(), None)
                .unwrap_err()
                .to_string(),
            "r.csv, line 3: this line is not UTF-8; save the file as UTF-8"
        );
    }

    #[test]
    fn columns_may_have_the_names_of_the_weights() {
        let record = read_xy("step,y,x,Loss\n0,2,1,9\n1,4,3,8\n", None).unwrap();
        assert_eq!(record.weights, [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(record.losses, Some(vec![9.0, 8.0]));
        let record = read_xy("b,a\n1,2\n", Some("a|b")).unwrap();
        assert_eq!(record.weights, [2.0, 1.0]);
        let unknown = read_xy("b,a\n1,2\n", Some("a|c")).unwrap_err().to_string();
        assert!(unknown.contains("no column `c`") && unknown.ends_with("choose from: b, a"));
        let other = read_xy("step,a,b\n0,1,2\n", None).unwrap_err().to_string();
        assert!(
            other.contains("or x, y;") && other.contains("weights=step|a"),
            "{other}"
        );
        assert!(read_xy("x,y,x\n1,2,3\n", None).is_err());
    }

    #[test]
    fn columns_without_names_have_the_order_of_the_weights() {
        let record = read_xy("1,2\n3,4\n", None).unwrap();
        assert_eq!(
            (record.epochs(), &record.weights[..2]),
            (1, &[1.0, 2.0][..])
        );
        assert!(record.notes[0].ends_with("columns 1, 2 are read as x, y"));
        let record = read_xy("0,1,2\n1,3,4\n", Some("2|3")).unwrap();
        assert_eq!(record.weights, [1.0, 2.0, 3.0, 4.0]);
        let three = read_xy("0,1,2\n", None).unwrap_err().to_string();
        assert!(
            three.contains("line 1, column 1") && three.contains("weights=2|3"),
            "{three}"
        );
        let beyond = read_xy("0,1\n", Some("2|3")).unwrap_err().to_string();
        assert!(
            beyond.contains("positions from 1 to 2, not `3`"),
            "{beyond}"
        );
    }

    #[test]
    fn a_header_may_have_a_million_columns() {
        let header: Vec<String> = (1..=1_000_000).map(|i| format!("w{i}")).collect();
        let row = vec!["0"; header.len()].join(",");
        let text = format!("{}\n{row}\n", header.join(","));
        assert_eq!(read_alone(&text).unwrap().dim, header.len());
    }
}
