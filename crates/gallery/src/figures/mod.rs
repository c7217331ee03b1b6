//! The registry of figures. To add one: write its file, add its line here.
//!
//! A figure is made from a [`Subject`]: a problem, the runs on it, and what is to be seen of them. No figure knows an
//! optimizer or a problem by name.

mod article;
mod bare;
mod bars;
mod below;
mod borders;
mod contour;
mod curves;
mod data;
mod distance;
mod loss;
mod moments;
mod now;
mod panels;
mod scaling;
mod starts;
mod state;
mod step;
mod subject;
mod surface;
mod view;
mod zoom;

pub use article::Article;
pub use bare::bare_map;
pub use bars::{Bars, Show};
pub(crate) use bars::{bar, height};
pub(crate) use borders::{Borders, classes};
pub use contour::Contour;
pub use curves::Over;
pub use data::Data;
pub(crate) use data::{dots, span};
pub use distance::Distance;
pub use loss::Loss;
pub use moments::Moments;
pub use now::Now;
pub use panels::SmallMaps;
pub use scaling::Scaling;
pub use starts::Starts;
pub use state::State;
pub use step::{Step, along_step};
pub use subject::{Ask, Subject, Watch};
pub use surface::{Height, Relief};
pub use view::{Shadows, View};
pub use zoom::Zoom;

use std::fmt;
use thalweg::{
    Error,
    catalog::{Describe, Entry, Registry, Settings},
};
use thalweg_plot::{levels::Levels, scene::Scene, theme::Theme};

/// All figures.
pub static REGISTRY: Registry<Box<dyn Drawing>> = Registry {
    kind: "figure",
    entries: &[
        entry::<Contour>(),
        entry::<Zoom>(),
        entry::<Step>(),
        entry::<State>(),
        entry::<Loss>(),
        entry::<Distance>(),
        entry::<Bars>(),
        entry::<SmallMaps>(),
        entry::<Starts>(),
        entry::<Relief>(),
        entry::<Data>(),
        entry::<Article>(),
    ],
};

/// How a figure looks, whatever it shows.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// Colours and sizes of text.
    pub theme: &'a Theme,
    /// Width and height in px; none for the figure's own.
    pub size: Option<[f64; 2]>,
    /// How the levels of a map are spread.
    pub levels: Levels,
}

impl<'a> Look<'a> {
    /// The figure's own size, levels as the field needs them.
    pub fn of(theme: &'a Theme) -> Self {
        Self {
            theme,
            size: None,
            levels: Levels::Auto,
        }
    }
}

/// A figure whose settings are known.
pub trait Drawing: Send + Sync {
    /// What it cannot be drawn without.
    fn asks(&self) -> &'static [Ask];

    /// Whether it is the map with the paths, which [`bare_map`] shows where there is no room for a figure.
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
    fn eye(&self, _: &Subject) -> Result<Option<[f64; 2]>, Error> {
        Ok(None)
    }

    /// The arguments of an example: an experiment and what is shown of it.
    fn example(&self) -> &'static str;

    /// Draws it.
    ///
    /// # Errors
    /// The subject does not have what the figure [asks](Self::asks) for, or what its settings name.
    fn draw(&self, subject: &Subject, look: Look) -> Result<Scene, Error>;
}

const fn entry<D: Drawing + Describe + 'static>() -> Entry<Box<dyn Drawing>> {
    Entry {
        about: D::ABOUT,
        build: |settings: &Settings| Ok(Box::new(D::from_settings(settings)?)),
    }
}

impl fmt::Debug for dyn Drawing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Drawing({:?})", self.asks())
    }
}
