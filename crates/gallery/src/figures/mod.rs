//! The registry of figures. To add one: write its file, add its line here.
//!
//! A figure is made from a [`Subject`]: a problem, the runs on it, and what is to be seen of them. No figure knows an
//! optimizer or a problem by name.

pub(crate) mod article;
mod bars;
mod contour;
mod data;
mod distance;
mod loss;
mod panels;
mod starts;
mod state;
mod step;
mod surface;
mod zoom;

pub use crate::{
    drawing::{Drawing, Look},
    parts::{bare::bare_map, curves::CurveAxis, scaling::Scaling},
    subject::{Ask, Now, PlaneView, Shadows, Subject, Watch},
};
pub use article::Article;
pub use bars::{Bars, Show};
pub use contour::Contour;
pub use data::Data;
pub use distance::Distance;
pub use loss::Loss;
pub use panels::SmallMaps;
pub use starts::Starts;
pub use state::State;
pub use step::{Step, along_step};
pub use surface::Relief;
pub use zoom::Zoom;

use thalweg::catalog::{Describe, Entry, Registry, Settings};

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

const fn entry<D: Drawing + Describe + 'static>() -> Entry<Box<dyn Drawing>> {
    Entry {
        about: D::ABOUT,
        build: |settings: &Settings| Ok(Box::new(D::from_settings(settings)?)),
    }
}
