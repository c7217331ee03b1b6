//! Figures.

use crate::{runs::Runs, work};
use pyo3::{prelude::*, types::PyBytes};
use std::{path::PathBuf, sync::Arc};
use thalweg_cli::embed::{self, DrawnFigure, Host};

/// One or more figures, which can be written in every picture format.
#[pyclass(frozen, module = "thalweg._thalweg")]
pub(crate) struct Figure {
    drawn: Arc<DrawnFigure>,
    notes: String,
}

/// Draws the figures of a command `draw` from finished runs.
#[pyfunction]
pub(crate) fn draw(
    py: Python,
    words: Vec<String>,
    runs: &Bound<'_, Runs>,
    has_recipe: bool,
) -> PyResult<Figure> {
    let (contest, traces) = (runs.get().contest.clone(), runs.get().traces.clone());
    let (drawn, notes) = runs.get().work(py, move || {
        DrawnFigure::of_runs(&words, &contest, &traces, has_recipe)
    })?;
    Ok(Figure::new(drawn, notes))
}

impl Figure {
    pub(crate) fn new(drawn: DrawnFigure, notes: String) -> Self {
        Self {
            drawn: Arc::new(drawn),
            notes,
        }
    }
}

/// Writes the animation of a command `animate` from finished runs.
#[pyfunction]
pub(crate) fn animate(
    py: Python,
    words: Vec<String>,
    runs: &Bound<'_, Runs>,
    has_recipe: bool,
) -> PyResult<()> {
    let (contest, traces) = (runs.get().contest.clone(), runs.get().traces.clone());
    runs.get().write(py, move || {
        embed::animate_runs(&words, &contest, &traces, has_recipe)
    })
}

#[pymethods]
impl Figure {
    /// Notes on what the figure cannot show.
    fn notes(&self) -> &str {
        &self.notes
    }

    /// The bytes in the format `svg`, `png`, `pdf`, or `html`.
    fn encode<'py>(&self, py: Python<'py>, format: &str) -> PyResult<Bound<'py, PyBytes>> {
        let (drawn, format) = (self.drawn.clone(), format.to_owned());
        let bytes = work::run(py, &Host::default(), move || drawn.encode(&format))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Writes the file; its extension selects the format.
    fn save(&self, py: Python, path: PathBuf) -> PyResult<()> {
        let drawn = self.drawn.clone();
        work::run(py, &Host::default(), move || drawn.save(&path))
    }
}
