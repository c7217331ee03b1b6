//! The arguments of `thalweg explore`.

use crate::args::experiment::PageExperimentArgs;
use clap::Args;
use std::path::PathBuf;

/// The initial state of the page. Without an optimizer, the article's problem gets its five algorithms.
#[derive(Args)]
pub(crate) struct ExploreArgs {
    #[command(flatten)]
    pub(crate) experiment: PageExperimentArgs,
    /// Figure below the map; `thalweg list figures` lists the figures
    #[arg(long, value_name = "FIGURE")]
    pub(crate) figure: Option<String>,
    /// Output file: .html
    #[arg(short, long, value_name = "FILE", default_value = "thalweg.html")]
    pub(crate) output: PathBuf,
}
