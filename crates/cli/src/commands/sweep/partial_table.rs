//! Reads a table, possibly incomplete: its header and its number of complete rows.

use super::{
    header::Header,
    row_check::{CHECK_COLUMN, RowCheck},
    rows::{self, COLUMNS},
};
use crate::prelude::*;
use std::{
    fmt,
    fs::File,
    io::{self, BufRead, BufReader, Seek as _},
};

/// The complete part of a table.
#[derive(Debug, PartialEq)]
pub(super) struct PartialTable {
    pub(super) header: Header,
    /// The check of the rows; `None` for a finished table, whose rows have no checks.
    pub(super) check: Option<RowCheck>,
    /// Number of complete rows.
    pub(super) rows: u64,
    /// Number of bytes up to the end of the last complete row.
    pub(super) complete_bytes: u64,
    /// Number of bytes after the last complete row.
    pub(super) incomplete_bytes: u64,
}

/// The reason why a file is not a table that can be used. It completes a sentence that starts with the file's name.
#[derive(Debug, PartialEq)]
pub(super) enum TableError {
    /// The first two lines do not belong to a table of a sweep.
    Foreign(&'static str),
    /// A line of the file, counted from 1, was changed.
    Damaged { line: u64 },
    /// A line of the file, counted from 1, is an intact row of another run.
    Misplaced { line: u64 },
}

impl fmt::Display for TableError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(why) => out.write_str(why),
            Self::Damaged { line } => write!(
                out,
                "line {line} was changed: the row does not match its check"
            ),
            Self::Misplaced { line } => write!(
                out,
                "the rows do not follow each other: line {line} is not the next row; one is missing, repeated, or moved"
            ),
        }
    }
}

/// Why an unfinished table or a shard of an earlier version is rejected.
pub(super) const NO_CHECKS: &str =
    "its rows have no checks, because an earlier version of the program wrote it";

/// Number of lines before the rows.
const PREAMBLE_LINES: u64 = 2;

/// Returns the lines before the rows of a finished table.
pub(super) fn preamble(header: &Header) -> String {
    format!("{header}\n{COLUMNS}\n")
}

/// Returns the lines before the rows of a shard or an unfinished table, whose rows have checks.
pub(super) fn checked_preamble(header: &Header) -> String {
    format!("{header}\n{COLUMNS}{CHECK_COLUMN}\n")
}

impl PartialTable {
    /// Returns whether the table contains all rows of its shard and nothing else.
    pub(super) fn is_complete(&self) -> bool {
        self.rows == self.header.count() && self.incomplete_bytes == 0
    }

    /// Reads a table up to the first incomplete row. The inner error states why the file is not such a table.
    pub(super) fn read(file: &File, path: &Path) -> Result<std::result::Result<Self, TableError>> {
        let read = Self::read_from(BufReader::new(file));
        read.map_err(|e| Failure::file("read", path, e))
    }

    fn read_from(mut file: impl BufRead) -> io::Result<std::result::Result<Self, TableError>> {
        let mut line = Vec::new();
        file.read_until(b'\n', &mut line)?;
        let text = String::from_utf8_lossy(&line);
        let header: Header = match text.trim_end_matches('\n').parse() {
            Ok(header) => header,
            Err(why) => return Ok(Err(TableError::Foreign(why))),
        };
        let mut bytes = line.len();
        line.clear();
        bytes += file.read_until(b'\n', &mut line)?;
        let check = match check(&header, &line) {
            Ok(check) => check,
            Err(why) => return Ok(Err(TableError::Foreign(why))),
        };
        let part = Self {
            complete_bytes: bytes as u64,
            header,
            check,
            rows: 0,
            incomplete_bytes: 0,
        };
        part.read_rows(file)
    }

    fn read_rows(
        mut self,
        mut file: impl BufRead,
    ) -> io::Result<std::result::Result<Self, TableError>> {
        let runs = self.header.runs();
        let mut line = Vec::new();
        loop {
            line.clear();
            if file.read_until(b'\n', &mut line)? == 0 {
                return Ok(Ok(self));
            }
            let number = runs.start + self.rows;
            let row = line.strip_suffix(b"\n").and_then(|row| self.row(row));
            if number == runs.end || !row.is_some_and(|row| rows::is_complete_row(row, number)) {
                if row.is_none() && self.was_changed(&line, &mut file)? {
                    let line = PREAMBLE_LINES + self.rows + 1;
                    return Ok(Err(TableError::Damaged { line }));
                }
                if number != runs.end && row.is_some() && self.check.is_some() {
                    let line = PREAMBLE_LINES + self.rows + 1;
                    return Ok(Err(TableError::Misplaced { line }));
                }
                self.incomplete_bytes += line.len() as u64 + io::copy(&mut file, &mut io::sink())?;
                return Ok(Ok(self));
            }
            self.rows += 1;
            self.complete_bytes += line.len() as u64;
        }
    }

    /// Returns a line without its check, or `None` if they do not match. The line has no newline.
    pub(super) fn row<'l>(&self, line: &'l [u8]) -> Option<&'l [u8]> {
        match self.check {
            Some(check) => check.verified(line),
            None => Some(line),
        }
    }

    /// Returns whether a line that does not match its check was changed after it was written. A power failure may leave
    /// an incomplete line or null bytes instead, but only at the end of the file. Adds the lines that it reads to the
    /// incomplete bytes.
    fn was_changed(&mut self, line: &[u8], file: &mut impl BufRead) -> io::Result<bool> {
        let is_torn = |line: &[u8]| !line.ends_with(b"\n") || line.contains(&0);
        if !is_torn(line) {
            return Ok(true);
        }
        let mut next = Vec::new();
        while file.read_until(b'\n', &mut next)? > 0 {
            let row = next.strip_suffix(b"\n").and_then(|row| self.row(row));
            if row.is_some() {
                return Ok(true);
            }
            self.incomplete_bytes += next.len() as u64;
            next.clear();
        }
        Ok(false)
    }

    /// Passes each complete row without its check, but with its newline, to `take`.
    pub(super) fn for_each_row(
        &self,
        mut file: &File,
        path: &Path,
        mut take: impl FnMut(&[u8]) -> Result,
    ) -> Result {
        let unread = |e| Failure::file("read", path, e);
        file.rewind().map_err(unread)?;
        let mut file = BufReader::new(file);
        let mut line = Vec::new();
        for number in 0..PREAMBLE_LINES + self.rows {
            line.clear();
            file.read_until(b'\n', &mut line).map_err(unread)?;
            if number < PREAMBLE_LINES {
                continue;
            }
            let row = line.strip_suffix(b"\n").and_then(|row| self.row(row));
            let Some(length) = row.map(<[u8]>::len) else {
                // The rows were checked before, so another program has just changed the file.
                let changed = TableError::Damaged { line: number + 1 };
                let error = io::Error::new(io::ErrorKind::InvalidData, changed.to_string());
                return Err(unread(error));
            };
            line.truncate(length);
            line.push(b'\n');
            take(&line)?;
        }
        Ok(())
    }
}

/// Returns the check that the line of column names announces.
fn check(header: &Header, line: &[u8]) -> std::result::Result<Option<RowCheck>, &'static str> {
    let names = line.strip_suffix(b"\n").unwrap_or_default();
    match names.strip_prefix(COLUMNS.as_bytes()) {
        Some(b"") if header.shard.is_whole() => Ok(None),
        Some(b"") => Err(NO_CHECKS),
        Some(rest) if rest == CHECK_COLUMN.as_bytes() => Ok(Some(RowCheck::new(header))),
        _ => Err("its column names were changed"),
    }
}
