//! What most data sets use: what they are built of, and points in the plane.

pub(super) use super::{blurred, plane};
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
