//! The runs of an animation, its options, and the position of each run at a time.

use super::timeline::{EpochTimeline, PlaybackOptions};
use crate::prelude::*;
use crate::{
    map::SAMPLES,
    parts::data_content::DataContent,
    subject::{FigureInput, FigureRequirement, PlaneView},
};
use thalweg_plot::{animation::PIXEL_LIMIT, theme::PathStyle};

/// Content and style of an animation.
#[derive(Clone, Copy, Debug)]
pub struct AnimationOptions<'t> {
    /// Colors and sizes of text.
    pub theme: &'t Theme,
    /// Width and height in pixels.
    pub pixels: [u32; 2],
    /// Timing of the frames.
    pub playback: PlaybackOptions,
    /// Background of the paths.
    pub view: AnimationView,
    /// Whether the data and the decision boundaries of the networks are shown beside it.
    pub beside_data: bool,
}

/// Background of the paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnimationView {
    /// The map of the loss.
    Map,
    /// The loss as a surface in three dimensions with rolling balls.
    Surface,
}

/// Number of samples of a surface along each side; each cell is a visible tile.
const TILES: usize = 57;

impl AnimationView {
    /// Returns the number of samples of the loss along each side.
    fn samples(self) -> usize {
        match self {
            Self::Map => SAMPLES,
            Self::Surface => TILES,
        }
    }
}

/// Minimum width and height in pixels.
pub const MIN_SIDE: u32 = 240;

/// An animation of runs.
pub struct RunAnimation<'a> {
    pub(super) subject: &'a FigureInput<'a>,
    pub(super) view: &'a PlaneView<'a>,
    pub(super) options: AnimationOptions<'a>,
    pub(super) field: Field,
    /// Losses along the paths.
    pub(super) along: Vec<f64>,
    /// What is shown beside the map, if the data are.
    pub(super) data_content: Option<DataContent>,
    pub(super) clock: EpochTimeline,
    /// The color and dashes of each run.
    pub(super) styles: Vec<PathStyle>,
}

impl<'a> RunAnimation<'a> {
    /// Creates an animation of all runs from the initial point to the end of the longest run.
    ///
    /// # Errors
    /// There is no run, the problem does not have two weights and no plane was given, data with one or two features are
    /// missing, or a size or a time is outside its limits.
    pub fn new(subject: &'a FigureInput<'a>, options: AnimationOptions<'a>) -> Result<Self, Error> {
        subject.check(&[FigureRequirement::Runs])?;
        options.check_subject(subject)?;
        options.check()?;
        let view = subject.view()?;
        let window = view.window();
        let clock = EpochTimeline::new(&options.playback, &view.traces, window)?;
        let field = view.field(window, options.view.samples());
        Ok(Self {
            along: subject.losses_along_paths(&field)?,
            field,
            data_content: options.data_content(subject)?,
            styles: subject.styles(options.theme),
            subject,
            view,
            options,
            clock,
        })
    }
}

/// The position of a run: the number of completed epochs, and the fraction of the next step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RunPosition {
    pub(super) epoch: usize,
    pub(super) share: f64,
    pub(super) ended: bool,
}

impl RunPosition {
    pub(super) fn of(trace: &Trace, clock: f64) -> Self {
        let last = trace.epochs() as usize;
        let epoch = (clock as usize).min(last);
        Self {
            epoch,
            share: if epoch == last { 0.0 } else { clock.fract() },
            ended: epoch == last,
        }
    }

    /// Returns the weights at the position.
    pub(super) fn weights(&self, trace: &Trace) -> Vec<f64> {
        let from = trace.at(self.epoch);
        if self.share == 0.0 {
            return from.to_vec();
        }
        let to = trace.at(self.epoch + 1);
        let weights = from.iter().zip(to);
        weights.map(|(a, b)| a + self.share * (b - a)).collect()
    }
}

impl AnimationOptions<'_> {
    /// Checks the options that do not depend on runs.
    ///
    /// # Errors
    /// A size or a time is outside its limits.
    pub fn check(&self) -> Result<(), Error> {
        check_size(self.pixels)?;
        self.playback.check()
    }

    /// Checks that a problem can be shown.
    ///
    /// # Errors
    /// The problem does not have two weights and no plane was given, or data with one or two features are missing.
    pub fn check_subject(&self, subject: &FigureInput) -> Result<(), Error> {
        subject.check(&[FigureRequirement::Plane])?;
        if self.beside_data {
            subject.check(&[FigureRequirement::Data])?;
        }
        self.data_content(subject).map(|_| ())
    }

    /// Returns what is shown of the data, if they are shown.
    fn data_content(&self, subject: &FigureInput) -> Result<Option<DataContent>, Error> {
        let network = subject.contest.problem.network.as_ref();
        let network = network.filter(|_| self.beside_data);
        network
            .map(|network| DataContent::of(&**network))
            .transpose()
    }
}

fn check_size([width, height]: [u32; 2]) -> Result<(), Error> {
    let wrong = |why: String| Err(Error::Settings(format!("the size {width}x{height} {why}")));
    if width.min(height) < MIN_SIDE {
        return wrong(format!(
            "is too small: give at least {MIN_SIDE} pixels per side"
        ));
    }
    if u64::from(width) * u64::from(height) > PIXEL_LIMIT {
        return wrong(format!(
            "has more than {PIXEL_LIMIT} pixels: give a smaller size"
        ));
    }
    Ok(())
}
