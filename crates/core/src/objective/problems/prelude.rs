//! Imports of most problems: settings, data sets, and networks.

pub(super) use super::{Problem, RateSource};
pub(super) use crate::{
    Error,
    catalog::{
        Build, Describe, Entry, Kind, Param, Params as _, ResolvedSetting, Setting, Settings, Text,
        choice,
    },
    numeric::number::{ShortestFloat, join},
    objective::{
        Objective,
        data::DataSet,
        field::Window,
        network::{
            Network as _,
            activation::Activation,
            loss::{Loss, Output},
            perceptron::{self, Bias},
        },
    },
};
pub(super) use std::sync::Arc;
pub(super) use thalweg_macros::Describe;
