//! What can be given to `thalweg map`.

use crate::args::{
    experiment::{MapExperimentArgs, MapStartArgs},
    parse::{bounded_count, choice_parser, sides, threads},
};
use clap::{Arg, Args, Subcommand};
use std::path::PathBuf;
use thalweg::over::SettingValues;
use thalweg_gallery::start_map::StartQuantity;

const STARTS: &str = "\
A summary with --table: the share of starts from which the target was reached, and the median,
95th percentile and greatest number of epochs of the runs that did, by nearest rank.

The ending of -o FILE decides what is written:
  .svg .png .pdf .html
                  a picture, a panel for each optimizer, one scale of colours for all
  .csv            a row for each start: optimizer, w1, w2, epochs, value_calls, gradient_calls,
                  hessian_calls, minimum, loss, outcome
  .npy            the numbers of --show, (w2, w1), or (optimizers, w2, w1) for several; integers,
                  the loss as float64.
                  Outcomes: 0 reached, 1 epoch limit, 2 converged, 3 no step, 4 diverged

A minimum is the number of the known minimum, from 1, that the last weights lie at, within a
twentieth of the window's shorter side; 0 for none. Epochs are those that the run made, whether or
not it reached the target.

Examples:
  thalweg map starts --on article --with momentum --with rprop -o starts.svg --table
  thalweg map starts --on article --with rprop --size 1000x1000 --window -6,6,-6,6 -o epochs.npy
  thalweg map starts --on article --with momentum:learning_rate=3 --show evaluations \\
      -o map.pdf -o map.csv";

const SETTINGS: &str = "\
A setting takes values in turn: KEY=LOW..HIGH:COUNT, KEY=LOW..HIGH:log:COUNT or KEY=A|B|C. One
setting makes a curve, two make a heat map; the best value is marked.

The ending of -o FILE decides what is written:
  .svg .png .pdf .html
                  a picture
  .csv            a row for each optimizer and value: the settings, starts, reached, diverged,
                  epochs, outcome
  .npy            the epochs as float64, (values) or (second setting, first setting), after
                  (optimizers) for several; infinite where the target was not reached

Examples:
  thalweg map settings --on article --with gradient-descent \\
      --over learning_rate=1e-3..100:log:200 -o rate.svg
  thalweg map settings --on article --with momentum --over learning_rate=0.01..10:log:80 \\
      --over momentum=0..0.99:60 -o both.png --table
  thalweg map settings --on article --with rprop --over 'initial_step=0.01|0.1|1' \\
      --starts 100 --seed 7 --table";

const STARTS_LIE: &str = "The starts lie in this part of the plane [default: the problem's]";
const DRAWS_STARTS: &str = "Draws the starts [default: 0]";

/// The argument, which stays in its place, in words of its own if it is the one of this name.
fn reword(arg: Arg, name: &str, help: &'static str) -> Arg {
    if arg.get_id() == name {
        arg.help(help)
    } else {
        arg
    }
}

#[derive(Subcommand)]
pub(crate) enum MapCommand {
    /// From every start of a window: the epochs to the target, or which minimum, loss or outcome
    #[command(after_help = STARTS)]
    Starts(Box<StartsArgs>),
    /// With every value of one setting or two: the epochs to the target
    #[command(after_help = SETTINGS)]
    Settings(Box<SettingsArgs>),
}

/// What both kinds of map are told.
#[derive(Args)]
#[command(mut_args(|arg| reword(arg, "window", STARTS_LIE)))]
pub(crate) struct MapArgs {
    #[command(flatten)]
    pub(crate) experiment: MapExperimentArgs,
    /// Write to this file; may be given several times
    #[arg(short, long, value_name = "FILE", required_unless_present = "table")]
    pub(crate) output: Vec<PathBuf>,
    /// Print a summary of each optimizer
    #[arg(long)]
    pub(crate) table: bool,
    /// Threads to work on [default: all that the machine has]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = threads)]
    pub(crate) threads: Option<usize>,
}

#[derive(Args)]
pub(crate) struct StartsArgs {
    #[command(flatten)]
    pub(crate) map: MapArgs,
    /// Starts along the first weight and along the second
    #[arg(long, value_name = "CxR", default_value = "200x200", allow_hyphen_values = true, value_parser = size)]
    pub(crate) size: [usize; 2],
    /// What a picture or .npy shows
    #[arg(long, value_name = "SHOW", default_value = QUANTITIES[0].0, value_parser = choice_parser(QUANTITIES))]
    pub(crate) show: StartQuantity,
}

#[derive(Args)]
#[command(mut_args(|arg| reword(arg, "seed", DRAWS_STARTS)))]
pub(crate) struct SettingsArgs {
    #[command(flatten)]
    pub(crate) map: MapArgs,
    /// A setting and its values; give a second one for a heat map
    #[arg(long, value_name = "KEY=VALUES", required = true)]
    pub(crate) over: Vec<String>,
    /// Take the median over so many starts, drawn evenly from the window
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = bounded_count(MAX_STARTS), conflicts_with = "start")]
    pub(crate) starts: Option<usize>,
    #[command(flatten)]
    pub(crate) from: MapStartArgs,
}

impl SettingsArgs {
    /// The settings that take values.
    pub(crate) fn over(&self) -> Result<Vec<SettingValues>, thalweg::Error> {
        self.over.iter().map(|text| text.parse()).collect()
    }
}

/// What a picture or an array shows of each start.
const QUANTITIES: &[(&str, &str, StartQuantity)] = &[
    ("epochs", "Epochs to the target", StartQuantity::Epochs),
    (
        "evaluations",
        "How often the loss, the gradient or the Hessian was asked for",
        StartQuantity::Evaluations,
    ),
    (
        "minimum",
        "The known minimum that the run ended at",
        StartQuantity::Minimum,
    ),
    ("loss", "The last loss", StartQuantity::Loss),
    ("outcome", "How the run ended", StartQuantity::Outcome),
];

/// More starts than this for each setting are a mistake rather than a wish.
const MAX_STARTS: usize = 1_000_000;

fn size(text: &str) -> Result<[usize; 2], String> {
    /// Starts along one side of a map.
    const SIDE: [u32; 2] = [2, 20_000];
    let [least, most] = SIDE;
    let size = sides(text, least, most).map(|size| size.map(|side| side as usize));
    size.ok_or_else(|| format!("`{text}` is no size such as 400x400, each side {least} to {most}"))
}
