//! A table with named columns, read from a CSV file.

use super::{
    cells::CellReader,
    decimal::DecimalSign,
    header::{Header, has_names, invented_names, names_of},
    rows::{CsvRows, QuoteError},
};
use crate::{Error, error::shortened};

use std::collections::BTreeMap;

/// Limit of the number of columns of a table.
pub const MAX_COLUMNS: usize = 1_000_000;

/// How the text of a table is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableFormat {
    /// Whether the first row contains the names of the columns.
    pub header: Header,
    /// The decimal sign of the numbers.
    pub decimal: DecimalSign,
}

/// A table of finite numbers and words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Name of the file, for messages.
    pub file: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Numbers: (rows, columns), row-major. A cell that is not a finite number is NaN.
    pub numbers: Vec<f64>,
    /// Line of the names of the columns, counted from 1; the first line of a table without a header.
    pub(super) header_line: u64,
    /// Line of each row in the file, counted from 1.
    pub lines: Vec<u64>,
    /// The cells that are not finite numbers, by their index in `numbers`, ascending.
    pub(super) words: Vec<(usize, String)>,
    /// Sentences on how the text was understood.
    pub notes: Vec<String>,
}

impl Table {
    /// Reads CSV text: a header, which may be missing, then rows with one cell per column.
    ///
    /// # Errors
    /// The text is empty, has no rows, or a row of another length. The error contains the line.
    pub fn from_csv(file: &str, text: &str, format: TableFormat) -> Result<Self, Error> {
        if is_json(text) {
            let message = "this is JSON; write the table as CSV, for example with pandas.read_json and to_csv";
            return Err(Error::in_file(file, None, None, message));
        }
        let mut rows = CsvRows::new(text);
        let separator = rows.separator();
        let wrong = |e: QuoteError| Error::in_file(file, Some(e.line), Some(e.column), e.message);
        let mut next = || {
            let row = rows.next().map_err(wrong)?;
            Ok(row.map(|row| {
                let cells = row.cells.iter().map(|cell| (*cell).to_owned());
                (row.line, cells.collect::<Vec<String>>())
            }))
        };
        let Some((line, first)) = next()? else {
            let message = "the file is empty; it needs rows of numbers";
            return Err(Error::in_file(file, None, None, message));
        };
        let second = next()?;
        let mut table = Self {
            file: file.to_owned(),
            header_line: line,
            ..Self::default()
        };
        let below = second.as_ref().map(|(_, cells)| &**cells);
        let has_header = table.begin(line, &first, below, format)?;
        let mut reader = CellReader::new(separator, format.decimal);
        if !has_header {
            reader.push(&mut table, line, &first)?;
        }
        if let Some((line, cells)) = second {
            reader.push(&mut table, line, &cells)?;
        }
        while let Some(row) = rows.next().map_err(wrong)? {
            reader.push(&mut table, row.line, &row.cells)?;
        }
        if table.lines.is_empty() {
            let message = "the header is not followed by any row of numbers";
            return Err(Error::in_file(file, None, None, message));
        }
        reader.read_decimal_commas(&mut table);
        Ok(table)
    }

    /// Finds the names of the columns. Returns whether they are in the first row.
    fn begin(
        &mut self,
        line: u64,
        first: &[String],
        second: Option<&[String]>,
        format: TableFormat,
    ) -> Result<bool, Error> {
        let at = |column: Option<usize>, message| {
            Error::in_file(&self.file, Some(line), column.map(|i| i + 1), message)
        };
        if first.len() > MAX_COLUMNS {
            let message = format!(
                "the line has {} cells; a table has at most {MAX_COLUMNS} columns",
                first.len()
            );
            return Err(at(None, message));
        }
        let is_number = |cell: &str| format.decimal.may_be_number(cell);
        let has_header = has_names(format.header, first, second, is_number).map_err(|found| {
            at(Some(found.column()), found.message()).advise(
                "to read the names from this line",
                [("header", "first".to_owned())],
            )
        })?;
        if has_header {
            self.columns = names_of(first);
        } else {
            self.columns = invented_names(first.len());
            if format.header == Header::Auto {
                self.notes.push(format!(
                    "the first line of {} contains numbers instead of column names, so the columns are named {}; \
                     header=first reads names from it",
                    self.file,
                    listed(&self.columns)
                ));
            }
        }
        Ok(has_header)
    }

    /// Returns the number of rows.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// Returns the cells that are not finite numbers, row by row: row, column, and text.
    pub(crate) fn words(&self) -> impl Iterator<Item = (usize, usize, &str)> {
        let width = self.columns.len();
        let words = self.words.iter();
        words.map(move |(i, word)| (i / width, i % width, &**word))
    }

    /// Returns the numbers of a column. A cell that is not a finite number is NaN.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = f64> {
        let cells = self.numbers.iter().skip(column);
        cells.step_by(self.columns.len()).copied()
    }

    /// Removes the rows for which `is_kept` is false.
    pub(crate) fn retain_rows(&mut self, is_kept: &[bool]) {
        let width = self.columns.len();
        let mut new_row = Vec::with_capacity(is_kept.len());
        let mut count = 0;
        for kept in is_kept {
            new_row.push(count);
            count += usize::from(*kept);
        }
        self.words.retain_mut(|(i, _)| {
            let row = *i / width;
            *i = new_row[row] * width + *i % width;
            is_kept[row]
        });
        let mut rows = 0..;
        self.lines
            .retain(|_| rows.next().is_some_and(|row: usize| is_kept[row]));
        let mut cells = 0..;
        self.numbers.retain(|_| {
            cells
                .next()
                .is_some_and(|cell: usize| is_kept[cell / width])
        });
    }

    /// Checks that these columns have different names. `remedy` says what to do about two columns, given their numbers.
    ///
    /// # Errors
    /// Two of them have the same name. The error contains the line of the names and the second column.
    pub(crate) fn check_names(
        &self,
        columns: &[usize],
        remedy: impl Fn([usize; 2]) -> String,
    ) -> Result<(), Error> {
        let mut known = BTreeMap::new();
        for &column in columns {
            let name = &*self.columns[column];
            if let Some(first) = known.insert(name, column) {
                let numbers = [first.min(column) + 1, first.max(column) + 1];
                let message = format!(
                    "two columns are named `{}`; {}",
                    beginning(name),
                    remedy(numbers)
                );
                let (line, column) = (Some(self.header_line), Some(column + 1));
                return Err(Error::in_file(&self.file, line, column, message));
            }
        }
        Ok(())
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

/// Returns the first names of a list, each shortened, for messages.
pub(crate) fn listed(names: &[impl AsRef<str>]) -> String {
    joined(names.iter().map(|name| beginning(name.as_ref())))
}

/// Returns the first texts of a list, for messages.
pub(crate) fn joined(texts: impl ExactSizeIterator<Item = String>) -> String {
    const MAX_TEXTS: usize = 12;
    let more = match texts.len().saturating_sub(MAX_TEXTS) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    texts.take(MAX_TEXTS).collect::<Vec<_>>().join(", ") + &more
}

/// Returns whether a cell represents a missing value.
pub(crate) fn is_missing(cell: &str) -> bool {
    const MARKS: [&str; 18] = [
        "", "NA", "na", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NAN", "NaT", "null", "NULL",
        "?", "-", "--", ".", "...",
    ];
    MARKS.contains(&cell)
}

/// Returns whether a text is an object or a list in JSON instead of a table.
fn is_json(text: &str) -> bool {
    let compact = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}');
    let begin: String = compact.take(2).collect();
    ["{\"", "{}", "[{", "[[", "[]"].contains(&&*begin)
}

/// Returns the beginning of a cell, for messages.
pub(crate) fn beginning(cell: &str) -> String {
    shortened(cell, 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::from_csv("d.csv", text, TableFormat::default()).unwrap()
    }

    fn complaint(text: &str) -> String {
        let read = Table::from_csv("d.csv", text, TableFormat::default());
        read.unwrap_err().to_string()
    }

    #[test]
    fn reads_a_table() {
        let table = table("\u{feff}a, b\r\n1, 2.5\r\n\r\n-3,4e1\r\n");
        assert_eq!(table.columns, ["a", "b"]);
        assert_eq!(table.numbers, [1.0, 2.5, -3.0, 40.0]);
        assert_eq!(table.lines, [2, 4]);
        assert_eq!(table.notes, [""; 0]);
    }

    #[test]
    fn cells_that_are_not_numbers_are_kept_as_words() {
        let table = table("a,b\n1,red\n,NaN\n2,3\n");
        let words: Vec<_> = table.words().collect();
        assert_eq!(words, [(0, 1, "red"), (1, 0, ""), (1, 1, "NaN")]);
        assert!(table.numbers[1].is_nan() && table.numbers[5] == 3.0);
        assert_eq!(table.column(0).filter(|v| v.is_finite()).sum::<f64>(), 3.0);
    }

    #[test]
    fn a_line_of_excel_names_the_separator() {
        for begin in ["sep=;\r\n", "\u{feff}sep=;\n", "\"sep=;\"\n", "SEP=;\n"] {
            let table = table(&format!("{begin}a;b,c\n0,5;1\n1;2\n"));
            assert_eq!(table.columns, ["a", "b,c"], "{begin:?}");
            assert_eq!((&table.numbers[..2], table.lines[0]), (&[0.5, 1.0][..], 3));
        }
        assert_eq!(table("sep=,\n1,2\n").lines, [2]);
        assert_eq!(table("a|b\n1|2\n").numbers, [1.0, 2.0]);
    }

    #[test]
    fn other_separators_and_decimal_commas_are_read() {
        let table_of = |text| {
            let table = table(text);
            (table.numbers, table.notes.len())
        };
        assert_eq!(
            table_of("a;b\n0,5;1\n-2,25;3\n"),
            (vec![0.5, 1.0, -2.25, 3.0], 1)
        );
        assert_eq!(table_of("a\tb\n0.5\t1\n"), (vec![0.5, 1.0], 0));
        assert_eq!(table_of("a   b\n 0.5 1 \n"), (vec![0.5, 1.0], 0));
        assert_eq!(table_of("a,b\n\"0,5\",1\n"), (vec![0.5, 1.0], 1));
        // Without a header, decimal commas are numbers too.
        assert_eq!(table_of("0,5;1\n-2,25;3\n").0, [0.5, 1.0, -2.25, 3.0]);
        // A point and a comma, or groups of thousands, are ambiguous.
        assert!(table_of("a;b\n0,5;1.5\n").0[0].is_nan());
        assert!(table_of("a,b\n\"1,234\",1\n").0[0].is_nan());
        let error = complaint("a,b\n0,5,1,5\n");
        assert!(
            error.ends_with("separate the cells by semicolons"),
            "{error}"
        );
    }

    #[test]
    fn rows_are_removed_with_their_words_and_lines() {
        let mut table = table("a,b\n1,x\n,y\n3,z\n");
        table.retain_rows(&[true, false, true]);
        assert_eq!(table.lines, [2, 4]);
        assert_eq!(
            table.words().collect::<Vec<_>>(),
            [(0, 1, "x"), (1, 1, "z")]
        );
        assert_eq!([table.numbers[0], table.numbers[2]], [1.0, 3.0]);
    }

    #[test]
    fn a_million_columns_are_read_in_one_pass() {
        let names: Vec<String> = (0..MAX_COLUMNS).map(|i| format!("c{i}")).collect();
        let numbers = "1,".repeat(MAX_COLUMNS - 1) + "1";
        let wide = table(&format!("{}\n{numbers}\n", names.join(",")));
        assert_eq!((wide.columns.len(), wide.rows()), (MAX_COLUMNS, 1));
        let error = complaint(&format!("{},more\n{numbers},1\n", names.join(",")));
        assert!(
            error.contains("has 1000001 cells; a table has at most 1000000"),
            "{error}"
        );
    }

    #[test]
    fn quotes_enclose_whole_cells() {
        let table = table("\"a \"\"1\"\"\",\"b,\nc\" \n\"1\",2\n");
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
            "d.csv, line 3: the number of cells is 1 instead of 2; every row needs one cell per column; correct this row, or remove it"
        );
        let equal = table("a,b,a\n1,2,3\n");
        let check = |columns: &[usize]| {
            equal.check_names(columns, |[first, second]| {
                format!("see {first} and {second}")
            })
        };
        assert_eq!(check(&[0, 1]), Ok(()));
        assert_eq!(
            check(&[0, 1, 2]).unwrap_err().to_string(),
            "d.csv, line 1, column 3: two columns are named `a`; see 1 and 3"
        );
        for json in ["[{\"a\": 1}]", "\n {\"a\": [1]}", "[\n  [1, 2]\n]"] {
            assert!(complaint(json).contains("this is JSON"), "{json}");
        }
        assert_eq!(table("[a],[b]\n1,2\n").columns, ["[a]", "[b]"]);
    }
}
