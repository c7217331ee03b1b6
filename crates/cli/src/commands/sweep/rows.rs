//! Rows as text: one line per run. An incomplete row can be detected.

use super::row_check::RowCheck;
use crate::{output::csv_cell, prelude::*};
use std::io::Write as _;
use thalweg::{
    number::{ShortestFloat, join},
    sweep::SweepRow,
};

/// The line of column names without its newline.
pub(super) const COLUMNS: &str = "run,problem,optimizer,seed,start,outcome,epochs,loss,value_calls,gradient_calls,hessian_calls,weights";

/// Writes one row with its check and its newline.
pub(super) fn write(out: &mut Vec<u8>, row: &SweepRow, check: RowCheck) {
    let start = out.len();
    write_cells(out, row);
    check.append(out, start);
    out.push(b'\n');
}

fn write_cells(out: &mut Vec<u8>, row: &SweepRow) {
    let calls = row.end.calls;
    // Writing to memory cannot fail.
    let _ = write!(
        out,
        "{},{},{},{},{},{},{},{},{},{},{},{}",
        row.number + 1,
        csv_cell(row.on.text()),
        csv_cell(row.with.text()),
        row.seed,
        csv_cell(&join(&row.start)),
        row.end.stop.word(),
        row.end.epochs,
        ShortestFloat(row.end.loss),
        calls.value,
        calls.gradient,
        calls.hessian,
        csv_cell(&join(&row.weights)),
    );
}

/// Returns whether a line without its check and newline is the complete row of the run `number`, counted from 0.
pub(super) fn is_complete_row(line: &[u8], number: u64) -> bool {
    let Ok(line) = str::from_utf8(line) else {
        return false;
    };
    let Some(rest) = line.strip_prefix(&(number + 1).to_string()) else {
        return false;
    };
    let (mut cells, mut quoted) = (0, false);
    for c in rest.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells += 1,
            // A power failure may leave null bytes.
            c if c.is_control() => return false,
            _ => {}
        }
    }
    let ends = !quoted && !rest.ends_with(',');
    rest.starts_with(',') && ends && cells == COLUMNS.matches(',').count()
}

/// The result in a row of a finished table.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::commands) struct FinishedRow {
    /// The outcome in one or two words.
    pub(in crate::commands) outcome: String,
    /// The final loss.
    pub(in crate::commands) loss: f64,
    /// Number of evaluations of the loss, the gradient, and the Hessian.
    pub(in crate::commands) evaluations: u64,
}

/// Reads the results of a finished table.
pub(in crate::commands) fn finished_rows(path: &Path) -> Result<Vec<FinishedRow>> {
    let text = input::text(path, "the table", "run the command again")?;
    let rows = text.lines().skip(2).map(finished_row);
    let rows: Option<Vec<FinishedRow>> = rows.collect();
    rows.ok_or_else(|| {
        usage!("{} was changed: a row is not complete", path.display(); "add --overwrite to replace it")
    })
}

/// Reads a row by the names of its columns.
fn finished_row(line: &str) -> Option<FinishedRow> {
    let cells = cells(line);
    let cell = |name: &str| {
        let column = COLUMNS.split(',').position(|column| column == name)?;
        cells.get(column).copied()
    };
    let calls = ["value_calls", "gradient_calls", "hessian_calls"];
    let calls = calls.map(|name| cell(name)?.parse::<u64>().ok());
    Some(FinishedRow {
        outcome: cell("outcome")?.to_owned(),
        loss: cell("loss")?.parse().ok()?,
        evaluations: calls.into_iter().sum::<Option<u64>>()?,
    })
}

/// Splits a row at the commas outside of quotes. The cells keep their quotes.
fn cells(line: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let cells = line.split(|c| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    });
    cells.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg::{batch::RunEnd, pick::Pick};

    #[test]
    fn only_a_complete_row_is_accepted() {
        let on: Pick = "csv:path=a \"b\", c.csv".parse().unwrap();
        let row = SweepRow {
            number: 11,
            on: &on,
            with: std::sync::Arc::new("rprop:increase=1.2,decrease=0.5".parse().unwrap()),
            seed: 3,
            start: vec![-4.0, 0.1],
            end: RunEnd::NONE,
            weights: vec![1e-9, f64::INFINITY],
        };
        let mut text = Vec::new();
        write_cells(&mut text, &row);
        let text = String::from_utf8(text).unwrap();
        assert_eq!(
            text,
            "12,\"csv:path=a \"\"b\"\", c.csv\",\"rprop:increase=1.2,decrease=0.5\",3,\"-4,0.1\",epoch limit,0,NaN,0,0,0,\"1e-9,inf\""
        );
        let line = text.as_bytes();
        assert!(is_complete_row(line, 11));
        let read = finished_row(&text).unwrap();
        assert_eq!((&*read.outcome, read.evaluations), ("epoch limit", 0));
        assert!(!is_complete_row(line, 1));
        for end in 0..line.len() {
            assert!(!is_complete_row(&line[..end], 11), "{end}");
        }
        let zeros = [&line[..line.len() - 4], &[0; 3], b"\""].concat();
        assert!(!is_complete_row(&zeros, 11));
    }
}
