//! The arguments of `thalweg export`.

use crate::args::experiment::ScriptExperimentArgs;
use clap::{Args, builder::PossibleValuesParser};
use std::path::PathBuf;

pub(crate) const EXAMPLES: &str = "\
The script prints the epoch, the loss, and the weights as CSV. It computes in double precision.
What the library lacks is refused.

Examples:
  thalweg export --as torch --on article --with momentum:learning_rate=0.3 -o momentum.py
  thalweg export --as optax --on rosenbrock --with adam:learning_rate=0.1 --epochs 500 -o adam.py
  thalweg export --as torch --on 'formula:x^2+3*y^2' --with torch.Rprop | python3 - | head";

/// The libraries for which scripts can be written.
pub(crate) const LIBRARIES: [&str; 2] = ["torch", "optax"];

#[derive(Args)]
pub(crate) struct ExportArgs {
    /// Library of the script
    #[arg(long = "as", value_name = "LIBRARY", value_parser = PossibleValuesParser::new(LIBRARIES))]
    pub(crate) library: String,
    #[command(flatten)]
    pub(crate) experiment: ScriptExperimentArgs,
    /// Output file: .py; `-` is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub(crate) output: PathBuf,
}
