//! Interfaces of figures: a figure draws a scene of an experiment in a certain style.

use crate::prelude::*;
use crate::{
    map::LossMap,
    subject::{FigureInput, FigureRequirement},
};
use std::{fmt, ops::RangeInclusive};
use thalweg_plot::levels::Levels;

/// The style of a figure.
#[derive(Clone, Copy, Debug)]
pub struct FigureStyle<'a> {
    /// Colors and sizes of text.
    pub theme: &'a Theme,
    /// Width and height in px; `None` means the figure's default size.
    pub size: Option<[f64; 2]>,
    /// Whether only the width of the size counts, as in a column of text.
    pub is_column: bool,
    /// Distribution of the levels of a map.
    pub levels: Levels,
    /// Title; `None` means the figure's default title, which names the problem and the content.
    pub title: Option<&'a str>,
    /// Name of the loss on axes and color bars.
    pub loss: &'a str,
}

impl<'a> FigureStyle<'a> {
    /// Creates a style with the default size, title, and levels.
    pub fn of(theme: &'a Theme) -> Self {
        Self {
            theme,
            size: None,
            is_column: false,
            levels: Levels::Auto,
            title: None,
            loss: "Loss",
        }
    }

    /// Returns the height that a figure must have in px, if it is given.
    pub fn height(&self) -> Option<f64> {
        let [_, height] = self.size.filter(|_| !self.is_column)?;
        Some(height)
    }

    /// Returns the title of the style, or the figure's default.
    pub fn title(&self, own: impl FnOnce() -> String) -> String {
        self.title.map_or_else(own, str::to_owned)
    }

    /// Returns a map of the loss with the initial point and the target, without paths.
    ///
    /// # Errors
    /// The problem does not have two weights, and no plane was given.
    pub fn map<'m>(
        &'m self,
        subject: &'m FigureInput,
        field: &'m Field,
    ) -> Result<LossMap<'m>, Error> {
        let view = subject.view()?;
        let [x, y] = &view.names;
        let map = LossMap::new(self.title(|| subject.title()), [x, y, self.loss], field);
        Ok(LossMap {
            size: self.size.unwrap_or(map.size),
            target: subject.contest.budget.target,
            start: Some(&view.start),
            levels: self.levels,
            along: subject.losses_along_paths(field)?,
            ..map
        })
    }
}

/// What a figure shows of the selected epochs A to B. Step n leads from epoch n - 1 to epoch n, and epoch 0 is the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochSelection {
    /// The states after the epochs A to B.
    States,
    /// The path of the steps A to B, from the start if A is 0.
    Path,
    /// The step A, which is at least 1.
    Step,
    /// Whole runs: epochs cannot be selected.
    WholeRuns,
}

impl EpochSelection {
    /// Checks the selected epochs before any run.
    ///
    /// # Errors
    /// The figure cannot show these epochs of any run.
    pub fn check(self, epochs: &RangeInclusive<usize>) -> Result<(), Error> {
        let (first, last) = (epochs.start(), epochs.end());
        let message = match self {
            Self::WholeRuns => format!(
                "this figure shows whole runs, but the epochs {first}..{last} were selected: give an epoch limit such \
                 as {last} instead"
            ),
            Self::Step if *first == 0 => format!(
                "the first step is 1, but the selected epochs are {first}..{last}: give epochs from 1 on, such as 1..{}",
                last.max(&1)
            ),
            _ => return Ok(()),
        };
        Err(Error::Settings(message))
    }
}

/// A figure with its settings.
pub trait ConfiguredFigure: Send + Sync {
    /// Returns what the figure requires. The default is a run.
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Runs]
    }

    /// Returns whether the figure is the map with the paths. [`text_map`](crate::figures::text_map) replaces it in a
    /// small terminal.
    fn is_map(&self) -> bool {
        false
    }

    /// Returns whether the figure shows the runs up to the playhead, or the step there, and so changes during playback.
    fn follows_playhead(&self) -> bool {
        false
    }

    /// Returns what the figure shows of selected epochs.
    fn epoch_selection(&self) -> EpochSelection {
        EpochSelection::States
    }

    /// Returns the last epoch that the figure needs if these epochs are selected; `None` means that it needs whole runs.
    fn last_epoch(&self, selected: Option<&RangeInclusive<usize>>) -> Option<usize> {
        selected.map(|epochs| *epochs.end())
    }

    /// Returns whether the figure shows [`FigureInput::logs`].
    fn shows_logs(&self) -> bool {
        false
    }

    /// Returns whether the figure needs every step of the runs, so that it cannot show a sparse trace.
    fn shows_single_steps(&self) -> bool {
        false
    }

    /// Returns the camera angles of a figure in three dimensions: azimuth and elevation in degrees. A flat figure
    /// returns `None`.
    ///
    /// # Errors
    /// As for [`draw`](Self::draw).
    fn camera_angles(&self, _: &FigureInput) -> Result<Option<[f64; 2]>, Error> {
        Ok(None)
    }

    /// Returns the arguments of an example: an experiment and the part of it to show. The default is no argument.
    fn example(&self) -> &'static str {
        ""
    }

    /// Draws the figure.
    ///
    /// # Errors
    /// The input does not have what the figure [requires](Self::requirements), or not what its settings name.
    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error>;
}

impl fmt::Debug for dyn ConfiguredFigure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ConfiguredFigure({:?})", self.requirements())
    }
}
