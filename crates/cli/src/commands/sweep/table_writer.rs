//! The table of a sweep that is under way: `OUT.csv.partial`, which becomes `OUT.csv` when its last row is there.
//!
//! Rows are appended in their order, each write a number of whole rows. What a killed process or a machine without
//! power leaves behind is therefore whole rows and perhaps one that is torn, which `--resume` cuts off. The file is
//! locked as long as a process writes it; the system takes the lock away when the process ends, however it ends.

use super::{
    header::Header,
    partial_table::{self, PartialTable},
};
use crate::{output::files, prelude::*};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
};

/// A table that rows are appended to.
pub(super) struct TableWriter {
    out: PathBuf,
    partial: PathBuf,
    file: File,
    /// Whole rows, and the bytes up to the end of the last one.
    rows: u64,
    bytes: u64,
}

impl TableWriter {
    /// The table that becomes `out`: a new one, or with `resume` the one that is there, whose whole rows are kept.
    /// Only with `overwrite` a finished table is replaced, or the rows of an unfinished one are given up. Returns `None` if
    /// the finished table exists and there is nothing to do.
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
                return Ok(None);
            }
            let (file, is_new) = open(&partial).map_err(|e| files::cannot_write(&partial, e))?;
            lock(&file, &partial)?;
            // Another process may have finished the table, and so moved it away, between the opening and the lock.
            if !is_still_there(&file, &partial) {
                continue;
            }
            if !overwrite && out.exists() {
                if is_new {
                    let _ = fs::remove_file(&partial);
                }
                continue;
            }
            let mut record = Self {
                out,
                partial,
                file,
                rows: 0,
                bytes: 0,
            };
            record.begin(header, resume, overwrite)?;
            return Ok(Some(record));
        }
    }

    /// Keeps what there is, or begins anew.
    fn begin(&mut self, header: &Header, resume: bool, overwrite: bool) -> Result {
        let length = self.file.metadata().map_err(|e| self.failure(e))?.len();
        if length > 0 && !resume && !overwrite {
            refuse!(
                "{} is there from a sweep that was interrupted", self.partial.display();
                "give --resume to go on with it, or --overwrite to begin anew"
            );
        }
        let preamble = partial_table::preamble(header);
        // The beginning of the preamble alone is what a process leaves that was killed at once.
        if length > 0 && resume && !self.begins(&preamble).map_err(|e| self.failure(e))? {
            let part = PartialTable::read(&self.file, &self.partial)?;
            let part = part.map_err(|why| foreign(&self.partial, why))?;
            check_same_experiment(&self.partial, &part.header, header)?;
            self.truncate_to(&part);
        }
        // One write for all in front of the rows, after whatever was cut off.
        let cut = self.file.set_len(self.bytes);
        let end = cut.and_then(|()| self.file.seek(SeekFrom::End(0)));
        end.map_err(|e| self.failure(e))?;
        if self.bytes == 0 {
            self.append(preamble.as_bytes(), 0)?;
        }
        Ok(())
    }

    /// Checks whether the file contains the beginning of this text and nothing else; then rewinds it.
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
        self.bytes = part.whole;
        if part.torn > 0 {
            terminal::print_stderr(format_args!(
                "note: {} bytes behind the {} whole rows were cut off, for they are no whole row\n",
                part.torn, part.rows
            ));
        }
    }

    /// Number of whole rows on disk.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Appends whole rows.
    pub(super) fn append(&mut self, text: &[u8], rows: u64) -> Result {
        if let Err(error) = self.file.write_all(text) {
            // Where even this fails, the torn row is cut off later.
            let _ = self.file.set_len(self.bytes);
            return Err(self.failure(error));
        }
        self.bytes += text.len() as u64;
        self.rows += rows;
        Ok(())
    }

    /// Moves the whole table to its place.
    pub(super) fn finish(&mut self) -> Result {
        // Its bytes must not come to the disk after its name.
        let synced = self.file.sync_all();
        synced.map_err(|e| self.failure(e))?;
        let moved = fs::rename(&self.partial, &self.out);
        moved.map_err(|e| Failure::file("write", &self.out, e))
    }

    fn failure(&self, error: io::Error) -> Failure {
        Failure::file("write", &self.partial, error)
    }
}

/// Refuses an output that would take the place of a file that is read.
pub(super) fn check_not_an_input(inputs: &[&Path], out: &Path) -> Result {
    let places = [out.to_owned(), partial_of(out)].map(fs::canonicalize);
    for input in inputs {
        let place = fs::canonicalize(input);
        if place.is_ok_and(|place| places.iter().flatten().any(|other| *other == place)) {
            refuse!("{} is read and cannot be written over", input.display(); "give another -o");
        }
    }
    Ok(())
}

/// The name of the unfinished table.
fn partial_of(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// Opens the file as it is, or a new one: true.
fn open(partial: &Path) -> io::Result<(File, bool)> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    match options.clone().create_new(true).open(partial) {
        Ok(file) => Ok((file, true)),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            if !partial.is_file() {
                let message = "it is no ordinary file";
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
        // A file system without locks: nothing can be known about another process.
        Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(e)) => Err(Failure::file("lock", partial, e)),
    }
}

/// Whether the name still belongs to the file that was opened.
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

/// Whether `out` is the finished table of this experiment; without `resume` it must not be there at all.
fn is_complete(out: &Path, header: &Header, resume: bool) -> Result<bool> {
    if !out.exists() {
        return Ok(false);
    }
    let name = out.display();
    if !resume {
        refuse!("{name} is there already"; "give another -o, or --overwrite to replace it");
    }
    let file = File::open(out).map_err(|e| Failure::file("read", out, e))?;
    let part = PartialTable::read(&file, out)?.map_err(|why| foreign(out, why))?;
    check_same_experiment(out, &part.header, header)?;
    if !part.is_complete() {
        refuse!(
            "{name} was changed: {} of its {} rows are whole", part.rows, header.count();
            "give --overwrite to make it anew"
        );
    }
    Ok(true)
}

fn foreign(path: &Path, why: &str) -> Failure {
    let path = path.display();
    usage!("cannot go on with {path}: {why}"; "give another -o, or --overwrite to replace it")
}

/// Refuses a table of another experiment, shard or version.
fn check_same_experiment(path: &Path, found: &Header, expected: &Header) -> Result {
    let why = if found.version != expected.version {
        let (found, expected) = (&found.version, &expected.version);
        format!("it was written by version {found}, and this is {expected}")
    } else if found.experiment != expected.experiment {
        "it belongs to another experiment, or a file that the experiment reads was changed"
            .to_owned()
    } else if found.shard != expected.shard {
        format!("it holds shard {}, not {}", found.shard, expected.shard)
    } else {
        return Ok(());
    };
    Err(foreign(path, &why))
}
