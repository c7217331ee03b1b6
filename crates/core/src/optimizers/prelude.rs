//! What most optimizers use: what a rule is, its description and state, and the algebra of directions.

pub(super) use super::weight_decay::{couple, decouple};
pub(super) use crate::{
    catalog::{
        Text, choice,
        inspect::{Channel, Common, Inspect, Matrix, PerRun, Quantity, Shape, Why},
    },
    need::Need,
    numeric::linalg::{add_outer, dot, product, shift_diagonal, solve},
    run::{
        Stop,
        descent::{Directed, Direction, Searchable, Searched, negate},
        line::LineSearch,
        optimizer::{Flow, GradientRule, Here, Optimizer, Size},
        oracle::Oracle,
    },
};
pub(super) use std::sync::Arc;
pub(super) use thalweg_macros::{Describe, Inspect};
