//! A table on disk: its header, and how many whole rows stand behind it.

use super::{
    header::Header,
    rows::{self, COLUMNS},
};
use crate::prelude::*;
use std::{
    fs::File,
    io::{self, BufRead, BufReader},
};

/// A table as far as it is whole.
#[derive(Debug, PartialEq)]
pub(super) struct PartialTable {
    pub(super) header: Header,
    /// Whole rows.
    pub(super) rows: u64,
    /// Bytes up to the end of the last whole row.
    pub(super) whole: u64,
    /// Bytes behind it.
    pub(super) torn: u64,
}

/// The lines in front of the rows.
pub(super) fn preamble(header: &Header) -> String {
    format!("{header}\n{COLUMNS}\n")
}

impl PartialTable {
    /// Whether every row of the part is there and nothing else.
    pub(super) fn is_complete(&self) -> bool {
        self.rows == self.header.count() && self.torn == 0
    }

    /// Reads a table up to its first row that is not whole. The inner error says why the file is not such a table.
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
            return Ok(Err("the names of its columns were changed"));
        }
        let runs = header.runs();
        let mut part = Self {
            whole: preamble(&header).len() as u64,
            header,
            rows: 0,
            torn: 0,
        };
        loop {
            line.clear();
            if file.read_until(b'\n', &mut line)? == 0 {
                return Ok(Ok(part));
            }
            let number = runs.start + part.rows;
            let row = line.strip_suffix(b"\n");
            if number == runs.end || !row.is_some_and(|row| rows::is_whole(row, number)) {
                part.torn = line.len() as u64 + io::copy(&mut file, &mut io::sink())?;
                return Ok(Ok(part));
            }
            part.rows += 1;
            part.whole += line.len() as u64;
        }
    }
}
