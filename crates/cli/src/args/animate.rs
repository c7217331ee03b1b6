//! What can be given to `thalweg animate`.

use crate::args::{
    draw::ThemeArgs,
    experiment::ExperimentArgs,
    parse::{choice_parser, parse_number, sides},
};
use clap::{ArgAction, Args};
use std::path::PathBuf;
use thalweg_gallery::animation::{AnimationView, EpochSpacing};
use thalweg_plot::animation::Loops;

pub(crate) const ANIMATIONS: &str = "\
The ending of -o FILE decides what is written:
  .gif         everywhere; up to 255 colours, at most 50 pictures a second
  .apng .png   each pixel as it is
  .mp4         H.264, for slides and large pictures; only in a program that was built with it:
               cargo run --release --features mp4 -- animate ...
In a GIF and an APNG only what changes from picture to picture takes room.

Examples:
  thalweg animate --on article --with momentum --with rprop -o race.gif
  thalweg animate --on article --with momentum --view surface -o ball.gif
  thalweg animate --on article --with momentum --beside data --size 1200x600 -o boundary.apng
  thalweg animate --on rosenbrock --with adam --spacing arc-length --duration 8 -o adam.gif
  thalweg animate --on mlp:data=moons --with rprop --plane path -o network.gif";

#[derive(Args)]
pub(crate) struct AnimateArgs {
    #[command(flatten)]
    pub(crate) experiment: ExperimentArgs,
    /// What the paths lie on
    #[arg(long, value_name = "VIEW", default_value = VIEWS[0].0, value_parser = choice_parser(VIEWS))]
    pub(crate) view: AnimationView,
    /// What is shown beside it: the data, with the lines at which the networks take one class for the other
    #[arg(long, value_name = "BESIDE", action = ArgAction::Set, default_value = "none", value_parser = choice_parser(BESIDE))]
    pub(crate) beside: bool,
    #[command(flatten)]
    pub(crate) colors: ThemeArgs,
    /// Width and height in pixels
    #[arg(long, value_name = "WxH", default_value = "800x600", allow_hyphen_values = true, value_parser = size)]
    pub(crate) size: [u32; 2],
    /// Pictures a second
    #[arg(long, value_name = "N", default_value_t = 25.0, allow_negative_numbers = true, value_parser = parse_number)]
    pub(crate) fps: f64,
    /// Time from start to end, without the pauses [default: a picture an epoch, but 3 to 15 seconds]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = parse_number)]
    pub(crate) duration: Option<f64>,
    /// How much longer the start is shown
    #[arg(long, value_name = "SECONDS", default_value_t = 0.5, allow_negative_numbers = true, value_parser = parse_number)]
    pub(crate) pause_start: f64,
    /// How much longer the end is shown
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, allow_negative_numbers = true, value_parser = parse_number)]
    pub(crate) pause_end: f64,
    /// How the epochs are spread over the time
    #[arg(long, value_name = "SPACING", default_value = SPACINGS[0].0, value_parser = choice_parser(SPACINGS))]
    pub(crate) spacing: EpochSpacing,
    /// How often it is played, or `forever`; an MP4 does not tell
    #[arg(long, value_name = "N|forever", default_value = "forever", allow_hyphen_values = true, value_parser = loops)]
    pub(crate) loops: Loops,
    /// Write to this file; the ending says what: .gif .apng .png .mp4; may be given several times
    #[arg(short, long, value_name = "FILE", required = true)]
    pub(crate) output: Vec<PathBuf>,
}

/// What the paths lie on.
const VIEWS: &[(&str, &str, AnimationView)] = &[
    ("map", "The map of the loss", AnimationView::Map),
    (
        "surface",
        "The loss as a surface in space, on which balls roll",
        AnimationView::Surface,
    ),
];

/// Whether the data are shown beside the paths.
const BESIDE: &[(&str, &str, bool)] = &[
    ("data", "The data of a network, and how it parts them", true),
    ("none", "Nothing", false),
];

/// How the epochs are spread over the time.
const SPACINGS: &[(&str, &str, EpochSpacing)] = &[
    (
        "even",
        "Each takes as long as any other",
        EpochSpacing::Even,
    ),
    (
        "arc-length",
        "Each takes as long as the way that is gone in it",
        EpochSpacing::ArcLength,
    ),
    (
        "log",
        "Each tenfold takes as long as any other: the first epochs are slow",
        EpochSpacing::Log,
    ),
];

fn size(text: &str) -> Result<[u32; 2], String> {
    let size = sides(text, 0, u32::MAX);
    size.ok_or_else(|| format!("`{text}` is no size in pixels such as 800x600"))
}

fn loops(text: &str) -> Result<Loops, String> {
    if text == "forever" {
        return Ok(Loops::Forever);
    }
    let times = text.parse().ok().filter(|n| *n > 0).map(Loops::Times);
    times.ok_or_else(|| {
        let most = u16::MAX;
        format!("`{text}` is neither `forever` nor a number from 1 to {most}")
    })
}
