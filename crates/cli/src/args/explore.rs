//! What can be given to `thalweg explore`.

use crate::args::{
    experiment::{ExperimentArgs, ViewArgs},
    parse::count,
};
use clap::Args;
use std::path::PathBuf;

/// What the page shows at first; without any optimizer the article's five.
#[derive(Args)]
pub(crate) struct ExploreArgs {
    #[command(flatten)]
    pub(crate) experiment: ExperimentArgs,
    /// Most epochs of a run [default: 10000]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = count)]
    pub(crate) epochs: Option<u64>,
    /// The figure beside the map, a pick: `thalweg list figures` names them
    #[arg(long, value_name = "PICK")]
    pub(crate) figure: Option<String>,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    /// Write to this file, .html
    #[arg(short, long, value_name = "FILE", default_value = "thalweg.html")]
    pub(crate) output: PathBuf,
}
