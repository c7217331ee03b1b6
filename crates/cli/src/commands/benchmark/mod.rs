//! `thalweg benchmark`: tunes many optimizers on many problems, and scores them.

mod description;
mod entrants;
mod figures;
mod identity;
mod markdown_text;
mod problem;
mod report;
mod report_file;
mod results;

use super::{
    compare::trials_table,
    sweep::{Header, VERSION, finished_rows, merge, table_job, table_writer},
};
use crate::{
    args::benchmark::BenchmarkArgs,
    output::{check_not_an_input, files::Folder},
    prelude::*,
};
use description::Description;
use identity::identity;
use report_file::{ReportFile, report_path};
use results::BenchmarkResults;
use std::sync::Arc;
use thalweg::{
    sweep::NumberedRuns as _,
    tuning::{TrialResult, TuningPlan},
};
use thalweg_explore::shell::quoted;

/// The files of all trials with their settings, and of the results.
const TABLES: [&str; 2] = ["trials.csv", "results.csv"];

pub(crate) fn run(args: &BenchmarkArgs) -> Result {
    let description = Description::read(&args.file)?;
    let (plan, groups) = description.plan()?;
    let plan = Arc::new(plan);
    let header = Header {
        experiment: identity(&plan),
        total: plan.runs(),
        shard: args.table.shard.unwrap_or_default(),
        version: VERSION.to_owned(),
    };
    table_job::check_shard(&header)?;
    let path = args.out.clone();
    let path = path.unwrap_or_else(|| args.file.file_stem().unwrap_or_default().into());
    let given = [&args.file].into_iter().chain(&args.merge);
    let inputs = given.map(PathBuf::as_path).chain(description.inputs());
    let inputs: Vec<&Path> = inputs.collect();
    let report_path = report_path(args, &inputs, &path)?;
    table_writer::check_inputs(&inputs, &path.join(table_name(&header)))?;
    let figures = figures::file_names(groups.len(), plan.workloads().len());
    for name in figures.iter().map(String::as_str).chain(TABLES) {
        check_not_an_input(&inputs, &path.join(name))?;
    }
    let folder = Folder::prepare(&path)?;
    let report = ReportFile::prepare(&report_path)?;
    let interrupt = Interrupt::listen();
    let table = folder.path(&table_name(&header));
    if !args.merge.is_empty() {
        merge::run(&args.merge, &table, args.table.overwrite, Some(&header))?;
    }
    fill(args, &plan, &header, &table, &interrupt)?;
    if !header.shard.is_whole() {
        return super::sweep::print_summary(&table, &header, true);
    }
    let trials = results(&plan, &table)?;
    let results = BenchmarkResults::new(&plan, &trials, groups);
    let [trials_file, results_file] = TABLES;
    folder.write(trials_file, trials_table(&plan, &trials))?;
    folder.write(results_file, results.table())?;
    let figures = figures::write(&folder, &results)?;
    let links = links(&path, &report_path);
    let text = report::markdown(&description, &results, &figures, &links);
    interrupt.check()?;
    terminal::print(report::summary(&results))?;
    report.write(&text)
}

/// Parses the text of a benchmark file and lists its trials without running them. The data files are read.
///
/// # Errors
/// Returns the message about an invalid benchmark.
pub fn check_benchmark(text: &str) -> std::result::Result<u64, String> {
    let description = Description::parse("benchmark.toml", text);
    let plan = description.and_then(|description| description.plan());
    plan.map(|(plan, _)| plan.runs())
        .map_err(|failure| failure.to_string())
}

/// Executes the trials without rows. Merged shards contain all rows, so only their experiment is checked.
fn fill(
    args: &BenchmarkArgs,
    plan: &Arc<TuningPlan>,
    header: &Header,
    table: &Path,
    interrupt: &Interrupt,
) -> Result {
    let again = || {
        let path = |path: &Path| quoted(&path.to_string_lossy());
        let words = [
            Some(format!("thalweg benchmark {}", path(&args.file))),
            args.out.as_deref().map(|out| format!("-o {}", path(out))),
            args.report
                .as_deref()
                .map(|report| format!("--report {}", path(report))),
        ];
        let words = words.into_iter().flatten();
        words
            .chain(table_job::resume_words(&args.table))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let threads = WorkerPool::new(args.table.threads)?;
    let is_merged = !args.merge.is_empty();
    let resume = args.table.resume || is_merged;
    let overwrite = args.table.overwrite && !is_merged;
    let start = table_job::TableStart { resume, overwrite };
    table_job::fill(plan, header, table, start, (&threads, interrupt), &again)?;
    Ok(())
}

/// Returns the name of the table of a shard.
fn table_name(header: &Header) -> String {
    let shard = header.shard;
    if shard.is_whole() {
        "runs.csv".to_owned()
    } else {
        format!("runs-{}-of-{}.csv", shard.part, shard.of)
    }
}

/// Reads the results of all trials from the finished table.
fn results(plan: &TuningPlan, table: &Path) -> Result<Vec<TrialResult>> {
    let rows = finished_rows(table)?;
    let results = rows.iter().zip(0..plan.runs()).map(|(row, number)| {
        let budget = plan.budget(plan.trial(number).workload);
        let is_reached = row.outcome == "reached" && row.evaluations <= budget;
        TrialResult {
            time: is_reached.then_some(row.evaluations),
            loss: if row.outcome == "diverged" {
                f64::NAN
            } else {
                row.loss
            },
        }
    });
    Ok(results.collect())
}

/// Returns the path of the output folder, followed by a slash, as links of the report contain it.
fn links(folder: &Path, report: &Path) -> String {
    let inside = match report.parent() {
        Some(parent) => folder.strip_prefix(parent).unwrap_or(folder),
        None => folder,
    };
    let path = inside.to_string_lossy();
    if path.is_empty() {
        String::new()
    } else {
        format!("{path}/")
    }
}
