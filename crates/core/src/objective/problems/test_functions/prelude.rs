//! Imports of the test functions.

pub(super) use super::{absolute, surface};
pub(super) use crate::{
    Error,
    catalog::{Build, Describe as _},
    objective::{
        expression::{
            dual::Number,
            surface::{Formula, ResidualFunction, SumOfSquares},
        },
        problems::Problem,
    },
};
pub(super) use thalweg_macros::Describe;
