//! The arguments of `thalweg map`.

use crate::args::{
    experiment::{MapExperimentArgs, MapStartArgs},
    parse::{bounded_count, choice_parser, sides, threads},
};
use clap::{Arg, Args, Subcommand};
use std::path::PathBuf;
use thalweg::over::SettingValues;
use thalweg_gallery::{setting_map::SettingQuantity, start_map::StartQuantity};

const STARTS: &str = "\
--table prints, for each optimizer, the share of runs that reached the target. For these runs it
prints the median, the 95th percentile, and the maximum number of epochs (nearest rank).

The file extension selects the format:
  .svg .png .pdf .html
                  a picture with one panel per optimizer and a shared color scale
  .csv            one row per initial point: optimizer, w1, w2, epochs, value_calls,
                  gradient_calls, hessian_calls, minimum, loss, outcome
  .npy            the quantity of --show as an array of shape (w2, w1) or (optimizers, w2, w1);
                  the loss is float64, other quantities are integers.
                  Outcomes: 0 = reached, 1 = epoch limit, 2 = converged, 3 = no step, 4 = diverged

`minimum` is the number of the known minimum at which the run ended, counted from 1, or 0 for none.
Its distance from the final weights is at most a twentieth of the window's shorter side.
`epochs` counts all epochs of the run, whether or not it reached the target.

Examples:
  thalweg map starts --on article --with momentum --with rprop -o starts.svg --table
  thalweg map starts --on article --with rprop --size 1000x1000 --window -6,6,-6,6 -o epochs.npy
  thalweg map starts --on article --with momentum:learning_rate=3 --show evaluations \\
      -o map.pdf -o map.csv";

const SETTINGS: &str = "\
The values of a setting are written as KEY=LOW..HIGH:COUNT, KEY=LOW..HIGH:log:COUNT, or KEY=A|B|C.
One setting gives a curve, two give a heat map. The best value is marked. With --starts,
the epochs and the losses are medians (nearest rank).

The file extension selects the format:
  .svg .png .pdf .html
                  a picture
  .csv            one row per optimizer and combination of values: optimizer, the settings,
                  starts, reached, diverged, epochs, loss (with --show loss), outcome
  .npy            the quantity of --show as float64 of shape (values) or (second setting,
                  first setting); several optimizers add a first axis. Epochs are infinite if
                  the target was not reached

Examples:
  thalweg map settings --on article --with gradient-descent \\
      --over learning_rate=1e-3..100:log:200 -o rate.svg
  thalweg map settings --on article --with momentum --over learning_rate=0.01..10:log:80 \\
      --over momentum=0..0.99:60 -o both.png --table
  thalweg map settings --on article --with rprop --over 'initial_step=0.01|0.1|1' \\
      --starts 100 --seed 7 --table
  thalweg map settings --on rastrigin --with adam --over learning_rate=1e-3..10:log:60 \\
      --show loss -o loss.svg -o loss.csv";

const WINDOW_HELP: &str = "Window that contains the initial points [default: the problem's window]";
const SEED_HELP: &str = "Seed of the random initial points [default: 0]";

/// Replaces the help of the argument with this name. The order of the arguments stays the same.
fn reword(arg: Arg, name: &str, help: &'static str) -> Arg {
    if arg.get_id() == name {
        arg.help(help)
    } else {
        arg
    }
}

#[derive(Subcommand)]
pub(crate) enum MapCommand {
    /// Maps how runs end from a grid of initial points
    #[command(after_help = STARTS)]
    Starts(Box<StartsArgs>),
    /// Maps the number of epochs to the target, or the final loss, for many values of one or two settings
    #[command(after_help = SETTINGS)]
    Settings(Box<SettingsArgs>),
}

/// The arguments that both kinds of map share.
#[derive(Args)]
#[command(mut_args(|arg| reword(arg, "window", WINDOW_HELP)))]
pub(crate) struct MapArgs {
    #[command(flatten)]
    pub(crate) experiment: MapExperimentArgs,
    /// Output file: a picture, .csv, or .npy; can be repeated
    #[arg(short, long, value_name = "FILE", required_unless_present = "table")]
    pub(crate) output: Vec<PathBuf>,
    /// Prints a summary with one row per optimizer
    #[arg(long)]
    pub(crate) table: bool,
    /// Number of threads [default: one per core]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = threads)]
    pub(crate) threads: Option<usize>,
}

#[derive(Args)]
pub(crate) struct StartsArgs {
    #[command(flatten)]
    pub(crate) map: MapArgs,
    /// Number of initial points: C along the first weight, R along the second
    #[arg(long, value_name = "CxR", default_value = "200x200", allow_hyphen_values = true, value_parser = size)]
    pub(crate) size: [usize; 2],
    /// Quantity in the picture or the .npy file
    #[arg(long, value_name = "SHOW", default_value = QUANTITIES[0].0, value_parser = choice_parser(QUANTITIES))]
    pub(crate) show: StartQuantity,
}

#[derive(Args)]
#[command(mut_args(|arg| reword(arg, "seed", SEED_HELP)))]
pub(crate) struct SettingsArgs {
    #[command(flatten)]
    pub(crate) map: MapArgs,
    /// A setting and its values; can be given twice, for a heat map
    #[arg(long, value_name = "KEY=VALUES", required = true)]
    pub(crate) over: Vec<String>,
    /// Takes the median over this number of initial points, drawn uniformly from the window
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = bounded_count(MAX_STARTS), conflicts_with = "start")]
    pub(crate) starts: Option<usize>,
    #[command(flatten)]
    pub(crate) from: MapStartArgs,
    /// Quantity in the picture, the table, or the .npy file
    #[arg(long, value_name = "SHOW", default_value = SETTING_QUANTITIES[0].0, value_parser = choice_parser(SETTING_QUANTITIES))]
    pub(crate) show: SettingQuantity,
}

impl SettingsArgs {
    /// The settings that vary, with their values.
    pub(crate) fn over(&self) -> Result<Vec<SettingValues>, thalweg::Error> {
        self.over.iter().map(|text| text.parse()).collect()
    }
}

/// The values of `--show` for a map of settings.
const SETTING_QUANTITIES: &[(&str, &str, SettingQuantity)] = &[
    (
        "epochs",
        "Number of epochs to the target",
        SettingQuantity::Epochs,
    ),
    ("loss", "Final loss", SettingQuantity::Loss),
];

/// The values of `--show` for a map of initial points.
const QUANTITIES: &[(&str, &str, StartQuantity)] = &[
    (
        "epochs",
        "Number of epochs to the target",
        StartQuantity::Epochs,
    ),
    (
        "evaluations",
        "Number of evaluations of the loss, the gradient, and the Hessian",
        StartQuantity::Evaluations,
    ),
    (
        "minimum",
        "Known minimum at which the run ended",
        StartQuantity::Minimum,
    ),
    ("loss", "Final loss", StartQuantity::Loss),
    ("outcome", "How the run ended", StartQuantity::Outcome),
];

/// The limit of `--starts`. A larger number is probably a mistake.
const MAX_STARTS: usize = 1_000_000;

fn size(text: &str) -> Result<[usize; 2], String> {
    /// The allowed number of initial points along one side.
    const SIDE: [u32; 2] = [2, 20_000];
    let [least, most] = SIDE;
    let size = sides(text, least, most).map(|size| size.map(|side| side as usize));
    size.ok_or_else(|| {
        format!("`{text}` is not an allowed size; write two numbers from {least} to {most}, as in 400x400")
    })
}
