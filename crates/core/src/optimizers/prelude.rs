//! The items that most optimizers use: traits, descriptions, state types, and linear algebra.

pub(super) use crate::{
    catalog::{
        ResolvedSetting, choice,
        inspect::{Matrix, PerRunScalar, SharedScalar, StepReason, Zeros},
    },
    need::Need,
    numeric::{
        float::powf,
        linalg::{
            Definiteness, SingularMatrix, add_outer, add_scaled, definiteness, difference, dot,
            is_zero, product, shift_diagonal, solve,
        },
    },
    run::{
        StopReason,
        descent::{Direction, negate},
        line::{LineSearch, NoStep},
        optimizer::{
            GradientRule, Optimizer, StateShape, StepContext, StepOutcome, options::OptionDefaults,
        },
        oracle::Oracle,
    },
};
pub(super) use std::sync::Arc;
pub(super) use thalweg_macros::{Describe, Inspect, vectorized};
