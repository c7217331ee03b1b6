//! Fills the table of numbered runs: all of them or a shard, from the beginning or after the rows of an interrupted process.

use super::{header::Header, parallel, row_check::RowCheck, table_writer::TableWriter};
use crate::{args::sweep::TableArgs, prelude::*};
use std::sync::Arc;
use thalweg::sweep::NumberedRuns;

/// Refuses a shard without runs.
pub(in crate::commands) fn check_shard(header: &Header) -> Result {
    if header.runs().is_empty() {
        let (shard, total) = (header.shard, header.total);
        refuse!("shard {shard} is empty, because the number of runs is {total}"; "use at most as many shards as runs");
    }
    Ok(())
}

/// What happens to the rows of an earlier process.
#[derive(Clone, Copy, Debug)]
pub(in crate::commands) struct TableStart {
    /// Continues after the rows of an unfinished table, and accepts a finished one.
    pub(in crate::commands) resume: bool,
    /// Replaces a finished table; without `resume`, also discards the rows of an unfinished one.
    pub(in crate::commands) overwrite: bool,
}

/// Executes the runs of the shard that have no rows yet. Returns whether there were some. `again` returns the command that
/// continues after an interruption.
pub(in crate::commands) fn fill<P: NumberedRuns + 'static>(
    plan: &Arc<P>,
    header: &Header,
    out: &Path,
    start: TableStart,
    (threads, interrupt): (&WorkerPool, &Interrupt),
    again: &dyn Fn() -> String,
) -> Result<bool> {
    let Some(mut writer) = TableWriter::open(out, header, start.resume, start.overwrite)? else {
        return Ok(false);
    };
    let (done, all) = (writer.rows(), header.count());
    let runs = header.runs();
    let runs = runs.start + done..runs.end;
    let check = RowCheck::new(header);
    let progress = Progress::with_time_left(all, done, "runs");
    let finished = parallel::run_parallel(plan, runs, check, threads, interrupt, |text, rows| {
        writer.append(text, rows)?;
        progress.set(writer.rows());
        Ok(())
    });
    drop(progress);
    finished
        .and_then(|()| writer.finish(header))
        .map_err(|failure| {
            let (rows, again) = (writer.rows(), again());
            failure.with_help(format!(
                "{rows} of {all} runs are saved; to continue: {again}"
            ))
        })?;
    Ok(true)
}

/// Returns the arguments that continue an interrupted table.
pub(in crate::commands) fn resume_words(args: &TableArgs) -> impl Iterator<Item = String> {
    let words = [
        args.shard.map(|shard| format!("--shard {shard}")),
        args.threads.map(|threads| format!("--threads {threads}")),
        args.overwrite.then(|| "--overwrite".to_owned()),
        Some("--resume".to_owned()),
    ];
    words.into_iter().flatten()
}
