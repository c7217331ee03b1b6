//! A table of numbers with a header, read from a CSV file.

use crate::{
    Error,
    error::shortened,
    objective::data::rows::{CsvRows, QuoteError},
};

/// A table of finite numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Name of the file, for messages.
    pub file: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Numbers: (rows, columns), row-major.
    pub numbers: Vec<f64>,
    /// Line of each row in the file, counted from 1.
    pub lines: Vec<u64>,
}

impl Table {
    /// Reads CSV text: a header, then rows with one number per column.
    ///
    /// # Errors
    /// The text is empty, has no rows, a row of another length, or a cell that is not a finite number.
    /// The error contains the line and the column.
    pub fn from_csv(file: &str, text: &str) -> Result<Self, Error> {
        let wrong = |line, column, message: String| Error::in_file(file, line, column, message);
        let mut rows = CsvRows::new(text);
        let mut table: Option<Self> = None;
        let misquoted = |e: QuoteError| wrong(Some(e.line), Some(e.column), e.message.to_owned());
        while let Some(row) = rows.next().map_err(misquoted)? {
            let line = Some(row.line);
            let Some(table) = &mut table else {
                table = Some(Self {
                    file: file.to_owned(),
                    columns: header(&row.cells).map_err(|(c, m)| wrong(line, Some(c), m))?,
                    numbers: Vec::new(),
                    lines: Vec::new(),
                });
                continue;
            };
            let (expected, found) = (table.columns.len(), row.cells.len());
            if found != expected {
                let message = format!(
                    "the number of cells is {found} instead of {expected}; every row needs one cell per column"
                );
                return Err(wrong(line, None, message));
            }
            for (i, cell) in row.cells.iter().enumerate() {
                let number = cell.parse().ok().filter(|v: &f64| v.is_finite());
                let message = || match *cell {
                    "" => "the cell is empty; every cell must be a finite number".to_owned(),
                    _ => format!(
                        "`{}` is not a finite number: replace it, or remove the row or column",
                        beginning(cell)
                    ),
                };
                let number = number.ok_or_else(|| wrong(line, Some(i + 1), message()))?;
                table.numbers.push(number);
            }
            table.lines.push(row.line);
        }
        match table {
            None => Err(wrong(
                None,
                None,
                "the file is empty; it needs a header and rows of numbers".to_owned(),
            )),
            Some(table) if table.lines.is_empty() => Err(wrong(
                None,
                None,
                "the header is not followed by any row of numbers".to_owned(),
            )),
            Some(table) => Ok(table),
        }
    }

    /// Returns an error about this table.
    pub(crate) fn error(
        &self,
        row: Option<usize>,
        column: Option<usize>,
        message: String,
    ) -> Error {
        let line = row.map(|row| self.lines[row]);
        Error::in_file(&self.file, line, column.map(|column| column + 1), message)
    }
}

/// Checks for other separators than commas: with them, the header is read as one column.
pub(crate) fn check_separators(names: &[impl AsRef<str>]) -> Result<(), String> {
    if let [only] = names {
        for (separator, word) in [(';', "semicolons"), ('\t', "tabs")] {
            if only.as_ref().contains(separator) {
                return Err(format!(
                    "the columns are separated by {word}; separate them by commas"
                ));
            }
        }
    }
    Ok(())
}

/// Returns the beginning of a cell, for messages.
pub(crate) fn beginning(cell: &str) -> String {
    shortened(cell, 40)
}

fn header(cells: &[&str]) -> Result<Vec<String>, (usize, String)> {
    let names: Vec<String> = cells.iter().map(|name| (*name).to_owned()).collect();
    check_separators(&names).map_err(|message| (1, message))?;
    for (i, name) in names.iter().enumerate() {
        if name.is_empty() {
            return Err((
                i + 1,
                "this column has no name; add one to the header".to_owned(),
            ));
        }
        if name.parse::<f64>().is_ok() {
            return Err((
                i + 1,
                format!("`{name}` is a number; the first line must contain the column names"),
            ));
        }
        if names[..i].contains(name) {
            return Err((i + 1, format!("two columns are named `{name}`; rename one")));
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(text: &str) -> String {
        Table::from_csv("d.csv", text).unwrap_err().to_string()
    }

    #[test]
    fn reads_a_table() {
        let table = Table::from_csv("d.csv", "\u{feff}a, b\r\n1, 2.5\r\n\r\n-3,4e1\r\n").unwrap();
        assert_eq!(table.columns, ["a", "b"]);
        assert_eq!(table.numbers, [1.0, 2.5, -3.0, 40.0]);
        assert_eq!(table.lines, [2, 4]);
    }

    #[test]
    fn quotes_enclose_whole_cells() {
        let table = Table::from_csv("d.csv", "\"a \"\"1\"\"\",\"b,\nc\" \n\"1\",2\n").unwrap();
        assert_eq!(table.columns, ["a \"1\"", "b,\nc"]);
        assert_eq!((table.numbers, table.lines), (vec![1.0, 2.0], vec![3]));
        let unclosed = "this quote is not closed: add a closing quote";
        assert_eq!(
            complaint("a,b\n1,\"2\n3,4\n"),
            format!("d.csv, line 2, column 2: {unclosed}")
        );
        assert_eq!(
            complaint("a,\"b\n1,2\n"),
            format!("d.csv, line 1, column 2: {unclosed}")
        );
        assert_eq!(
            complaint("a,b\n\n\"1\"5,2\n"),
            "d.csv, line 3, column 1: text follows a closing quote: quote the whole cell"
        );
        assert!(complaint("a,b\n\"1\" \"5\",2\n").contains("follows a closing quote"));
    }

    #[test]
    fn an_error_contains_line_and_column() {
        assert!(complaint("").starts_with("d.csv: the file is empty"));
        assert_eq!(
            complaint("a,b\n"),
            "d.csv: the header is not followed by any row of numbers"
        );
        assert_eq!(
            complaint("a,b\n1,2\n3\n"),
            "d.csv, line 3: the number of cells is 1 instead of 2; every row needs one cell per column"
        );
        assert_eq!(
            complaint("a,b\n1,x\n"),
            "d.csv, line 2, column 2: `x` is not a finite number: replace it, or remove the row or column"
        );
        assert_eq!(
            complaint("a,b\n1,NaN\n"),
            "d.csv, line 2, column 2: `NaN` is not a finite number: replace it, or remove the row or column"
        );
        assert_eq!(
            complaint("a,a\n1,2\n"),
            "d.csv, line 1, column 2: two columns are named `a`; rename one"
        );
        assert!(complaint("1,2\n3,4\n").contains("must contain the column names"));
        assert!(complaint("a;b\n1;2\n").contains("separated by semicolons"));
        assert!(complaint("a\tb\n1\t2\n").contains("separated by tabs"));
        assert!(complaint("a,b\n1,\n").contains("line 2, column 2: the cell is empty"));
        let long = complaint(&format!("a,b\n1,{}\n", "x".repeat(999)));
        assert!(
            long.len() < 150 && !long.contains(&"x".repeat(41)),
            "{long}"
        );
    }
}
