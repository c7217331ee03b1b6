//! A table on disk: its header, and how many whole rows stand behind it.

use super::{
    header::Header,
    rows::{self, COLUMNS},
};
use std::io::{self, BufRead};

/// What stands in a table.
#[derive(Debug, PartialEq)]
pub(super) enum Content {
    /// Not even the whole first line, but the beginning of what is expected, or nothing.
    Begun,
    /// Another file, and why.
    Foreign(&'static str),
    /// A header and rows.
    Part(Part),
}

/// A table as far as it is whole.
#[derive(Debug, PartialEq)]
pub(super) struct Part {
    pub(super) header: Header,
    /// Whole rows.
    pub(super) rows: u64,
    /// Bytes up to the end of the last whole row.
    pub(super) whole: u64,
    /// Bytes behind it.
    pub(super) torn: u64,
}

impl Part {
    /// Whether every row of the part is there and nothing else.
    pub(super) fn is_complete(&self) -> bool {
        let runs = self.header.runs();
        self.rows == runs.end - runs.start && self.torn == 0
    }
}

/// The lines in front of the rows.
pub(super) fn preamble(header: &Header) -> String {
    format!("{header}\n{COLUMNS}\n")
}

/// Reads a table up to its first row that is not whole.
///
/// `expected` is the preamble of the table that it should be, where one is known: its beginning alone is what a process
/// leaves that was killed at once.
pub(super) fn read(file: &mut impl BufRead, expected: Option<&str>) -> io::Result<Content> {
    let mut line = Vec::new();
    file.read_until(b'\n', &mut line)?;
    let first = line.clone();
    line.clear();
    file.read_until(b'\n', &mut line)?;
    let start = [first.as_slice(), &line].concat();
    if expected.is_some_and(|e| start.len() < e.len() && e.as_bytes().starts_with(&start)) {
        return Ok(Content::Begun);
    }
    let text = String::from_utf8_lossy(&first);
    let header: Header = match text.trim_end_matches('\n').parse() {
        Ok(header) => header,
        Err(why) => return Ok(Content::Foreign(why)),
    };
    if line.strip_suffix(b"\n") != Some(COLUMNS.as_bytes()) {
        return Ok(Content::Foreign("the names of its columns were changed"));
    }
    let runs = header.runs();
    let mut part = Part {
        header,
        rows: 0,
        whole: start.len() as u64,
        torn: 0,
    };
    loop {
        line.clear();
        if file.read_until(b'\n', &mut line)? == 0 {
            return Ok(Content::Part(part));
        }
        let number = runs.start + part.rows;
        let row = line.strip_suffix(b"\n");
        if number == runs.end || !row.is_some_and(|row| rows::is_whole(row, number)) {
            part.torn = line.len() as u64 + rest(file)?;
            return Ok(Content::Part(part));
        }
        part.rows += 1;
        part.whole += line.len() as u64;
    }
}

/// Number of bytes that are left.
fn rest(file: &mut impl BufRead) -> io::Result<u64> {
    io::copy(file, &mut io::sink())
}
