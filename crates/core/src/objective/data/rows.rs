//! The rows of a CSV file.

use super::separator::{Separator, begin_of_table};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Reads CSV text row by row. The cells are separated by commas, semicolons, tabs, vertical bars, or spaces. Quotes, empty
/// lines, comments before the table, and spaces around a cell are removed.
pub(crate) struct CsvRows<'t> {
    /// Rest of the text.
    rest: &'t [u8],
    separator: Separator,
    reader: Reader,
    lines: LineCounter<'t>,
    /// Bytes of the cells of a row, and the end of each cell.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

/// A row of a CSV file.
pub(crate) struct CsvRow<'r> {
    /// Line in the file, counted from 1.
    pub(crate) line: u64,
    /// The cells.
    pub(crate) cells: Vec<&'r str>,
}

impl<'t> CsvRows<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        // A byte order mark is not part of the first column name.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let declared = Separator::declared(text);
        let (separator, begin) = declared.unwrap_or_else(|| (Separator::detect(text), 0));
        let begin = begin + begin_of_table(&text[begin..], separator);
        Self {
            rest: &text.as_bytes()[begin..],
            separator,
            reader: ReaderBuilder::new().delimiter(separator.byte()).build(),
            lines: LineCounter::new(text),
            cells: vec![0; 1 << 10],
            ends: vec![0; 1 << 6],
        }
    }

    /// Returns the separator of the cells.
    pub(crate) fn separator(&self) -> Separator {
        self.separator
    }

    /// Returns the next row, if there is one.
    pub(crate) fn next(&mut self) -> Result<Option<CsvRow<'_>>, QuoteError> {
        let line = self.lines.at(self.lines.text.len() - self.rest.len());
        let before = self.rest;
        let (mut filled, mut count) = (0, 0);
        loop {
            let (cells, ends) = (&mut self.cells[filled..], &mut self.ends[count..]);
            let (result, read, written, ended) = self.reader.read_record(self.rest, cells, ends);
            self.rest = &self.rest[read..];
            filled += written;
            count += ended;
            match result {
                // The reader reports the end of the text when it is called with empty input.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(2 * self.cells.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        // The reader accepts misplaced quotes and joins the text after a closing quote to the cell.
        let row = &before[..before.len() - self.rest.len()];
        check_quotes(row, line, self.separator.byte())?;
        let mut begin = 0;
        let cell = |end: &usize| {
            let cell = &self.cells[begin..*end];
            begin = *end;
            // The text is only split at ASCII characters, so each cell is valid UTF-8.
            std::str::from_utf8(cell).unwrap_or_default().trim()
        };
        let cells = self.ends[..count].iter().map(cell);
        // Several spaces separate two cells.
        let is_cell = |cell: &&str| self.separator != Separator::Spaces || !cell.is_empty();
        let cells = cells.filter(is_cell).collect();
        Ok(Some(CsvRow { line, cells }))
    }
}

/// A quote that does not enclose a whole cell.
pub(crate) struct QuoteError {
    /// Line of the cell in the file, counted from 1.
    pub(crate) line: u64,
    /// Column of the cell, counted from 1.
    pub(crate) column: usize,
    pub(crate) message: &'static str,
}

/// Checks that each cell that begins with a quote is quoted as a whole.
fn check_quotes(row: &[u8], first_line: u64, separator: u8) -> Result<(), QuoteError> {
    #[derive(PartialEq)]
    enum At {
        Begin,
        Bare,
        Quoted,
        Closed,
        /// In spaces after a closing quote.
        Behind,
    }
    let begin = row.iter().position(|b| !matches!(b, b'\r' | b'\n'));
    let (mut at, mut column, mut line, mut opened) = (At::Begin, 1, first_line, first_line);
    for byte in &row[begin.unwrap_or(row.len())..] {
        at = match (at, byte) {
            (At::Begin, b'"') => {
                opened = line;
                At::Quoted
            }
            (At::Quoted, b'"') => At::Closed,
            // Two quotes represent one quote.
            (At::Closed, b'"') | (At::Quoted, _) => At::Quoted,
            (_, byte) if *byte == separator => {
                column += 1;
                At::Begin
            }
            (At::Closed | At::Behind, b' ' | b'\t' | b'\r' | b'\n') => At::Behind,
            (At::Closed | At::Behind, _) => {
                let message = "text follows a closing quote: quote the whole cell";
                return Err(QuoteError {
                    line,
                    column,
                    message,
                });
            }
            _ => At::Bare,
        };
        line += u64::from(*byte == b'\n');
    }
    if at == At::Quoted {
        return Err(QuoteError {
            line: opened,
            column,
            message: "this quote is not closed: add a closing quote",
        });
    }
    Ok(())
}

/// Counts lines up to increasing offsets in a text. The count of the reader is wrong at `\r\n` and at empty lines.
struct LineCounter<'a> {
    text: &'a [u8],
    counted: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            counted: 0,
            line: 1,
        }
    }

    /// Returns the line of the first character at or after `offset` that does not end a line.
    fn at(&mut self, offset: usize) -> u64 {
        while let Some(byte) = self.text.get(self.counted) {
            if self.counted >= offset && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.line += u64::from(*byte == b'\n');
            self.counted += 1;
        }
        self.line
    }
}
