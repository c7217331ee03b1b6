//! The rows of a CSV file's text.

use csv_core::{ReadRecordResult, Reader};

/// Reads CSV text row by row: quotes are undone, empty lines left out, blanks around a cell taken away.
pub(crate) struct CsvRows<'t> {
    /// What is left of the text.
    rest: &'t [u8],
    reader: Reader,
    lines: LineCounter<'t>,
    /// The cells of a row, one behind the other, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

/// A row of a CSV file.
pub(crate) struct CsvRow<'r> {
    /// Its line in the file, counted from 1.
    pub(crate) line: u64,
    /// Its cells.
    pub(crate) cells: Vec<&'r str>,
}

impl<'t> CsvRows<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        // A byte order mark is not part of the first name.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            rest: text.as_bytes(),
            reader: Reader::new(),
            lines: LineCounter::new(text),
            cells: vec![0; 1 << 10],
            ends: vec![0; 1 << 6],
        }
    }

    /// The next row, if there is one.
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
                // The end of the text is said by nothing more coming.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(2 * self.cells.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        // The reader takes any quotes, and joins what stands behind them to what stands within.
        check_quotes(&before[..before.len() - self.rest.len()], line)?;
        let mut begin = 0;
        let cell = |end: &usize| {
            let cell = &self.cells[begin..*end];
            begin = *end;
            // Cut at commas and quotes only, text stays text.
            std::str::from_utf8(cell).unwrap_or_default().trim()
        };
        let cells = self.ends[..count].iter().map(cell).collect();
        Ok(Some(CsvRow { line, cells }))
    }
}

/// Quotes that do not hold a whole cell.
pub(crate) struct QuoteError {
    /// Line of the cell in the file, counted from 1.
    pub(crate) line: u64,
    /// The cell's place in its row, counted from 1.
    pub(crate) column: usize,
    pub(crate) message: &'static str,
}

/// Checks that a row's quotes, where a cell begins with one, hold all of the cell.
fn check_quotes(row: &[u8], first_line: u64) -> Result<(), QuoteError> {
    #[derive(PartialEq)]
    enum At {
        Begin,
        Bare,
        Quoted,
        Closed,
        /// In blanks behind a closing quote.
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
            // Two quotes stand for one.
            (At::Closed, b'"') | (At::Quoted, _) => At::Quoted,
            (_, b',') => {
                column += 1;
                At::Begin
            }
            (At::Closed | At::Behind, b' ' | b'\t' | b'\r' | b'\n') => At::Behind,
            (At::Closed | At::Behind, _) => {
                let message = "text stands behind a closing quote";
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
            message: "this quote is not closed",
        });
    }
    Ok(())
}

/// Counts lines up to growing places in a text; the reader's own count is off at `\r\n` and at empty lines.
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

    /// The line of the first thing at or behind `offset` that is not a line's end.
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
