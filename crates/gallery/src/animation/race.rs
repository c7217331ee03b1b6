//! The runs that go, how they are shown, and where each is at a time.

use super::pace::{EpochTimeline, PlaybackOptions};
use crate::prelude::*;
use crate::{
    map::SAMPLES,
    parts::borders::classes,
    subject::{FigureInput, FigureRequirement, PlaneView},
};
use thalweg_plot::animation::PIXEL_LIMIT;

/// What an animation shows, and how.
#[derive(Clone, Copy, Debug)]
pub struct AnimationOptions<'t> {
    /// Colours and sizes of text.
    pub theme: &'t Theme,
    /// Width and height in pixels.
    pub pixels: [u32; 2],
    /// When each picture is shown.
    pub pace: PlaybackOptions,
    /// What the paths lie on.
    pub on: AnimationView,
    /// Whether the data lie beside it, with the lines at which the networks take one class for the other.
    pub beside_data: bool,
}

/// What the paths lie on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnimationView {
    /// The map of the loss.
    Map,
    /// The loss as a surface in space, on which balls roll.
    Surface,
}

/// Samples of a surface along each side: each cell is a tile that can be seen.
const TILES: usize = 57;

impl AnimationView {
    /// Samples of the loss along each side.
    fn samples(self) -> usize {
        match self {
            Self::Map => SAMPLES,
            Self::Surface => TILES,
        }
    }
}

/// The least width or height, in pixels.
pub const LEAST_SIDE: u32 = 240;

/// Runs as they go.
pub struct RunAnimation<'a> {
    pub(super) subject: &'a FigureInput<'a>,
    pub(super) view: &'a PlaneView<'a>,
    pub(super) staging: AnimationOptions<'a>,
    pub(super) field: Field,
    /// Classes of the data, where they lie beside the map.
    pub(super) classes: Vec<f64>,
    pub(super) clock: EpochTimeline,
    /// A colour for each run.
    pub(super) colors: Vec<Color>,
}

impl<'a> RunAnimation<'a> {
    /// The runs of a subject, in their order, from the start to the end of the longest.
    ///
    /// # Errors
    /// No run; a problem of other than two weights without a plane; no data of two features where they are wanted;
    /// a size, a speed or a length outside its limits.
    pub fn new(subject: &'a FigureInput<'a>, staging: AnimationOptions<'a>) -> Result<Self, Error> {
        subject.check(&[FigureRequirement::Runs])?;
        staging.check_subject(subject)?;
        staging.check()?;
        let view = subject.view()?;
        let window = view.window();
        let styles = subject.styles(staging.theme);
        let clock = EpochTimeline::new(&staging.pace, &view.traces, window)?;
        Ok(Self {
            field: view.field(window, staging.on.samples()),
            classes: staging.classes(subject)?,
            colors: styles.into_iter().map(|style| style.color).collect(),
            subject,
            view,
            staging,
            clock,
        })
    }
}

/// Where a run is: behind so many epochs, and a share of the way to the next.
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

    /// The weights there.
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
    /// Checks what can be checked before there are runs.
    ///
    /// # Errors
    /// A size, a speed or a length outside its limits.
    pub fn check(&self) -> Result<(), Error> {
        check_size(self.pixels)?;
        self.pace.check()
    }

    /// Checks that a problem can be shown.
    ///
    /// # Errors
    /// Other than two weights without a plane; no data of two features where they are wanted.
    pub fn check_subject(&self, subject: &FigureInput) -> Result<(), Error> {
        subject.check(&[FigureRequirement::Plane])?;
        if self.beside_data {
            subject.check(&[FigureRequirement::Data])?;
        }
        self.classes(subject).map(|_| ())
    }

    /// The classes of the data, where they are wanted.
    fn classes(&self, subject: &FigureInput) -> Result<Vec<f64>, Error> {
        let network = subject.contest.problem.network.as_ref();
        let network = network.filter(|_| self.beside_data);
        network.map_or(Ok(Vec::new()), |network| classes(network.data()))
    }
}

fn check_size([width, height]: [u32; 2]) -> Result<(), Error> {
    let wrong = |why: String| {
        Err(Error::Settings(format!(
            "a picture of {width}x{height} {why}"
        )))
    };
    if width.min(height) < LEAST_SIDE {
        return wrong(format!(
            "is too small: each side has at least {LEAST_SIDE} pixels"
        ));
    }
    if u64::from(width) * u64::from(height) > PIXEL_LIMIT {
        return wrong(format!("has more than {PIXEL_LIMIT} pixels"));
    }
    Ok(())
}
