//! What can be given to `thalweg map`.

use crate::args::parse::{Goal, Numbers, count, goal, numbers, threads};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use thalweg::over::Over;

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

#[derive(Subcommand)]
pub(crate) enum MapCommand {
    /// From every start of a window: the epochs to the target, or which minimum, loss or outcome
    #[command(after_help = STARTS)]
    Starts(StartsArgs),
    /// With every value of one setting or two: the epochs to the target
    #[command(after_help = SETTINGS)]
    Settings(SettingsArgs),
}

/// What both kinds of map are told.
#[derive(Args)]
pub(crate) struct MapArgs {
    /// The problem: a pick, or a CSV file with a header, its last column the target
    #[arg(long, value_name = "PICK")]
    pub(crate) on: String,
    /// An optimizer; give several to compare them
    #[arg(long, value_name = "PICK", required = true)]
    pub(crate) with: Vec<String>,
    /// The starts lie in this part of the plane [default: the problem's]
    #[arg(long, value_name = "W1,W1,W2,W2", allow_hyphen_values = true, value_parser = numbers)]
    pub(crate) window: Option<Numbers>,
    /// Loss at which a run is done, or `none` [default: the problem's]
    #[arg(long, value_name = "LOSS", allow_hyphen_values = true, value_parser = goal)]
    pub(crate) target: Option<Goal>,
    /// Most epochs of a run
    #[arg(long, value_name = "N", default_value_t = 10_000, allow_negative_numbers = true, value_parser = count)]
    pub(crate) epochs: u64,
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
    #[arg(long, value_enum, default_value_t = Show::Epochs)]
    pub(crate) show: Show,
}

#[derive(Args)]
pub(crate) struct SettingsArgs {
    #[command(flatten)]
    pub(crate) map: MapArgs,
    /// A setting and its values; give a second one for a heat map
    #[arg(long, value_name = "KEY=VALUES", required = true)]
    pub(crate) over: Vec<String>,
    /// First weights [default: the problem's]
    #[arg(long, value_name = "W1,W2", allow_hyphen_values = true, value_parser = numbers, conflicts_with = "starts")]
    pub(crate) start: Option<Numbers>,
    /// Take the median over so many starts, drawn evenly from the window
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = starts)]
    pub(crate) starts: Option<usize>,
    /// Draws the starts
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = count)]
    pub(crate) seed: u64,
}

impl SettingsArgs {
    /// The settings that take values.
    pub(crate) fn over(&self) -> Result<Vec<Over>, thalweg::Error> {
        self.over.iter().map(|text| text.parse()).collect()
    }
}

/// What a picture or an array shows of each start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Show {
    /// Epochs to the target
    Epochs,
    /// How often the loss, the gradient or the Hessian was asked for
    Evaluations,
    /// The known minimum that the run ended at
    Minimum,
    /// The last loss
    Loss,
    /// How the run ended
    Outcome,
}

/// Starts along one side of a map.
const SIDE: std::ops::RangeInclusive<usize> = 2..=20_000;
/// More starts than this for each setting are a mistake rather than a wish.
const MOST_STARTS: usize = 1_000_000;

fn size(text: &str) -> Result<[usize; 2], String> {
    let wrong = || {
        let (least, most) = (SIDE.start(), SIDE.end());
        format!("`{text}` is no size such as 400x400, each side {least} to {most}")
    };
    let (columns, rows) = text.split_once('x').ok_or_else(wrong)?;
    let side = |text: &str| {
        let side = text.parse().ok().filter(|side| SIDE.contains(side));
        side.ok_or_else(wrong)
    };
    Ok([side(columns)?, side(rows)?])
}

fn starts(text: &str) -> Result<usize, String> {
    let starts = text.parse().ok().filter(|n| (1..=MOST_STARTS).contains(n));
    starts.ok_or_else(|| format!("`{text}` is no whole number from 1 to {MOST_STARTS}"))
}
