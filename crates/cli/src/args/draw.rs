//! What can be given to `thalweg draw`.

use crate::args::{
    experiment::{UnlimitedArgs, ViewArgs},
    parse::{join_alternatives, parse_count, parse_number},
    terminal::TerminalArgs,
};
use clap::Args;
use std::{ops::RangeInclusive, path::PathBuf};
use thalweg_explore::tell;
use thalweg_plot::{
    levels::Levels,
    size::{PRESETS, Size},
    theme::{THEMES, Theme},
};

pub(crate) const DRAWINGS: &str = "\
A FIGURE is a pick: its id and its settings, id:key=value,key=value. `thalweg list figures` names
the figures, `thalweg show ID` the settings of one.

Examples:
  thalweg draw contour --on article --with momentum:learning_rate=0.3 --with rprop -o paths.svg
  thalweg draw contour --on mlp:layers=2-8-8-1 --with rprop --plane path -o network.png
  thalweg draw contour --on rosenbrock --with adam -o -
  thalweg draw contour --on article --with rprop --save-data paths.json

With -o - the figure is shown in the terminal; a pipe gets characters without colours, 80 x 24
unless COLUMNS and LINES say otherwise. --save-data writes, as JSON, the window, the loss on it
(field), every epoch of every path, and the data; as CSV one long table of the field and the
paths. A number that is not finite is null in JSON and nan in CSV.";

#[derive(Args)]
pub(crate) struct DrawArgs {
    /// The figure, a pick: `thalweg list figures` names them; several make pages, or lie below each other
    #[arg(value_name = "FIGURE", required = true)]
    pub(crate) figures: Vec<String>,
    #[command(flatten)]
    pub(crate) experiment: UnlimitedArgs,
    /// Most epochs of a run, or the epochs that are shown, such as 11..14 [default: 100000]
    #[arg(long, value_name = "N|A..B", allow_negative_numbers = true, value_parser = epochs)]
    pub(crate) epochs: Option<EpochsArg>,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    /// Say beside the name of each optimizer what it alone does of all variants of its idea
    #[arg(long)]
    pub(crate) variants: bool,
    #[command(flatten)]
    pub(crate) look: StyleArgs,
    /// Write to this file; the ending says what: .svg .png .pdf .html; `-` shows it in the terminal; may be given several
    /// times
    #[arg(
        short,
        long,
        value_name = "FILE",
        required_unless_present = "save_data"
    )]
    pub(crate) output: Vec<PathBuf>,
    /// Write the numbers that are shown to this file, .json or .csv; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) save_data: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) terminal: TerminalArgs,
}

/// The colours of a picture.
#[derive(Args)]
pub(crate) struct ThemeArgs {
    #[arg(long, value_name = "NAME", default_value = THEMES[0].id, value_parser = theme, help = theme_help())]
    pub(crate) theme: &'static Theme,
}

/// How a picture looks, whatever it shows.
#[derive(Args)]
pub(crate) struct StyleArgs {
    #[command(flatten)]
    pub(crate) colors: ThemeArgs,
    #[arg(long, value_name = "SIZE", value_parser = size, help = size_help())]
    pub(crate) size: Option<Size>,
    /// Pixels of a PNG to one px, from 0.1 to 20 [default: 2, or as many as fit]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = scale)]
    pub(crate) scale: Option<f64>,
    #[arg(long, value_name = "HOW", default_value = Levels::Auto.word(), value_parser = levels, help = levels_help())]
    pub(crate) levels: Levels,
}

/// What `--epochs` says of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EpochsArg {
    /// Runs end there.
    Limit(u64),
    /// These are shown, both ends included.
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
    read().ok_or_else(|| format!("`{text}` is no range of epochs such as 11..14"))
}

fn theme(text: &str) -> Result<&'static Theme, String> {
    Theme::by_name(text).map_err(|e| tell::error(&e))
}

fn levels(text: &str) -> Result<Levels, String> {
    text.parse().map_err(|e| tell::error(&e))
}

fn size(text: &str) -> Result<Size, String> {
    text.parse()
        .map_err(|e: thalweg_plot::PlotError| e.to_string())
}

fn scale(text: &str) -> Result<f64, String> {
    let scale = parse_number(text)?;
    let inside = (0.1..=20.0).contains(&scale);
    let wrong = || format!("`{text}` is no number from 0.1 to 20");
    inside.then_some(scale).ok_or_else(wrong)
}

fn theme_help() -> String {
    format!(
        "Colours: {}",
        join_alternatives(&Theme::names().collect::<Vec<_>>())
    )
}

fn levels_help() -> String {
    let words: Vec<&str> = Levels::WORDS.iter().map(|(word, _)| *word).collect();
    format!(
        "How the levels of a map are spread: {}",
        join_alternatives(&words)
    )
}

fn size_help() -> String {
    let presets: Vec<&str> = PRESETS.iter().map(|preset| preset.id).collect();
    let presets = presets.join(", ");
    format!("{presets}, or width and height in px such as 800x600 [default: the figure's own]")
}
