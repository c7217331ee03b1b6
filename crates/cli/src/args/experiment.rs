//! The arguments that describe an experiment, and what is seen of it.

use crate::args::parse::{Goal, Numbers, count, goal, number, numbers, plane};
use clap::Args;
use thalweg::plane::{CUTS, Cut};

/// An experiment but for its epoch limit: what is run, from where, how far, and what is random.
#[derive(Args)]
pub(crate) struct ExperimentArgs {
    /// The problem: a pick, or a CSV file with a header, its last column the target
    #[arg(long, value_name = "PICK", default_value = "article")]
    pub(crate) on: String,
    /// An optimizer; give several to compare them
    #[arg(long, value_name = "PICK")]
    pub(crate) with: Vec<String>,
    /// First weights [default: the problem's]
    #[arg(long, value_name = "W1,W2", allow_hyphen_values = true, value_parser = numbers)]
    pub(crate) start: Option<Numbers>,
    /// Loss at which a run is done, or `none` [default: the problem's]
    #[arg(long, value_name = "LOSS", allow_hyphen_values = true, value_parser = goal)]
    pub(crate) target: Option<Goal>,
    /// Samples of a mini-batch; an epoch is then one step on one batch [default: all samples]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = count)]
    pub(crate) batch: Option<u64>,
    /// Take the samples in another order on each pass
    #[arg(long, requires = "batch")]
    pub(crate) shuffle: bool,
    /// Standard deviation of normal noise on each component of each gradient
    #[arg(long, value_name = "SD", default_value_t = 0.0, allow_negative_numbers = true, value_parser = number)]
    pub(crate) gradient_noise: f64,
    /// Fixes all that is random: the order of the samples and the noise
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = count)]
    pub(crate) seed: u64,
}

/// The part of the space of weights that a picture shows.
#[derive(Args)]
pub(crate) struct ViewArgs {
    /// The part of the plane that a map shows [default: the problem's, grown to hold the paths]
    #[arg(long, value_name = "W1,W1,W2,W2", allow_hyphen_values = true, value_parser = numbers)]
    pub(crate) window: Option<Numbers>,
    #[arg(long, value_name = "PLANE", value_parser = plane,
          help = format!("The plane that is seen of more than two weights: {CUTS}"))]
    pub(crate) plane: Option<Cut>,
}
