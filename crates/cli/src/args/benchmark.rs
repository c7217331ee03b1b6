//! The arguments of `thalweg benchmark`.

use crate::args::sweep::TableArgs;
use clap::Args;
use std::path::PathBuf;

pub(crate) const BENCHMARKS: &str = r#"FILE.toml describes the problems, the optimizers, and the protocol:
  version = 1                               version of this format
  title = "Noisy ravines"                   title of the report [default: Benchmark]
  introduction = "..."                      text before the results; `discussion` follows them
  with = ["adam", "sign based"]             optimizers, families, or "all" [default: all]
                                            or [[group]] with `name` and `with`, scored apart
  search = "quasi-random"                   or "grid", "defaults", "none" [default: quasi-random]
  studies = 3                               studies per optimizer; the median counts
  trials = 5                                quasi-random trials per study; the best one counts
  budget = 1000                             evaluations per trial
  seed = 0                                  seed of the first study
  [[problem]]
  on = "ravine"                             a problem with optional settings, or a CSV file
  name = "noisy ravine"                     [default: the text of `on`]
  budget = 2000                             [default: the budget above]
  gradient_noise = 0.1                      also start, target, tolerance, batch, and shuffle
Only one [[problem]] with `on` is required. `thalweg compare --help` describes the protocol.

The folder OUT receives runs.csv, a table of all trials in the format of a sweep; results.csv; and
trials.csv, with one column per setting. It also receives report.md and its figures: performance
profiles, and the evaluations of the trials per problem.
After Ctrl-C or a crash, the same command with --resume continues after the last complete row. The
files have the same bytes as those of an uninterrupted benchmark.

Examples:
  thalweg benchmark ravines.toml                     writes the folder ravines
  thalweg benchmark ravines.toml -o result --resume
  thalweg benchmark ravines.toml --shard 1/2         writes ravines/runs-1-of-2.csv; after 2/2:
  thalweg benchmark ravines.toml --merge ravines/runs-1-of-2.csv ravines/runs-2-of-2.csv"#;

#[derive(Args)]
pub(crate) struct BenchmarkArgs {
    /// Description of the benchmark, as shown below
    #[arg(value_name = "FILE.toml")]
    pub(crate) file: PathBuf,
    /// Output folder [default: the name of FILE without its extension, in the working directory]
    #[arg(short, long, value_name = "OUT")]
    pub(crate) out: Option<PathBuf>,
    /// Writes the report to this file instead of OUT/report.md. Replaces a report, but another file only with --overwrite
    #[arg(long, value_name = "FILE.md", conflicts_with = "shard")]
    pub(crate) report: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) table: TableArgs,
    /// Merges the tables of all shards instead of running trials
    #[arg(long, value_name = "PART.csv", num_args = 1.., conflicts_with_all = ["resume", "shard"])]
    pub(crate) merge: Vec<PathBuf>,
}
