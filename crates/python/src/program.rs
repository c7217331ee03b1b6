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
    work::run(py, &host, move || embed::run_command(&words))?;
    Ok(host.take_output())
}

/// Returns the version of the package.
#[pyfunction]
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Returns the interactive page of a command `explore`, the address of its experiment, and the initial point.
#[pyfunction]
pub(crate) fn page(py: Python, words: Vec<String>) -> PyResult<(String, String, Vec<f64>)> {
    let page = work::run(py, &Host::default(), move || embed::page(&words))?;
    Ok((page.html, page.address, page.start))
}

/// Returns the keys and values of the experiment of an address: those of the command `train`. A switch has an empty value.
#[pyfunction]
pub(crate) fn address_pairs(address: &str) -> PyResult<Vec<(&'static str, String)>> {
    embed::address_pairs(address).map_err(work::exception)
}
