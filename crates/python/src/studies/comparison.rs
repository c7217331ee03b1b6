//! Comparisons of optimizers by one protocol.

use crate::{
    experiment::Contender,
    failure::Failure,
    figure::Figure,
    problem::Problem,
    runs::stored::{StoredHead, damaged},
    work::{self, exception},
};
use pyo3::{prelude::*, types::PyBytes};
use std::sync::Arc;
use thalweg::bytes::ByteReader;
use thalweg_cli::embed::{self, ComparedPart, ComparedParts, ComparisonResult, Host};

/// A problem of a comparison: a pick, or one that is written in Python.
#[derive(FromPyObject)]
pub(crate) enum ProblemPart {
    Pick(String),
    Custom(Py<Problem>),
}

/// The problems and the optimizers of a comparison of which some parts are written in Python; `None` if the words contain
/// everything.
type Custom = Option<(Vec<ProblemPart>, Vec<Contender>)>;

/// A finished comparison.
#[pyclass(frozen, module = "thalweg._thalweg")]
pub(crate) struct Comparison {
    result: Arc<ComparisonResult>,
    notes: String,
}

/// Compares optimizers with the arguments of a command `compare`.
#[pyfunction]
pub(crate) fn compare(py: Python, words: Vec<String>, custom: Custom) -> PyResult<Comparison> {
    let failure = custom.as_ref().map(|_| Failure::default());
    let parts = custom.zip(failure.as_ref());
    let parts = parts.map(|(custom, failure)| parts_of(py, custom, failure, false));
    let compare = move || ComparisonResult::new(&words, parts);
    let (result, notes) = work::noted(py, failure.as_ref(), compare)?;
    Ok(Comparison {
        result: Arc::new(result),
        notes,
    })
}

/// Returns the comparison of a pickle. The other arguments are those of the finished comparison.
#[pyfunction]
pub(crate) fn stored_comparison(
    py: Python,
    words: Vec<String>,
    custom: Custom,
    bytes: &[u8],
) -> PyResult<Comparison> {
    let reader = &mut ByteReader::new(bytes);
    let head = StoredHead::read(reader)?;
    let parts = custom.map(|custom| parts_of(py, custom, &Failure::default(), true));
    let read = || ComparisonResult::read_bytes(&words, parts, reader);
    let result = Host::default().run(read).map_err(exception)?;
    let result = result.ok_or_else(damaged)?;
    head.check_files(result.file_hashes())?;
    Ok(Comparison {
        result: Arc::new(result),
        notes: head.notes,
    })
}

/// Returns the parts of a comparison. The exceptions of their functions go to `failure`. `has_run` states whether the runs are
/// finished, so that nothing of Python is called.
fn parts_of(
    py: Python,
    (problems, optimizers): (Vec<ProblemPart>, Vec<Contender>),
    failure: &Failure,
    has_run: bool,
) -> ComparedParts {
    let problems = problems.into_iter().map(|one| match one {
        ProblemPart::Pick(text) => ComparedPart::Pick(text),
        ProblemPart::Custom(problem) => ComparedPart::Custom(problem.get().build(py, failure)),
    });
    let optimizers = optimizers.into_iter().map(|one| match one {
        Contender::Pick(text) => ComparedPart::Pick(text),
        Contender::Custom(optimizer) => {
            ComparedPart::Custom(optimizer.get().custom(py, failure, has_run.then(Vec::new)))
        }
    });
    ComparedParts {
        problems: problems.collect(),
        optimizers: optimizers.collect(),
    }
}

#[pymethods]
impl Comparison {
    /// Notes on how the input was understood.
    fn notes(&self) -> &str {
        &self.notes
    }

    /// The comparison as bytes for a pickle.
    fn stored<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        StoredHead::pickled(
            py,
            || StoredHead::with_files(&self.notes, self.result.file_hashes()),
            |out| self.result.write_bytes(out),
        )
    }

    /// A table, the tests, and the protocol.
    fn report(&self) -> String {
        embed::in_keywords(&Host::default().run(|| self.result.report()))
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
