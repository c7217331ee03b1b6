//! The extension module `thalweg._thalweg`: the program for Python.
//!
//! The functions take the words of a command line, so that Python, the shell, and the recipes of pictures have the same
//! settings, defaults, and errors. The typed layer in `python/thalweg` makes these words from its arguments.

#![expect(
    clippy::needless_pass_by_value,
    reason = "PyO3 converts arguments to owned values"
)]

mod arrays;
mod experiment;
mod failure;
mod figure;
mod objective;
mod optimizer;
mod problem;
mod program;
mod returned;
mod runs;
mod studies;
mod work;

use pyo3::prelude::*;

#[pymodule]
mod _thalweg {
    #[pymodule_export]
    use crate::{
        figure::{Figure, animate, draw},
        objective::Functions,
        optimizer::Optimizer,
        problem::Problem,
        program::{address_pairs, command, main, page, version},
        runs::{Runs, stored_runs, train, train_custom},
        studies::{
            comparison::{Comparison, compare, stored_comparison},
            maps::{
                SettingsMap, StartMap, map_settings, map_starts, outcomes, stored_settings_map,
                stored_start_map,
            },
        },
        work::Error,
    };
}
