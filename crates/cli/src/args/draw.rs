//! The arguments of `thalweg draw`.

use crate::args::{
    compare::TuneArgs,
    experiment::{UnlimitedArgs, ViewArgs},
    parse::{join_alternatives, parse_count, parse_unsigned},
    terminal::TerminalArgs,
};
use clap::Args;
use std::{ops::RangeInclusive, path::PathBuf};
use thalweg::run::EPOCH_LIMIT;
use thalweg_explore::failure;
use thalweg_plot::{
    formats::MAX_COLORS,
    levels::Levels,
    size::{PRESETS, Size},
    theme::{THEMES, Theme},
};

pub(crate) const DRAWINGS: &str = "\
A FIGURE is the id of a figure, optionally with settings: id:key=value,key=value.
`thalweg list` lists the ids. `thalweg show ID` shows the settings of one.

Examples:
  thalweg draw contour --on article --with momentum:learning_rate=0.3 --with rprop -o paths.svg
  thalweg draw contour --on mlp:layers=2-8-8-1 --with rprop --plane path -o network.png
  thalweg draw contour --on rosenbrock --with adam -o -
  thalweg draw contour --on article --with rprop --save-data paths.json

-o - shows the figure in the terminal. A pipe receives plain characters in 80 columns and 24 lines;
the environment variables COLUMNS and LINES change this size.

--save-data writes the plotted data. JSON contains the window, the loss on a grid (field),
every epoch of every path, and the samples. CSV contains one long table of the grid and the paths.
A number that is not finite becomes null in JSON and nan in CSV.";

const LOG_HELP: &str = "CSV file of steps and losses, as TensorBoard and W&B export them, shown by the figure `loss`; \
can be repeated";

#[derive(Args)]
pub(crate) struct DrawArgs {
    /// The figures to draw; several become pages, or one column in formats without pages
    #[arg(value_name = "FIGURE", required = true)]
    pub(crate) figures: Vec<String>,
    #[command(flatten)]
    pub(crate) experiment: UnlimitedArgs,
    #[command(flatten)]
    pub(crate) tuning: TuneArgs,
    #[arg(long, value_name = "N|A..B", allow_negative_numbers = true, value_parser = epochs, help = epochs_help())]
    pub(crate) epochs: Option<EpochsArg>,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    #[arg(long, value_name = "FILE", help = LOG_HELP)]
    pub(crate) log: Vec<PathBuf>,
    /// Adds to each optimizer's name how it differs from the other variants of its method
    #[arg(long)]
    pub(crate) variants: bool,
    #[command(flatten)]
    pub(crate) look: StyleArgs,
    /// Output file: .svg, .png, .pdf, or .html; `-` draws in the terminal; can be repeated
    #[arg(
        short,
        long,
        value_name = "FILE",
        required_unless_present = "save_data"
    )]
    pub(crate) output: Vec<PathBuf>,
    /// Output file for the plotted data: .json or .csv; can be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) save_data: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) terminal: TerminalArgs,
}

/// The colors of a picture.
#[derive(Args)]
pub(crate) struct ThemeArgs {
    #[arg(long, value_name = "NAME", default_value = THEMES[0].id, value_parser = theme, help = theme_help())]
    pub(crate) theme: &'static Theme,
}

/// The appearance of a picture: colors, size, resolution, and levels.
#[derive(Args)]
pub(crate) struct StyleArgs {
    #[command(flatten)]
    pub(crate) theme: ThemeArgs,
    #[arg(long, value_name = "SIZE", value_parser = size, help = size_help())]
    pub(crate) size: Option<Size>,
    /// Resolution of a PNG in pixels per px, from 0.1 to 20 [default: 2, or fewer if the picture would be too large]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = scale)]
    pub(crate) scale: Option<f64>,
    /// Largest number of colors of a PNG, from 2 to 256, for a smaller file [default: all colors]
    #[arg(long, value_name = "N", value_parser = colors)]
    pub(crate) colors: Option<usize>,
    #[arg(long, value_name = "HOW", default_value = Levels::Auto.word(), value_parser = levels, help = levels_help())]
    pub(crate) levels: Levels,
}

/// The value of `--epochs` for a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EpochsArg {
    /// The epoch limit of the runs.
    Limit(u64),
    /// The steps to show, both ends included; 0 is the start.
    Shown(RangeInclusive<usize>),
}

fn epochs(text: &str) -> Result<EpochsArg, String> {
    let Some((first, last)) = text.split_once("..") else {
        return parse_count(text).map(EpochsArg::Limit);
    };
    let read = || {
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        (first <= last).then_some(EpochsArg::Shown(first..=last))
    };
    read().ok_or_else(|| {
        format!(
            "`{text}` is not a range of epochs; write the first and the last step, as in 11..14"
        )
    })
}

fn theme(text: &str) -> Result<&'static Theme, String> {
    Theme::by_name(text).map_err(|e| failure::message(&e))
}

fn levels(text: &str) -> Result<Levels, String> {
    text.parse().map_err(|e| failure::message(&e))
}

fn size(text: &str) -> Result<Size, String> {
    text.parse()
        .map_err(|e: thalweg_plot::PlotError| e.to_string())
}

fn scale(text: &str) -> Result<f64, String> {
    let scale = parse_unsigned(text)?;
    let inside = (0.1..=20.0).contains(&scale);
    let wrong = || format!("`{text}` is out of range; give a number from 0.1 to 20");
    inside.then_some(scale).ok_or_else(wrong)
}

fn colors(text: &str) -> Result<usize, String> {
    let colors = text.parse().ok();
    let allowed = colors.filter(|colors| (2..=MAX_COLORS).contains(colors));
    allowed.ok_or_else(|| {
        format!("`{text}` is not a number of colors; give a whole number from 2 to {MAX_COLORS}")
    })
}

fn epochs_help() -> String {
    format!(
        "Epoch limit, or the steps to show: 11..14 are the steps 11 to 14, and 0 is the start [default: {EPOCH_LIMIT}]"
    )
}

fn theme_help() -> String {
    format!(
        "Color theme: {}",
        join_alternatives(&Theme::names().collect::<Vec<_>>())
    )
}

fn levels_help() -> String {
    let words: Vec<&str> = Levels::WORDS.iter().map(|(word, _)| *word).collect();
    format!(
        "How the contour levels of a map are spaced: {}",
        join_alternatives(&words)
    )
}

fn size_help() -> String {
    let presets: Vec<&str> = PRESETS.iter().map(|preset| preset.id).collect();
    let presets = presets.join(", ");
    format!(
        "Size: {presets}, or width and height in px such as 800x600 [default: the figure's own]"
    )
}
