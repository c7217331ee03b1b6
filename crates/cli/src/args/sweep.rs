//! What can be given to `thalweg sweep`.

use crate::args::parse::threads;
use clap::Args;
use std::{fmt, path::PathBuf, str::FromStr};

pub(crate) const SWEEPS: &str = r#"The file describes the runs in TOML:
  on = ["article", "data.csv"]              problems: picks, or CSV files
  with = ["momentum", "gradient-descent:search=golden-section"]
                                            optimizers: picks
  starts = [[-4, -4], [0, 1]]               or { random = 10 }: so many for each seed, drawn in the
                                            problem's window [default: the problem's start]
  seeds = [1, 2]                            or { from = 1, count = 10 } [default: 0]
  target = 0.125                            or "none" [default: the problem's]
  epochs = 2000                             most epochs of a run [default: 100000]
  batch = 2                                 samples of a mini-batch [default: all]
  shuffle = true                            the samples in another order on each pass
  gradient_noise = 0.1                      standard deviation on each component of each gradient
  [over]                                    settings that take several values, each for the
  learning_rate = "1e-3..10:log:20"         optimizers that have it: LOW..HIGH:COUNT,
  momentum = [0, 0.5, 0.9]                  LOW..HIGH:log:COUNT, A|B|C or a list
Only `on` and `with` are needed. Every combination is one run and one row, in the order problem,
optimizer, settings, start, seed, the last changing fastest, whatever the number of threads.

Rows are appended to OUT.csv.partial, which becomes OUT.csv when all are there. Ctrl-C, a crash or
a full disk leave the whole rows there: the same command with --resume goes on behind them, and
the finished file has the same bytes as if nothing had happened. Neither file is replaced without
--overwrite. Exit status: 0 done, 1 could not (a full disk, a file that another process writes),
2 wrong input, 130 Ctrl-C.

Examples:
  thalweg sweep rates.toml                    writes rates.csv
  thalweg sweep rates.toml -o result.csv --resume
  thalweg sweep rates.toml --shard 1/2        writes rates-1-of-2.csv; 2/2 elsewhere, then
  thalweg sweep --merge rates-1-of-2.csv rates-2-of-2.csv -o rates.csv"#;

#[derive(Args)]
pub(crate) struct SweepArgs {
    /// The description of the runs, see below
    #[arg(value_name = "FILE.toml", required_unless_present = "merge")]
    pub(crate) file: Option<PathBuf>,
    /// The table to write [default: named after FILE, in the working directory]
    #[arg(short, long, value_name = "OUT.csv")]
    pub(crate) out: Option<PathBuf>,
    /// Go on behind the rows that are there; begin where there are none
    #[arg(long)]
    pub(crate) resume: bool,
    /// Replace a finished table, and give up the rows of an unfinished one unless --resume is given
    #[arg(long)]
    pub(crate) overwrite: bool,
    /// Run only part I of N
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    /// Threads to work on [default: one a core]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
    /// Join the tables of all shards in the place of running
    #[arg(long, value_name = "PART.csv", num_args = 1.., requires = "out",
          conflicts_with_all = ["file", "resume", "shard", "threads"])]
    pub(crate) merge: Vec<PathBuf>,
}

/// Part `part` of `of`, counted from 1.
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

/// All in one part.
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
            format!("`{text}` is no part such as 1/4, from 1 to the number of parts")
        })
    }
}
