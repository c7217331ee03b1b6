//! A problem that is written in Python.

use crate::{
    failure::Failure,
    objective::{Functions, PythonObjective},
    work::Error,
};
use pyo3::prelude::*;
use std::sync::Arc;
use thalweg::{
    catalog::Text,
    field::Window,
    problems::{Problem as CoreProblem, RateSource},
};

/// A problem: its functions, its initial point, and what figures show of it.
#[pyclass(frozen, module = "thalweg._thalweg")]
pub(crate) struct Problem {
    functions: Py<Functions>,
    title: String,
    names: Vec<String>,
    start: Vec<f64>,
    window: Window,
    target: Option<f64>,
    minima: Vec<Vec<f64>>,
    learning_rate: Option<f64>,
}

#[pymethods]
impl Problem {
    #[new]
    #[expect(clippy::too_many_arguments, reason = "Python gives them by name")]
    fn new(
        functions: Py<Functions>,
        title: String,
        names: Vec<String>,
        start: Vec<f64>,
        window: Vec<f64>,
        target: Option<f64>,
        minima: Vec<Vec<f64>>,
        learning_rate: Option<f64>,
    ) -> PyResult<Self> {
        let window = Window::of(&window).map_err(|e| Error::new_err(format!("`window`: {e}")))?;
        Ok(Self {
            functions,
            title,
            names,
            start,
            window,
            target,
            minima,
            learning_rate,
        })
    }
}

impl Problem {
    /// Returns the problem with its objective, whose exceptions go to `failure`.
    pub(crate) fn build(&self, py: Python, failure: &Failure) -> CoreProblem {
        let functions = self.functions.clone_ref(py);
        CoreProblem {
            title: Text::Owned(self.title.clone()),
            objective: Arc::new(PythonObjective::new(py, functions, failure.clone())),
            network: None,
            weight_names: self.names.clone(),
            start: self.start.clone(),
            window: self.window,
            target: self.target,
            minima: self.minima.clone(),
            learning_rate: self.learning_rate,
            learning_rate_source: RateSource::Problem,
            resolved: Vec::new(),
            notes: Vec::new(),
        }
    }
}
