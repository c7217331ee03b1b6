//! `thalweg sweep`: runs many experiments and writes one table, optionally in shards.

mod check;
mod description;
mod header;
pub(super) mod keys;
pub(super) mod merge;
mod parallel;
mod partial_table;
mod row_check;
mod rows;
pub(super) mod table_job;
pub(super) mod table_writer;
pub(super) mod value;

use crate::{args::sweep::SweepArgs, prelude::*, runs::notes};
use description::Description;
pub(crate) use description::sweep_fields;
pub(super) use header::{Header, IdentityHasher, VERSION};
pub(super) use rows::finished_rows;
use std::sync::Arc;
use thalweg_explore::shell::quoted;

pub(crate) fn run(args: &SweepArgs) -> Result {
    if args.out.as_deref() == Some(Path::new("-")) {
        refuse!(
            "a sweep cannot write to standard output, because --resume needs a file";
            "give the path of a file with -o"
        );
    }
    match (&args.file, &args.out) {
        (Some(file), _) => sweep(file, args),
        (None, Some(out)) => merge::run(&args.merge, out, args.table.overwrite, None),
        // The rules of the arguments exclude this case.
        (None, None) => refuse!("the description of the sweep is missing"; "give a TOML file"),
    }
}

/// Parses the text of a sweep file and plans its runs without running them. The data files are read.
///
/// # Errors
/// Returns the message about an invalid sweep.
pub fn check_sweep(text: &str) -> std::result::Result<u64, String> {
    let description = Description::parse("sweep.toml".to_owned(), text.to_owned());
    let plan = description.and_then(|description| description.plan());
    plan.map(|plan| plan.runs())
        .map_err(|failure| failure.to_string())
}

fn sweep(file: &Path, args: &SweepArgs) -> Result {
    let description = Description::read(file)?;
    let plan = Arc::new(description.plan()?);
    let header = Header {
        experiment: description.identity(&plan),
        total: plan.runs(),
        shard: args.table.shard.unwrap_or_default(),
        version: VERSION.to_owned(),
    };
    table_job::check_shard(&header)?;
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| default_output_path(file, &header));
    let inputs = description.inputs();
    let inputs: Vec<&Path> = std::iter::once(file).chain(inputs).collect();
    table_writer::check_inputs(&inputs, &out)?;
    let threads = WorkerPool::new(args.table.threads)?;
    let interrupt = Interrupt::listen();
    check::settings(&plan, &threads, &interrupt)?
        .map_err(|sweep_error| description.failure(sweep_error))?;
    for (_, contest) in plan.problems() {
        notes::print_problem(contest);
    }
    notes::print_rates(plan.rate_notes());
    if description.has_duplicate_runs() {
        terminal::print_stderr(
            "note: nothing in the sweep is random, so all seeds give the same runs\n",
        );
    }
    let start = table_job::TableStart {
        resume: args.table.resume,
        overwrite: args.table.overwrite,
    };
    let again = || resume_command(file, args);
    let is_new = table_job::fill(&plan, &header, &out, start, (&threads, &interrupt), &again)?;
    print_summary(&out, &header, is_new)
}

/// Returns the default output file: named after the description, in the working directory.
fn default_output_path(file: &Path, header: &Header) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let shard = header.shard;
    let name = if shard.is_whole() {
        format!("{stem}.csv")
    } else {
        format!("{stem}-{}-of-{}.csv", shard.part, shard.of)
    };
    name.into()
}

/// Returns the command that continues an interrupted sweep.
fn resume_command(file: &Path, args: &SweepArgs) -> String {
    let path = |path: &Path| quoted(&path.to_string_lossy());
    let words = [
        Some(format!("thalweg sweep {}", path(file))),
        args.out.as_deref().map(|out| format!("-o {}", path(out))),
    ];
    let words = words.into_iter().flatten();
    words
        .chain(table_job::resume_words(&args.table))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Prints the path of a table and its number of runs. `is_new` states that some of them were missing before.
pub(super) fn print_summary(out: &Path, header: &Header, is_new: bool) -> Result {
    let what = if is_new { "done" } else { "already complete" };
    let count = header.count();
    let noun = if count == 1 { "run" } else { "runs" };
    terminal::print(format_args!("{}: {count} {noun}, {what}\n", out.display()))
}
