//! `thalweg sweep`: runs many experiments and writes one table, optionally in shards.

mod check;
mod description;
mod header;
mod keys;
mod merge;
mod parallel;
mod partial_table;
mod row_check;
mod rows;
mod table_writer;
mod value;

use crate::{args::sweep::SweepArgs, prelude::*, runs::notes};
use description::Description;
pub(crate) use description::sweep_fields;
use header::Header;
use row_check::RowCheck;
use std::sync::Arc;
use table_writer::TableWriter;
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
        (None, Some(out)) => merge::run(&args.merge, out, args.overwrite),
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
        shard: args.shard.unwrap_or_default(),
        version: header::VERSION.to_owned(),
    };
    if header.runs().is_empty() {
        let (shard, total) = (header.shard, header.total);
        refuse!("shard {shard} is empty, because the number of runs is {total}"; "use at most as many shards as runs");
    }
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| default_output_path(file, &header));
    let inputs = description.inputs();
    let inputs: Vec<&Path> = std::iter::once(file).chain(inputs).collect();
    table_writer::check_not_an_input(&inputs, &out)?;
    let threads = WorkerPool::new(args.threads)?;
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
    let Some(mut writer) = TableWriter::open(&out, &header, args.resume, args.overwrite)? else {
        return print_summary(&out, &header, "already complete");
    };
    let (done, all) = (writer.rows(), header.count());
    let runs = header.runs();
    let runs = runs.start + done..runs.end;
    let check = RowCheck::new(&header);
    let progress = Progress::with_time_left(all, done, "runs");
    let finished =
        parallel::run_parallel(&plan, runs, check, &threads, &interrupt, |text, rows| {
            writer.append(text, rows)?;
            progress.set(writer.rows());
            Ok(())
        });
    drop(progress);
    finished
        .and_then(|()| writer.finish(&header))
        .map_err(|failure| {
            let (rows, again) = (writer.rows(), resume_command(file, args));
            failure.with_help(format!(
                "{rows} of {all} runs are saved; to continue: {again}"
            ))
        })?;
    print_summary(&out, &header, "done")
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
        args.shard.map(|shard| format!("--shard {shard}")),
        args.threads.map(|threads| format!("--threads {threads}")),
        args.overwrite.then(|| "--overwrite".to_owned()),
        Some("--resume".to_owned()),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn print_summary(out: &Path, header: &Header, what: &str) -> Result {
    let count = header.count();
    let noun = if count == 1 { "run" } else { "runs" };
    terminal::print(format_args!("{}: {count} {noun}, {what}\n", out.display()))
}
