//! The arguments of `thalweg train`.

use crate::args::{compare::TuneArgs, experiment::ExperimentArgs, terminal::TerminalArgs};
use clap::Args;
use std::path::PathBuf;

pub(crate) const EXAMPLES: &str = "\
Settings follow an id as in id:key=value,key=value. `thalweg list` lists the ids.
`thalweg show ID` shows the settings of one.

Examples:
  thalweg train --on article --with gradient-descent:learning_rate=10
  thalweg train --on article --with gradient-descent:search=golden-section,search.tolerance=0.01
  thalweg train --on data.csv --with rprop --start 0,0 --target 0.1 --out result
  thalweg train --on csv:path=data.csv,target=label --with momentum --target none --epochs 500
  thalweg train --on article --with momentum --trace - | head
  thalweg train --on article --with rprop --with recorded:path=torch.csv
  thalweg train --on article --with momentum --batch 2 --shuffle --seed 7 \\
      --target none --epochs 60";

#[derive(Args)]
pub(crate) struct TrainArgs {
    #[command(flatten)]
    pub(crate) experiment: ExperimentArgs,
    #[command(flatten)]
    pub(crate) tuning: TuneArgs,
    /// Writes every step of one optimizer as CSV (a trace) to this file; `-` is standard output
    ///
    /// Numbers of evaluations are cumulative. The last row also counts those of a last step that failed or changed nothing.
    #[arg(long, value_name = "FILE")]
    pub(crate) trace: Option<PathBuf>,
    /// Writes all traces and a map of the paths to this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) terminal: TerminalArgs,
}
