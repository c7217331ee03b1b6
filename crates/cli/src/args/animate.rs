//! The arguments of `thalweg animate`.

use crate::args::{
    compare::TuneArgs,
    draw::ThemeArgs,
    experiment::ExperimentArgs,
    parse::{choice_parser, parse_unsigned, sides},
};
use clap::{ArgAction, Args};
use std::path::PathBuf;
use thalweg_gallery::animation::{AnimationView, EpochSpacing};
use thalweg_plot::animation::Loops;

pub(crate) const ANIMATIONS: &str = "\
The file extension selects the format:
  .gif         plays everywhere; has up to 255 colors and at most 50 frames per second
  .apng .png   APNG; stores every pixel exactly
  .mp4         H.264, for slides and large pictures; requires a program that was built by
               cargo run --release --features mp4 -- animate ...
GIF and APNG store only the pixels that change from frame to frame.

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
    #[command(flatten)]
    pub(crate) tuning: TuneArgs,
    /// Background on which the paths are drawn
    #[arg(long, value_name = "VIEW", default_value = VIEWS[0].0, value_parser = choice_parser(VIEWS))]
    pub(crate) view: AnimationView,
    /// What the animation shows beside the paths
    #[arg(long, value_name = "BESIDE", action = ArgAction::Set, default_value = "none", value_parser = choice_parser(BESIDE))]
    pub(crate) beside: bool,
    #[command(flatten)]
    pub(crate) colors: ThemeArgs,
    /// Width and height in pixels
    #[arg(long, value_name = "WxH", default_value = "800x600", allow_hyphen_values = true, value_parser = size)]
    pub(crate) size: [u32; 2],
    /// Frames per second
    #[arg(long, value_name = "N", default_value_t = 25.0, allow_negative_numbers = true, value_parser = parse_unsigned)]
    pub(crate) fps: f64,
    /// Length of the animation in seconds without the pauses [default: one frame per epoch, at least 3 and at most 15 seconds]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = parse_unsigned)]
    pub(crate) duration: Option<f64>,
    /// Pause at the start in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 0.5, allow_negative_numbers = true, value_parser = parse_unsigned)]
    pub(crate) pause_start: f64,
    /// Pause at the end in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, allow_negative_numbers = true, value_parser = parse_unsigned)]
    pub(crate) pause_end: f64,
    /// How the epochs are distributed over time
    #[arg(long, value_name = "SPACING", default_value = SPACINGS[0].0, value_parser = choice_parser(SPACINGS))]
    pub(crate) spacing: EpochSpacing,
    /// Number of times that a GIF or APNG plays, or `forever`; has no effect on an MP4
    #[arg(long, value_name = "N|forever", default_value = "forever", allow_hyphen_values = true, value_parser = loops)]
    pub(crate) loops: Loops,
    /// Output file: .gif, .apng, .png, or .mp4; can be repeated
    #[arg(short, long, value_name = "FILE", required = true)]
    pub(crate) output: Vec<PathBuf>,
}

/// The values of `--view`.
const VIEWS: &[(&str, &str, AnimationView)] = &[
    ("map", "A map of the loss", AnimationView::Map),
    (
        "surface",
        "The loss as a surface in 3D, with a rolling ball for each run",
        AnimationView::Surface,
    ),
];

/// The values of `--beside`.
const BESIDE: &[(&str, &str, bool)] = &[
    (
        "data",
        "The training data with the predictions or the decision boundaries",
        true,
    ),
    ("none", "Nothing", false),
];

/// The values of `--spacing`.
const SPACINGS: &[(&str, &str, EpochSpacing)] = &[
    ("even", "Each epoch takes the same time", EpochSpacing::Even),
    (
        "arc-length",
        "Each epoch takes time in proportion to the length of its step",
        EpochSpacing::ArcLength,
    ),
    (
        "log",
        "Each tenfold increase of the epoch takes the same time, so the first epochs are slow",
        EpochSpacing::Log,
    ),
];

fn size(text: &str) -> Result<[u32; 2], String> {
    let size = sides(text, 0, u32::MAX);
    size.ok_or_else(|| {
        format!("`{text}` is not a size in pixels; write the width and height as in 800x600")
    })
}

fn loops(text: &str) -> Result<Loops, String> {
    if text == "forever" {
        return Ok(Loops::Forever);
    }
    let times = text.parse().ok().filter(|n| *n > 0).map(Loops::Times);
    times.ok_or_else(|| {
        let most = u16::MAX;
        format!(
            "`{text}` is not a number of loops; write `forever` or a whole number from 1 to {most}"
        )
    })
}
