//! Imports of most data sets.

pub(super) use super::{jitter, labeled_points};
pub(super) use crate::{
    Error,
    catalog::Build,
    numeric::{
        float::{cos, sin},
        random::Random,
    },
    objective::data::{DataSet, table::Table},
};
pub(super) use thalweg_macros::Describe;
