//! `thalweg sweep --merge`: merges the shards of one sweep into one table.

use super::{
    header::Header,
    partial_table::{self, PartialTable, TableError},
    table_writer,
};
use crate::{
    args::sweep::Shard,
    output::files::{self, PendingFile},
    prelude::*,
};
use std::fs::File;

/// A shard and its file.
struct ShardFile<'a> {
    path: &'a Path,
    part: PartialTable,
    file: File,
}

/// Merges the shards and writes the table that the sweep would have written without shards. `expected` is the header of the
/// table, if its description is known.
///
/// # Errors
/// The files are not all shards of one sweep, or of another one than expected.
pub(in crate::commands) fn run(
    paths: &[PathBuf],
    out: &Path,
    overwrite: bool,
    expected: Option<&Header>,
) -> Result {
    let out = &files::resolve_output_path(out)?;
    if out.exists() && !overwrite {
        refuse!(
            "{} already exists", out.display();
            "choose another -o, or add --overwrite to replace it"
        );
    }
    let inputs: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    table_writer::check_inputs(&inputs, out)?;
    let sources = paths.iter().map(|path| read(path));
    let mut sources: Vec<ShardFile> = sources.collect::<Result<_>>()?;
    for source in &sources {
        check_same_sweep(&sources[0], source)?;
    }
    if let Some(expected) = expected {
        check_expected(&sources[0], expected)?;
    }
    sources.sort_by_key(|source| (source.runs().start, source.runs().end));
    check_order(&sources)?;
    let total = sources[0].part.header.total;
    let whole = Header {
        shard: Shard::default(),
        ..sources[0].part.header.clone()
    };
    let mut table = PendingFile::new(out)?;
    table.write(partial_table::preamble(&whole).as_bytes())?;
    for ShardFile { path, part, file } in sources {
        part.for_each_row(&file, path, |row| table.write(row))?;
    }
    table.persist()?;
    let shards = if paths.len() == 1 { "shard" } else { "shards" };
    terminal::print(format_args!(
        "{}: merged {total} runs of {} {shards}\n",
        out.display(),
        paths.len()
    ))
}

impl ShardFile<'_> {
    fn runs(&self) -> std::ops::Range<u64> {
        self.part.header.runs()
    }
}

/// Reads a shard.
///
/// # Errors
/// The shard is not complete.
fn read(path: &Path) -> Result<ShardFile<'_>> {
    let name = path.display();
    // A pipe would not work, because the file is read twice: once to check it, once to copy it.
    if path.exists() && !path.is_file() {
        refuse!("could not read {name}: it is not a regular file"; "give a table of runs");
    }
    let file = File::open(path)
        .map_err(|e| usage!("could not read {name}: {e}"; "give a table of runs"))?;
    let part = PartialTable::read(&file, path)?.map_err(|why| {
        let help = match why {
            TableError::Foreign(_) => "give the shards of one table, written by this version",
            TableError::Damaged { .. } | TableError::Misplaced { .. } => {
                "run the shard again with --overwrite"
            }
        };
        usage!("cannot merge {name}: {why}"; help)
    })?;
    if part.check.is_none() {
        refuse!(
            "cannot merge {name}: it contains all runs of a finished table, so there is nothing to merge";
            "give the shards of one table"
        );
    }
    if part.is_complete() {
        return Ok(ShardFile { path, part, file });
    }
    let (rows, all, shard) = (part.rows, part.header.count(), part.header.shard);
    if part.incomplete_bytes > 0 && path.extension().is_none_or(|e| e != "partial") {
        refuse!(
            "cannot merge {name}: the text after row {rows} of {all} is not a row of its shard, {shard}";
            "run the shard again with --overwrite"
        );
    }
    Err(usage!(
        "cannot merge {name}: it contains {rows} of the {all} rows of its shard, {shard}";
        "repeat its command with --resume"
    ))
}

/// Rejects two shards of different sweeps.
fn check_same_sweep(first: &ShardFile, other: &ShardFile) -> Result {
    let (a, b) = (&first.part.header, &other.part.header);
    let what = if a.version != b.version {
        let (a, b) = (&a.version, &b.version);
        format!("written by different versions of the program, {b} and {a}")
    } else if (&a.experiment, a.total) != (&b.experiment, b.total) {
        "shards of different experiments".to_owned()
    } else {
        return Ok(());
    };
    let (first, other) = (first.path.display(), other.path.display());
    refuse!("{other} and {first} are {what}"; "give the shards of one table")
}

/// Rejects a shard of another experiment than that of the description.
fn check_expected(source: &ShardFile, expected: &Header) -> Result {
    let own = &source.part.header;
    if (&own.experiment, own.total) == (&expected.experiment, expected.total) {
        return Ok(());
    }
    refuse!(
        "cannot merge {}: it is a shard of another experiment than that of the given description", source.path.display();
        "give the description from which the shards were made, unchanged"
    )
}

/// Rejects shards that overlap or leave a gap.
fn check_order(sources: &[ShardFile]) -> Result {
    let total = sources[0].part.header.total;
    let missing = |from: u64, to: u64| {
        let runs = if to - from == 1 {
            format!("run {to} of {total} is")
        } else {
            format!("runs {} to {to} of {total} are", from + 1)
        };
        usage!("{runs} missing"; "give all shards of the table")
    };
    let mut end = 0;
    for (i, source) in sources.iter().enumerate() {
        let runs = source.runs();
        if runs.start > end {
            return Err(missing(end, runs.start));
        }
        if runs.start < end {
            let other = sources[i - 1].path.display();
            let last = runs.end.min(end);
            refuse!(
                "{other} and {} both contain the runs {} to {last}", source.path.display(), runs.start + 1;
                "give each shard once"
            );
        }
        end = runs.end;
    }
    if end < total {
        Err(missing(end, total))
    } else {
        Ok(())
    }
}
