//! The imports that nearly every command needs.

pub(crate) use crate::{
    failure::{Failure, Result, refuse, usage},
    output::{Format, OutputFile, Recipe},
    runs::{Interrupt, Recorder, WorkerPool, input},
    terminal::{self, Progress, Terminal, or_dash, table},
};
pub(crate) use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};
pub(crate) use thalweg::{
    Error, contender::ComparedOptimizer, experiment::PreparedExperiment, field::Window,
    number::ShortestFloat, pick::Pick,
};
