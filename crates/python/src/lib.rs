//! The extension module `thalweg._thalweg`: the program for Python.
//!
//! The functions take the words of a command line, so that Python, the shell, and the recipes of pictures have the same
//! settings, defaults, and errors. The typed layer in `python/thalweg` makes these words from its arguments.

mod arrays;
mod figure;
mod program;
mod runs;
mod work;

use pyo3::prelude::*;

#[pymodule]
mod _thalweg {
    #[pymodule_export]
    use crate::{
        figure::{Figure, animate, draw},
        program::{command, main, options},
        runs::{Runs, train},
        work::Error,
    };
}
