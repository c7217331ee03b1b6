//! Recorded runs in CSV: a header with the names of the columns, which may be missing, then one row per epoch.

use super::{
    Record,
    columns::{ColumnError, RecordColumns, listed},
    layout::WeightLayout,
    loss_log::LossLog,
    numbers::RecordNumbers,
};
use crate::{
    Error,
    catalog::utf8,
    objective::data::{
        cells::uneven_row,
        rows::{CsvRow, CsvRows, QuoteError},
        table::beginning,
    },
    run::oracle::EvaluationCounts,
};

/// Reads the columns of the weights, and the optional columns of a record. `columns` names them or gives their positions.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    layout: WeightLayout,
    columns: Option<&[String]>,
) -> Result<Record, Error> {
    let text = utf8(file, bytes)?;
    let mut rows = CsvRows::new(text);
    let separator = rows.separator();
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
    let mut numbers = RecordNumbers::new(separator);
    let columns = RecordColumns::find(
        &first.cells,
        |cell| numbers.is_number(cell),
        layout,
        columns,
    )
    .map_err(located(first.line))?;
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
        push(&columns, &first, &mut numbers, &mut record).map_err(located(first.line))?;
    }
    while let Some(row) = rows.next().map_err(misquoted)? {
        push(&columns, &row, &mut numbers, &mut record)
            .map_err(|(column, message)| Error::in_file(file, Some(row.line), column, message))?;
    }
    if record.weights.is_empty() {
        let message = "the file has a header but no row of weights";
        return Err(Error::in_file(file, None, None, message));
    }
    record.notes.extend(numbers.note(file));
    Ok(record)
}

/// Appends one row to the record.
fn push(
    columns: &RecordColumns,
    row: &CsvRow,
    numbers: &mut RecordNumbers,
    record: &mut Record,
) -> Result<(), ColumnError> {
    let row = &row.cells;
    if row.len() != columns.width {
        let message = uneven_row(row.len(), columns.width, numbers.separator());
        return Err((None, message));
    }
    let located = |i: usize| move |message| (Some(i + 1), message);
    for &i in &columns.weights {
        if row[i].is_empty() {
            let message = "the cell is empty; write `nan` for a weight that is not a number";
            return Err((Some(i + 1), message.to_owned()));
        }
        record
            .weights
            .push(numbers.read(row[i]).map_err(located(i))?);
    }
    if let (Some(i), Some(losses)) = (columns.loss, &mut record.losses) {
        losses.push(match row[i] {
            "" => f64::NAN,
            cell => numbers.read(cell).map_err(located(i))?,
        });
    }
    if let (Some(columns), Some(calls)) = (&columns.calls, &mut record.calls) {
        let mut counts = [0; 3];
        for (count, &i) in counts.iter_mut().zip(columns) {
            *count = row[i].parse().map_err(|_| {
                let message = format!("`{}` is not a whole number", beginning(row[i]));
                (Some(i + 1), message)
            })?;
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
            "r.csv, line 2: the number of cells is 1 instead of 2; every row needs one cell per column; correct this row, or remove it"
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
            other.contains("or x, y;") && other.contains("weights=a|b;"),
            "{other}"
        );
        assert!(read_xy("x,y,x\n1,2,3\n", None).is_err());
    }

    #[test]
    fn losses_steps_and_times_are_not_advised_as_weights() {
        let advice = |header: &str| {
            let error = read_xy(&format!("{header}\n1,2,3,4\n"), None).unwrap_err();
            error.to_string()
        };
        for header in [
            "loss,theta1,theta2,note",
            "epoch,theta1,Train_Loss,theta2",
            "value,Wall time,theta1,theta2",
        ] {
            let advice = advice(header);
            assert!(advice.contains("weights=theta1|theta2;"), "{advice}");
        }
        let few = advice("step,theta1,value,loss");
        assert!(
            few.contains("only 1 column is left") && !few.contains("weights="),
            "{few}"
        );
    }

    #[test]
    fn no_column_is_selected_for_two_weights() {
        for (text, columns, name) in [
            ("theta1,theta2\n1,2\n", "theta1|theta1", "theta1"),
            ("1,2\n3,4\n", "2|2", "2"),
        ] {
            let error = read_xy(text, Some(columns)).unwrap_err().to_string();
            let twice = format!("`weights` selects the column `{name}` twice");
            assert!(error.contains(&twice), "{error}");
        }
    }

    #[test]
    fn decimal_commas_are_read_and_noted() {
        for text in [
            "w1;w2;loss\n0,5;-1;2,25\n1;1,5e-1;nan\n",
            "w1\tw2\tloss\n0,5\t-1\t2,25\n1\t1,5e-1\tnan\n",
            "sep=;\r\nw1;w2;loss\r\n0,5;-1;2,25\r\n1;1,5e-1;nan\r\n",
            "w1,w2,loss\n\"0,5\",-1,\"2,25\"\n1,\"1,5e-1\",nan\n",
        ] {
            let record = read_alone(text).unwrap();
            assert_eq!(record.weights, [0.5, -1.0, 1.0, 0.15], "{text}");
            assert_eq!(record.losses.unwrap()[0], 2.25);
            assert!(
                record.notes[0].contains("`0,5` is read as 0.5"),
                "{:?}",
                record.notes
            );
        }
        let unnamed = read_xy("0,5;1\n-1,25;2\n", None).unwrap();
        assert_eq!(unnamed.weights, [0.5, 1.0, -1.25, 2.0]);
        let mixed = error_message("w1;w2\n0,5;1\n2;0.5\n");
        assert!(
            mixed.starts_with("r.csv, line 3, column 2") && mixed.contains("same sign"),
            "{mixed}"
        );
        // A group of thousands is as likely.
        assert!(error_message("w1,w2\n\"1,234\",1\n").contains("is not a number"));
    }

    #[test]
    fn an_uneven_row_is_found_with_any_separator() {
        for separator in [",", ";", "\t", " ", "|"] {
            let text = "w1,w2,loss\n1,2,3\n4,5\n6,7,8\n".replace(',', separator);
            let error = error_message(&text);
            assert!(
                error.starts_with("r.csv, line 3: the number of cells is 2 instead of 3"),
                "{error}"
            );
        }
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
