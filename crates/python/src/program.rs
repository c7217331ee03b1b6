//! The program and its commands.

use crate::work;
use pyo3::prelude::*;
use std::ffi::OsString;
use thalweg_cli::embed::{self, Host};

/// Runs the program with these arguments, of which the first is its name, and returns the exit status.
#[pyfunction]
pub(crate) fn main(py: Python, arguments: Vec<OsString>) -> u8 {
    py.detach(|| thalweg_cli::run_program(arguments))
}

/// Runs a command and returns what it prints to standard output.
#[pyfunction]
pub(crate) fn command(py: Python, words: Vec<String>) -> PyResult<String> {
    let host = Host::default();
    work::run(py, &host, || embed::run_command(&words))?;
    Ok(host.take_output())
}

/// Returns the names of the options of a command.
#[pyfunction]
pub(crate) fn options(words: Vec<String>) -> PyResult<Vec<String>> {
    embed::option_names(&words).map_err(work::exception)
}

/// Returns the interactive page of a command `explore`.
#[pyfunction]
pub(crate) fn page(py: Python, words: Vec<String>) -> PyResult<String> {
    work::run(py, &Host::default(), || embed::page(&words))
}
