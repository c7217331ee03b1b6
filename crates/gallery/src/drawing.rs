//! What a figure is: something that makes a scene of a subject, in a certain look.

use crate::prelude::*;
use crate::{
    map::LossMap,
    subject::{FigureInput, FigureRequirement},
};
use std::fmt;
use thalweg_plot::levels::Levels;

/// How a figure looks, whatever it shows.
#[derive(Clone, Copy, Debug)]
pub struct FigureStyle<'a> {
    /// Colours and sizes of text.
    pub theme: &'a Theme,
    /// Width and height in px; none for the figure's own.
    pub size: Option<[f64; 2]>,
    /// How the levels of a map are spread.
    pub levels: Levels,
    /// Its title; none for the figure's own, which names the problem and what is shown of it.
    pub title: Option<&'a str>,
    /// What the loss is called on axes and scales of colours.
    pub loss: &'a str,
}

impl<'a> FigureStyle<'a> {
    /// The figure's own size, levels as the field needs them.
    pub fn of(theme: &'a Theme) -> Self {
        Self {
            theme,
            size: None,
            levels: Levels::Auto,
            title: None,
            loss: "Loss",
        }
    }

    /// The title that is asked for, or the figure's own.
    pub fn title(&self, own: impl FnOnce() -> String) -> String {
        self.title.map_or_else(own, str::to_owned)
    }

    /// A map of the loss with the start and the target, without paths.
    ///
    /// # Errors
    /// The problem has other than two weights, and no plane was named.
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
            ..map
        })
    }
}

/// A figure whose settings are known.
pub trait ConfiguredFigure: Send + Sync {
    /// Returns what the figure requires. The default is a run.
    fn asks(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Runs]
    }

    /// Whether it is the map with the paths, which [`bare_map`](crate::figures::bare_map) shows where there is no room for a figure.
    fn is_map(&self) -> bool {
        false
    }

    /// Whether it shows the runs up to where they are looked at, or the step there, so that it follows a player.
    fn follows(&self) -> bool {
        false
    }

    /// From where a figure in space sees a subject: azimuth and elevation in degrees; none for a flat one.
    ///
    /// # Errors
    /// As for [`draw`](Self::draw).
    fn eye(&self, _: &FigureInput) -> Result<Option<[f64; 2]>, Error> {
        Ok(None)
    }

    /// Returns the arguments of an example: an experiment and what is shown of it. The default is no argument.
    fn example(&self) -> &'static str {
        ""
    }

    /// Draws it.
    ///
    /// # Errors
    /// The subject does not have what the figure [asks](Self::asks) for, or what its settings name.
    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error>;
}

impl fmt::Debug for dyn ConfiguredFigure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Drawing({:?})", self.asks())
    }
}
