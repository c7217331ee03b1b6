//! What can be given to `thalweg explore`.

use crate::args::experiment::PageExperimentArgs;
use clap::Args;
use std::path::PathBuf;

/// What the page shows at first; without any optimizer the article's five.
#[derive(Args)]
pub(crate) struct ExploreArgs {
    #[command(flatten)]
    pub(crate) experiment: PageExperimentArgs,
    /// The figure beside the map, a pick: `thalweg list figures` names them
    #[arg(long, value_name = "PICK")]
    pub(crate) figure: Option<String>,
    /// Write to this file, .html
    #[arg(short, long, value_name = "FILE", default_value = "thalweg.html")]
    pub(crate) output: PathBuf,
}
