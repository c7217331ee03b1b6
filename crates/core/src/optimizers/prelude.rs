//! What most optimizers use: what a rule is, its description and state, and the algebra of directions.

pub(super) use super::weight_decay::{couple, decouple};
pub(super) use crate::{
    catalog::{
        choice,
        inspect::{Matrix, PerRunScalar, SharedScalar, StepReason, Zeros},
    },
    need::Need,
    numeric::{
        float::powf,
        linalg::{
            SingularMatrix, add_outer, add_scaled, difference, dot, is_zero, product,
            shift_diagonal, solve,
        },
    },
    run::{
        StopReason,
        descent::{Direction, negate},
        line::LineSearch,
        optimizer::{GradientRule, Optimizer, StateShape, StepContext, StepOutcome},
        oracle::Oracle,
    },
};
pub(super) use std::sync::Arc;
pub(super) use thalweg_macros::{Describe, Inspect};
