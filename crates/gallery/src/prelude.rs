//! Imports of nearly every figure: runs, fields, and parts of a picture.

pub(crate) use thalweg::{
    Error,
    experiment::PreparedExperiment,
    field::{Field, Window},
    inspect::{Quantity, Shape},
    number::ShortestFloat,
    run::StopReason,
    trace::{Series, Trace},
};
pub(crate) use thalweg_macros::Describe;
pub(crate) use thalweg_plot::{
    color::Color,
    figure::{AxisSpan, Figure, Mark},
    legend::LegendEntry,
    scene::{Node, Scene, Stroke},
    theme::Theme,
};
