//! Exceptions of Python code that Rust calls.

use pyo3::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};
use thalweg_cli::embed;

/// The first exception that the functions of an experiment raised. All of them share it: after an exception they are not
/// called again, and it reaches the caller when the work has ended.
#[derive(Clone, Default)]
pub(crate) struct Failure(Arc<Mutex<Option<PyErr>>>);

impl Failure {
    /// Calls Python code. Returns `None` if it raises an exception, or if there was one before.
    pub(crate) fn attempt<T>(&self, code: impl FnOnce(Python) -> PyResult<T>) -> Option<T> {
        // The progress is also shown while functions take long.
        embed::poll_host();
        if self.lock().is_some() {
            return None;
        }
        Python::attach(|py| {
            // A function in another language than Python does not check for Ctrl-C.
            let result = py.check_signals().and_then(|()| code(py));
            result.map_err(|error| *self.lock() = Some(error)).ok()
        })
    }

    /// Returns the result of the work, or the exception, which is removed.
    pub(crate) fn or<T>(&self, result: PyResult<T>) -> PyResult<T> {
        match self.lock().take() {
            Some(error) => Err(error),
            None => result,
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<PyErr>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
