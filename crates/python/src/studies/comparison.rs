//! Comparisons of optimizers by one protocol.

use crate::{figure::Figure, work};
use pyo3::prelude::*;
use std::sync::Arc;
use thalweg_cli::embed::{ComparisonResult, Host};

/// A finished comparison.
#[pyclass(frozen, module = "thalweg._thalweg")]
pub(crate) struct Comparison {
    result: Arc<ComparisonResult>,
    notes: String,
}

/// Compares optimizers with the arguments of a command `compare`.
#[pyfunction]
pub(crate) fn compare(py: Python, words: Vec<String>) -> PyResult<Comparison> {
    let (result, notes) = work::noted(py, None, move || ComparisonResult::new(&words))?;
    Ok(Comparison {
        result: Arc::new(result),
        notes,
    })
}

#[pymethods]
impl Comparison {
    /// Notes on how the input was understood.
    fn notes(&self) -> &str {
        &self.notes
    }

    /// A table, the tests, and the protocol.
    fn report(&self) -> String {
        Host::default().run(|| self.result.report())
    }

    /// The results as CSV.
    fn results(&self) -> String {
        self.result.results()
    }

    /// The tests of all pairs as CSV.
    fn tests(&self) -> String {
        self.result.tests()
    }

    /// All trials as CSV.
    fn trials(&self) -> String {
        self.result.trials()
    }

    /// The figure of the evaluations to the target.
    fn figure(&self, py: Python) -> PyResult<Figure> {
        let result = self.result.clone();
        let (drawn, notes) = work::noted(py, None, move || Ok(result.figure()))?;
        Ok(Figure::new(drawn, notes))
    }
}
