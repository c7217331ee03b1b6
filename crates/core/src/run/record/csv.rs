//! Recorded runs in CSV: a header with the names of the columns, then one row per epoch.

use super::Record;
use crate::{
    Error,
    catalog::utf8,
    objective::data::{
        rows::{CsvRow, CsvRows, QuoteError},
        table::{beginning, check_separators},
    },
    run::oracle::EvaluationCounts,
};

/// Reads the columns w1, w2, and so on, and the optional columns of a record.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Record, Error> {
    let text = utf8(file, bytes)?;
    let mut rows = CsvRows::new(text);
    let misquoted = |e: QuoteError| Error::in_file(file, Some(e.line), Some(e.column), e.message);
    let Some(header) = rows.next().map_err(misquoted)? else {
        return Err(Error::in_file(file, None, None, "the file is empty"));
    };
    let columns = RecordColumns::find(&header.cells).map_err(|(column, message)| {
        let line = column.map(|_| header.line);
        Error::in_file(file, line, column, message)
    })?;
    let mut record = Record {
        file: file.to_owned(),
        dim: columns.weights.len(),
        blocks: Vec::new(),
        weights: Vec::new(),
        losses: columns.loss.map(|_| Vec::new()),
        calls: columns.calls.as_ref().map(|_| Vec::new()),
    };
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
    weights: Vec<usize>,
    loss: Option<usize>,
    /// The columns of the numbers of evaluations, which only traces of this program have.
    calls: Option<Vec<usize>>,
}

impl RecordColumns {
    fn find(names: &[&str]) -> Result<Self, ColumnError> {
        check_separators(names).map_err(|message| (Some(1), message))?;
        if names.iter().all(|name| name.parse::<f64>().is_ok()) {
            let message =
                "the first line has numbers, but it must name the columns w1, w2, and so on";
            return Err((Some(1), message.to_owned()));
        }
        let numbers: Vec<Option<usize>> = names.iter().map(|name| weight_number(name)).collect();
        let last = numbers.iter().flatten().max().copied().unwrap_or(0);
        if last == 0 {
            let message = "there is no column w1; the weights must be in columns w1, w2, and so on";
            return Err((
                None,
                format!("{message}; found {}", beginning(&names.join(", "))),
            ));
        }
        for (i, number) in numbers.iter().enumerate() {
            if number.is_some() && numbers[..i].contains(number) {
                return Err((Some(i + 1), format!("two columns are named `{}`", names[i])));
            }
        }
        // A missing column ends the search, however large the last number is.
        let index = |number: usize| {
            let index = numbers.iter().position(|n| *n == Some(number));
            index.ok_or_else(|| {
                let message = format!("there is a column w{last} but no column w{number}");
                (None, message)
            })
        };
        let weights = (1..=last).map(index).collect::<Result<Vec<_>, _>>()?;
        let loss = names.iter().position(|name| *name == "loss");
        Ok(Self {
            width: names.len(),
            calls: own_calls(names, weights.len()),
            weights,
            loss,
        })
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

    fn error_message(text: &str) -> String {
        read("r.csv", text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn reads_the_weights_from_any_columns() {
        let text = "\u{feff},w2,note,w1,loss\r\n0,1,a,2,3\r\n1,nan,\"b,c\",-inf,\r\n";
        let record = read("r.csv", text.as_bytes()).unwrap();
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
        let calls = read("r.csv", text.as_bytes()).unwrap().calls.unwrap();
        assert_eq!(
            (calls[1].value, calls[1].gradient, calls[1].hessian),
            (5, 6, 0)
        );
        let text = format!("{header},hessian_calls\n0,1,2,0,0,7\n");
        let calls = read("r.csv", text.as_bytes()).unwrap().calls.unwrap();
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
        assert!(error_message("x,y\n1,2\n").ends_with("found x, y"));
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
            error_message("1,2\n3,4\n").contains("line 1, column 1: the first line has numbers")
        );
        assert!(error_message("w1;w2\n1;2\n").contains("semicolons"));
        assert!(
            error_message("epoch,w1,loss,value_calls,gradient_calls\n0,1,2,x,0\n")
                .contains("column 4: `x` is not a whole number")
        );
        assert_eq!(
            read("r.csv", b"w1\n1\n\xff\n").unwrap_err().to_string(),
            "r.csv, line 3: this line is not UTF-8; save the file as UTF-8"
        );
    }
}
