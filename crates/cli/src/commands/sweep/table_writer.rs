//! The table of a running sweep: `OUT.csv.partial`, which is renamed to `OUT.csv` after its last row.
//!
//! Rows are appended in order, and each write contains complete rows. A killed process or a power failure therefore
//! leaves complete rows and at most one incomplete row, which `--resume` removes. The file is locked while a process
//! writes it. The operating system releases the lock when the process ends.
//!
//! The rows of a running sweep have checks. A finished shard keeps them for `--merge`; a finished sweep does not.

use super::{
    header::Header,
    partial_table::{self, PartialTable, TableError},
};
use crate::{
    output::{
        check_not_an_input,
        files::{self, PendingFile},
        temporary::keep_permissions,
    },
    prelude::*,
};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
};

/// Appends rows to a table.
pub(super) struct TableWriter {
    out: PathBuf,
    partial: PathBuf,
    file: File,
    /// Number of complete rows, and number of bytes up to the end of the last one.
    rows: u64,
    bytes: u64,
}

impl TableWriter {
    /// Opens the table that becomes `out`: a new one, or with `resume` the existing one with its complete rows. `overwrite`
    /// permits replacing a finished table and discarding the rows of an unfinished one. Returns `None` if the finished
    /// table exists and there is nothing to do.
    pub(super) fn open(
        out: &Path,
        header: &Header,
        resume: bool,
        overwrite: bool,
    ) -> Result<Option<Self>> {
        let out = files::resolve_output_path(out)?;
        let partial = partial_of(&out);
        loop {
            if !overwrite && is_complete(&out, header, resume)? {
                remove_leftover(&partial);
                return Ok(None);
            }
            let (file, is_new) = open(&partial).map_err(|e| files::cannot_write(&partial, e))?;
            lock(&file, &partial)?;
            // Between opening and locking, another process may have finished the table and renamed it.
            if !is_still_there(&file, &partial) {
                continue;
            }
            if !overwrite && out.exists() {
                if is_new {
                    let _ = fs::remove_file(&partial);
                }
                continue;
            }
            let mut writer = Self {
                out,
                partial,
                file,
                rows: 0,
                bytes: 0,
            };
            writer.begin(header, resume, overwrite)?;
            return Ok(Some(writer));
        }
    }

    /// Keeps the complete rows, or starts an empty table.
    fn begin(&mut self, header: &Header, resume: bool, overwrite: bool) -> Result {
        let length = self.file.metadata().map_err(|e| self.failure(e))?.len();
        if length > 0 && !resume && !overwrite {
            refuse!(
                "{} already exists: an earlier command was interrupted", self.partial.display();
                "add --resume to continue it, or --overwrite to start again"
            );
        }
        let preamble = partial_table::checked_preamble(header);
        // A process that was killed immediately may leave only the beginning of the preamble.
        if length > 0 && resume && !self.begins(&preamble).map_err(|e| self.failure(e))? {
            let part = PartialTable::read(&self.file, &self.partial)?;
            let part = part.map_err(|why| cannot_resume(&self.partial, &why))?;
            check_same_experiment(&self.partial, &part.header, header)?;
            if part.check.is_none() {
                let why = TableError::Foreign(partial_table::NO_CHECKS);
                return Err(cannot_resume(&self.partial, &why));
            }
            self.truncate_to(&part);
        }
        // Remove the incomplete row. A new table starts with one write of the whole preamble.
        let cut = self.file.set_len(self.bytes);
        let end = cut.and_then(|()| self.file.seek(SeekFrom::End(0)));
        end.map_err(|e| self.failure(e))?;
        if self.bytes == 0 {
            self.append(preamble.as_bytes(), 0)?;
        }
        Ok(())
    }

    /// Returns whether the file contains the beginning of this text and nothing else. Rewinds the file.
    fn begins(&mut self, text: &str) -> io::Result<bool> {
        let mut start = Vec::new();
        (&self.file)
            .take(text.len() as u64)
            .read_to_end(&mut start)?;
        self.file.rewind()?;
        Ok(start.len() < text.len() && text.as_bytes().starts_with(&start))
    }

    fn truncate_to(&mut self, part: &PartialTable) {
        self.rows = part.rows;
        self.bytes = part.complete_bytes;
        if part.incomplete_bytes > 0 {
            terminal::print_stderr(format_args!(
                "note: removed {} bytes of an incomplete row after {} complete rows\n",
                part.incomplete_bytes, part.rows
            ));
        }
    }

    /// Returns the number of complete rows on disk.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Appends complete rows.
    pub(super) fn append(&mut self, text: &[u8], rows: u64) -> Result {
        if let Err(error) = self.file.write_all(text) {
            // If this fails too, `--resume` removes the incomplete row later.
            let _ = self.file.set_len(self.bytes);
            return Err(self.failure(error));
        }
        self.bytes += text.len() as u64;
        self.rows += rows;
        Ok(())
    }

    /// Moves the finished table to its destination.
    pub(super) fn finish(&mut self, header: &Header) -> Result {
        if header.shard.is_whole() {
            return self.finish_without_checks();
        }
        // The bytes must reach the disk before the new name does.
        let synced = self.file.sync_all();
        let kept = synced.and_then(|()| keep_permissions(&self.out, &self.file));
        kept.map_err(|e| self.failure(e))?;
        let moved = fs::rename(&self.partial, &self.out);
        moved.map_err(|e| Failure::file("write", &self.out, e))
    }

    /// Writes the rows without their checks, which only an unfinished table or a shard needs.
    fn finish_without_checks(&mut self) -> Result {
        self.file.rewind().map_err(|e| self.failure(e))?;
        let part = PartialTable::read(&self.file, &self.partial)?;
        let part = part.map_err(|why| cannot_resume(&self.partial, &why))?;
        let mut table = PendingFile::new(&self.out)?;
        table.write(partial_table::preamble(&part.header).as_bytes())?;
        part.for_each_row(&self.file, &self.partial, |row| table.write(row))?;
        table.persist_to_disk()?;
        let removed = fs::remove_file(&self.partial);
        removed.map_err(|e| Failure::file("remove", &self.partial, e))
    }

    fn failure(&self, error: io::Error) -> Failure {
        Failure::file("write", &self.partial, error)
    }
}

/// Rejects a table that would replace an input file, also before it is finished.
pub(in crate::commands) fn check_inputs(inputs: &[&Path], out: &Path) -> Result {
    check_not_an_input(inputs, out)?;
    check_not_an_input(inputs, &partial_of(out))
}

/// Returns the path of the unfinished table.
fn partial_of(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// Opens the existing file or creates it. Also returns whether the file is new.
fn open(partial: &Path) -> io::Result<(File, bool)> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    match options.clone().create_new(true).open(partial) {
        Ok(file) => Ok((file, true)),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            if !partial.is_file() {
                let message = "it is not a regular file";
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
            }
            Ok((options.open(partial)?, false))
        }
        Err(e) => Err(e),
    }
}

fn lock(file: &File, partial: &Path) -> Result {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            let busy = io::Error::new(io::ErrorKind::ResourceBusy, "another process is writing it");
            Err(Failure::file("write", partial, busy))
        }
        // Without file locks, another process cannot be detected.
        Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(e)) => Err(Failure::file("lock", partial, e)),
    }
}

/// Returns whether the path still refers to the opened file.
#[cfg(unix)]
fn is_still_there(file: &File, partial: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let place = |m: &fs::Metadata| (m.dev(), m.ino());
    matches!((file.metadata(), fs::metadata(partial)), (Ok(a), Ok(b)) if place(&a) == place(&b))
}

#[cfg(not(unix))]
fn is_still_there(_: &File, partial: &Path) -> bool {
    partial.exists()
}

/// Returns whether `out` is the finished table of this experiment.
///
/// # Errors
/// `out` exists and `resume` is false, or `out` is another file.
fn is_complete(out: &Path, header: &Header, resume: bool) -> Result<bool> {
    if !out.exists() {
        return Ok(false);
    }
    let name = out.display();
    if !resume {
        refuse!("{name} already exists"; "choose another -o, or add --overwrite to replace it");
    }
    let file = File::open(out).map_err(|e| Failure::file("read", out, e))?;
    let part = PartialTable::read(&file, out)?.map_err(|why| cannot_resume(out, &why))?;
    check_same_experiment(out, &part.header, header)?;
    if !part.is_complete() {
        refuse!(
            "{name} was changed: only {} of its {} rows are complete", part.rows, header.count();
            "add --overwrite to replace it"
        );
    }
    Ok(true)
}

fn cannot_resume(path: &Path, why: &TableError) -> Failure {
    let path = path.display();
    let help = match why {
        TableError::Foreign(_) => "choose another -o, or add --overwrite to replace it".to_owned(),
        TableError::Damaged { line } | TableError::Misplaced { line } => format!(
            "delete line {line} and all lines after it to keep the rows before it, or add --overwrite to start again"
        ),
    };
    usage!("cannot resume {path}: {why}"; &help)
}

/// Removes the unfinished table of a process that was killed after it had written the finished one.
fn remove_leftover(partial: &Path) {
    if let Ok(file) = File::open(partial)
        && file.try_lock().is_ok()
    {
        let _ = fs::remove_file(partial);
    }
}

/// Rejects a table of another experiment, shard, or version.
fn check_same_experiment(path: &Path, found: &Header, expected: &Header) -> Result {
    let why = if found.version != expected.version {
        let (found, expected) = (&found.version, &expected.version);
        format!("it was written by version {found} of the program, and this is version {expected}")
    } else if found.experiment != expected.experiment {
        "it belongs to another experiment, or an input file was changed".to_owned()
    } else if found.shard != expected.shard {
        format!("it contains shard {}, not {}", found.shard, expected.shard)
    } else {
        return Ok(());
    };
    let path = path.display();
    Err(
        usage!("cannot resume {path}: {why}"; "choose another -o, or add --overwrite to replace it"),
    )
}
