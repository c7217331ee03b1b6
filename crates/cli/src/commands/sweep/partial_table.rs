//! Reads a table, possibly incomplete: its header and its number of complete rows.

use super::{
    header::Header,
    rows::{self, COLUMNS},
};
use crate::prelude::*;
use std::{
    fs::File,
    io::{self, BufRead, BufReader},
};

/// The complete part of a table.
#[derive(Debug, PartialEq)]
pub(super) struct PartialTable {
    pub(super) header: Header,
    /// Number of complete rows.
    pub(super) rows: u64,
    /// Number of bytes up to the end of the last complete row.
    pub(super) complete_bytes: u64,
    /// Number of bytes after the last complete row.
    pub(super) incomplete_bytes: u64,
}

/// Returns the lines before the rows.
pub(super) fn preamble(header: &Header) -> String {
    format!("{header}\n{COLUMNS}\n")
}

impl PartialTable {
    /// Returns whether the table contains all rows of its shard and nothing else.
    pub(super) fn is_complete(&self) -> bool {
        self.rows == self.header.count() && self.incomplete_bytes == 0
    }

    /// Reads a table up to the first incomplete row. The inner error states why the file is not such a table.
    pub(super) fn read(
        file: &File,
        path: &Path,
    ) -> Result<std::result::Result<Self, &'static str>> {
        let read = Self::read_from(BufReader::new(file));
        read.map_err(|e| Failure::file("read", path, e))
    }

    fn read_from(mut file: impl BufRead) -> io::Result<std::result::Result<Self, &'static str>> {
        let mut line = Vec::new();
        file.read_until(b'\n', &mut line)?;
        let text = String::from_utf8_lossy(&line);
        let header: Header = match text.trim_end_matches('\n').parse() {
            Ok(header) => header,
            Err(why) => return Ok(Err(why)),
        };
        line.clear();
        file.read_until(b'\n', &mut line)?;
        if line.strip_suffix(b"\n") != Some(COLUMNS.as_bytes()) {
            return Ok(Err("its column names were changed"));
        }
        let runs = header.runs();
        let mut part = Self {
            complete_bytes: preamble(&header).len() as u64,
            header,
            rows: 0,
            incomplete_bytes: 0,
        };
        loop {
            line.clear();
            if file.read_until(b'\n', &mut line)? == 0 {
                return Ok(Ok(part));
            }
            let number = runs.start + part.rows;
            let row = line.strip_suffix(b"\n");
            if number == runs.end || !row.is_some_and(|row| rows::is_complete_row(row, number)) {
                part.incomplete_bytes = line.len() as u64 + io::copy(&mut file, &mut io::sink())?;
                return Ok(Ok(part));
            }
            part.rows += 1;
            part.complete_bytes += line.len() as u64;
        }
    }
}
