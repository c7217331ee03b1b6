//! The registry of figures. To add a figure, write its file and add its line here.
//!
//! A figure draws a [`FigureInput`]: a problem, the runs on it, and the part to show. No figure refers to an optimizer
//! or a problem by name.

pub(crate) mod article;
mod bars;
pub mod comparison;
mod contour;
mod data;
mod distance;
mod loss;
mod matrix_step;
mod panels;
mod starts;
mod state;
mod step;
mod surface;
mod zoom;

pub use crate::{
    drawing::{ConfiguredFigure, EpochSelection, FigureStyle},
    parts::{curves::CurveAxis, scaling::Scaling, text_map::text_map},
    subject::{
        FigureInput, FigureRequirement, PlaneGap, PlaneView, Playhead, ProgressCallback,
        ProjectedRuns, TimeAxis,
    },
};
pub use article::ArticleFigure;
pub use bars::{BarMeasure, BarsFigure};
pub use contour::ContourFigure;
pub use data::DataFigure;
pub use distance::DistanceFigure;
pub use loss::LossFigure;
pub use matrix_step::MatrixStepFigure;
pub use panels::PanelsFigure;
pub use starts::StartsFigure;
pub use state::StateFigure;
pub use step::{StepFigure, along_step};
pub use surface::SurfaceFigure;
pub use zoom::ZoomFigure;

use thalweg::catalog::{Describe, Entry, Registry, Settings};

/// All figures.
pub static REGISTRY: Registry<Box<dyn ConfiguredFigure>> = Registry {
    kind: "figure",
    entries: &[
        entry::<ContourFigure>(),
        entry::<ZoomFigure>(),
        entry::<StepFigure>(),
        entry::<MatrixStepFigure>(),
        entry::<StateFigure>(),
        entry::<LossFigure>(),
        entry::<DistanceFigure>(),
        entry::<BarsFigure>(),
        entry::<PanelsFigure>(),
        entry::<StartsFigure>(),
        entry::<SurfaceFigure>(),
        entry::<DataFigure>(),
        entry::<ArticleFigure>(),
    ],
};

const fn entry<D: ConfiguredFigure + Describe + 'static>() -> Entry<Box<dyn ConfiguredFigure>> {
    Entry {
        about: D::ABOUT,
        build: |settings: &Settings| Ok(Box::new(D::from_settings(settings)?)),
    }
}
