//! The arguments of `thalweg sweep`.

use crate::args::parse::threads;
use clap::Args;
use std::{fmt, path::PathBuf, str::FromStr};
use thalweg::run::EPOCH_LIMIT;

const SWEEPS: &str = r#"FILE.toml describes the runs:
  on = ["article", "data.csv"]              problems: ids with optional settings, or CSV files
  with = ["momentum", "gradient-descent:search=golden-section"]
                                            optimizers: ids with optional settings
  starts = [[-4, -4], [0, 1]]               initial points; { random = 10 } draws 10 per seed in the
                                            problem's window [default: the problem's initial point]
  seeds = [1, 2]                            or { from = 1, count = 10 } [default: 0]
  target = 0.125                            target loss or "none" [default: the problem's target]
  epochs = 2000                             epoch limit [default: EPOCH_LIMIT]
  tolerance = 1e-12                         ends converged runs [default: none]
  batch = 2                                 samples per mini-batch [default: all samples]
  shuffle = true                            shuffles the samples before each pass
  gradient_noise = 0.1                      standard deviation of the noise on each component
  [over]                                    settings with several values, for the optimizers that
  learning_rate = "1e-3..10:log:20"         have them: LOW..HIGH:COUNT, LOW..HIGH:log:COUNT,
  momentum = [0, 0.5, 0.9]                  A|B|C, or a list
Only `on` and `with` are required. Each combination is one run and one row. The rows are ordered by
problem, optimizer, settings, start, and seed, for any number of threads. The seed varies fastest.

The rows are appended to OUT.csv.partial, which is renamed to OUT.csv when the table is complete.
After Ctrl-C, a crash, or a full disk, the same command with --resume continues after the last
complete row. The finished table has the same bytes as the table of an uninterrupted sweep.
Neither file is replaced without --overwrite.
Exit status: 0 success, 1 system error (such as a full disk), 2 invalid input, 128 + number after a
signal: 130 Ctrl-C, 143 SIGTERM.

Examples:
  thalweg sweep rates.toml                    writes rates.csv
  thalweg sweep rates.toml -o result.csv --resume
  thalweg sweep rates.toml --shard 1/2        writes rates-1-of-2.csv; after shard 2/2:
  thalweg sweep --merge rates-1-of-2.csv rates-2-of-2.csv -o rates.csv"#;

/// Returns the description of a sweep file, with examples.
pub(crate) fn description() -> String {
    SWEEPS.replace("EPOCH_LIMIT", &EPOCH_LIMIT.to_string())
}

/// How the runs of a table are executed.
#[derive(Args)]
pub(crate) struct TableArgs {
    /// Continues after the last complete row; starts from the beginning if there are no rows
    #[arg(long)]
    pub(crate) resume: bool,
    /// Replaces a finished table; without --resume, also discards the rows of an unfinished one
    #[arg(long)]
    pub(crate) overwrite: bool,
    /// Runs only shard I of N, to divide the runs among machines
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    /// Number of threads [default: one per core]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
}

#[derive(Args)]
pub(crate) struct SweepArgs {
    /// Description of the runs, as shown below
    #[arg(value_name = "FILE.toml", required_unless_present = "merge")]
    pub(crate) file: Option<PathBuf>,
    /// Output table [default: the name of FILE with the extension .csv, in the working directory]
    #[arg(short, long, value_name = "OUT.csv")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) table: TableArgs,
    /// Merges the tables of all shards instead of running a sweep
    #[arg(long, value_name = "PART.csv", num_args = 1.., requires = "out",
          conflicts_with_all = ["file", "resume", "shard", "threads"])]
    pub(crate) merge: Vec<PathBuf>,
}

/// Shard number `part` of `of` shards, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    pub(crate) part: u64,
    pub(crate) of: u64,
}

impl Shard {
    pub(crate) fn is_whole(self) -> bool {
        self.of == 1
    }
}

/// A single shard with all runs.
impl Default for Shard {
    fn default() -> Self {
        Self { part: 1, of: 1 }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.part, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (part, of) = text.split_once('/')?;
            let (part, of) = (part.parse().ok()?, of.parse().ok()?);
            (1..=of).contains(&part).then_some(Self { part, of })
        };
        read().ok_or_else(|| {
            format!("`{text}` is not a shard; write its number and the number of shards, as in 1/4")
        })
    }
}
