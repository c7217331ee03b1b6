//! Maps of initial points and of settings.

use crate::{
    experiment::{Contender, custom_contest},
    failure::Failure,
    figure::Figure,
    problem::Problem,
    runs::stored::{StoredHead, damaged},
    work::{self, exception},
};
use numpy::{PyArray1, PyArrayDyn, PyArrayMethods as _};
use pyo3::{exceptions::PyKeyError, prelude::*, types::PyBytes};
use std::sync::Arc;
use thalweg::{bytes::ByteReader, experiment::PreparedExperiment, map::Outcome};
use thalweg_cli::embed::{FinishedMapResult, Host, SettingsMapResult, StartMapResult};
use thalweg_gallery::{setting_map::SettingQuantity, start_map::StartQuantity};

/// The optimizers of a map of which some parts are written in Python; `None` if the words contain everything.
type Custom = Option<Vec<Contender>>;

/// A finished map with its notes.
struct Finished<T> {
    map: Arc<T>,
    notes: String,
    /// The exceptions of the functions of Python, if there are any such functions.
    failure: Option<Failure>,
}

impl<T: FinishedMapResult + Send + Sync + 'static> Finished<T> {
    /// Executes the runs of a map.
    fn new(
        py: Python,
        words: Vec<String>,
        problem: Option<Py<Problem>>,
        optimizers: Custom,
    ) -> PyResult<Self> {
        let (contest, failure) = custom(py, &words, problem, optimizers, false)?;
        let map = move || T::new(&words, contest);
        let (map, notes) = work::noted(py, failure.as_ref(), map)?;
        Ok(Self {
            map: Arc::new(map),
            notes,
            failure,
        })
    }

    /// Returns the map of a pickle. The other arguments are those of the finished map.
    fn read(
        py: Python,
        words: &[String],
        problem: Option<Py<Problem>>,
        optimizers: Custom,
        bytes: &[u8],
    ) -> PyResult<Self> {
        let reader = &mut ByteReader::new(bytes);
        let head = StoredHead::read(reader)?;
        let (contest, failure) = custom(py, words, problem, optimizers, true)?;
        let read = || T::read_bytes(words, contest, reader);
        let map = Host::default().run(read).map_err(exception)?;
        let map = map.ok_or_else(damaged)?;
        head.check(map.contest())?;
        Ok(Self {
            map: Arc::new(map),
            notes: head.notes,
            failure,
        })
    }

    /// Returns the bytes of a pickle.
    fn stored<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        StoredHead::pickled(
            py,
            || StoredHead::of(&self.notes, self.map.contest()),
            |out| self.map.write_bytes(out),
        )
    }

    /// Draws the figure that the words of the command describe.
    fn figure(&self, py: Python, words: Vec<String>) -> PyResult<Figure> {
        let has_recipe = self.failure.is_none();
        let map = self.map.clone();
        let draw = move || map.figure(&words, has_recipe);
        let (drawn, notes) = work::noted(py, self.failure.as_ref(), draw)?;
        Ok(Figure::new(drawn, notes))
    }
}

/// A finished map of initial points.
#[pyclass(frozen, module = "thalweg._thalweg")]
pub(crate) struct StartMap(Finished<StartMapResult>);

/// Maps how runs end from a grid of initial points.
#[pyfunction]
pub(crate) fn map_starts(
    py: Python,
    words: Vec<String>,
    problem: Option<Py<Problem>>,
    optimizers: Custom,
) -> PyResult<StartMap> {
    Finished::new(py, words, problem, optimizers).map(StartMap)
}

/// Returns the map of a pickle. The other arguments are those of the finished map.
#[pyfunction]
pub(crate) fn stored_start_map(
    py: Python,
    words: Vec<String>,
    problem: Option<Py<Problem>>,
    optimizers: Custom,
    bytes: &[u8],
) -> PyResult<StartMap> {
    Finished::read(py, &words, problem, optimizers, bytes).map(StartMap)
}

#[pymethods]
impl StartMap {
    /// Notes on how the input was understood.
    fn notes(&self) -> &str {
        &self.0.notes
    }

    /// The figure that the words of the command draw.
    fn figure(&self, py: Python, words: Vec<String>) -> PyResult<Figure> {
        self.0.figure(py, words)
    }

    /// The map as bytes for a pickle.
    fn stored<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        self.0.stored(py)
    }

    /// A table with one row per optimizer.
    fn summary(&self) -> String {
        Host::default().run(|| self.0.map.summary())
    }

    /// The first weights of the columns and the second weights of the rows.
    fn axes<'py>(&self, py: Python<'py>) -> [Bound<'py, PyArray1<f64>>; 2] {
        self.0.map.axes().map(|axis| PyArray1::from_slice(py, axis))
    }

    /// A quantity of all cells: (optimizers, rows, columns).
    fn numbers<'py>(&self, py: Python<'py>, show: &str) -> PyResult<Bound<'py, PyArrayDyn<f64>>> {
        let quantity = match show {
            "epochs" => StartQuantity::Epochs,
            "evaluations" => StartQuantity::Evaluations,
            "minimum" => StartQuantity::Minimum,
            "loss" => StartQuantity::Loss,
            "outcome" => StartQuantity::Outcome,
            _ => return Err(PyKeyError::new_err(show.to_owned())),
        };
        let [xs, ys] = self.0.map.axes();
        grid(py, self.0.map.numbers(quantity), [ys.len(), xs.len()])
    }
}

/// The outcomes of runs in words, in the order of their codes.
#[pyfunction]
pub(crate) fn outcomes() -> Vec<&'static str> {
    Outcome::ALL.iter().map(|outcome| outcome.word()).collect()
}

/// A finished map of settings.
#[pyclass(frozen, module = "thalweg._thalweg")]
pub(crate) struct SettingsMap(Finished<SettingsMapResult>);

/// Maps the number of epochs to the target, or the final loss, over the values of one or two settings.
#[pyfunction]
pub(crate) fn map_settings(
    py: Python,
    words: Vec<String>,
    problem: Option<Py<Problem>>,
    optimizers: Custom,
) -> PyResult<SettingsMap> {
    Finished::new(py, words, problem, optimizers).map(SettingsMap)
}

/// Returns the map of a pickle. The other arguments are those of the finished map.
#[pyfunction]
pub(crate) fn stored_settings_map(
    py: Python,
    words: Vec<String>,
    problem: Option<Py<Problem>>,
    optimizers: Custom,
    bytes: &[u8],
) -> PyResult<SettingsMap> {
    Finished::read(py, &words, problem, optimizers, bytes).map(SettingsMap)
}

#[pymethods]
impl SettingsMap {
    /// Notes on how the input was understood.
    fn notes(&self) -> &str {
        &self.0.notes
    }

    /// The figure that the words of the command draw.
    fn figure(&self, py: Python, words: Vec<String>) -> PyResult<Figure> {
        self.0.figure(py, words)
    }

    /// The map as bytes for a pickle.
    fn stored<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        self.0.stored(py)
    }

    /// A table with the best settings of each optimizer.
    fn summary(&self, words: Vec<String>) -> PyResult<String> {
        let summary = Host::default().run(|| self.0.map.summary(&words));
        summary.map_err(exception)
    }

    /// The keys of the settings with their values.
    fn over(&self) -> Vec<(String, Vec<String>)> {
        self.0.map.over()
    }

    /// A quantity of all cells: (optimizers, second setting, first setting).
    fn numbers<'py>(&self, py: Python<'py>, show: &str) -> PyResult<Bound<'py, PyArrayDyn<f64>>> {
        let numbers = match show {
            "epochs" => self.0.map.numbers(SettingQuantity::Epochs),
            "loss" => self.0.map.numbers(SettingQuantity::Loss),
            "reached" => self.0.map.reached(),
            _ => return Err(PyKeyError::new_err(show.to_owned())),
        };
        let [columns, rows] = self.0.map.size();
        grid(py, numbers, [rows, columns])
    }
}

/// Returns the experiment of a map and the exceptions of its functions, if parts of it are written in Python. `has_run`
/// states whether the map is finished, so that nothing of Python is called.
fn custom(
    py: Python,
    words: &[String],
    problem: Option<Py<Problem>>,
    optimizers: Custom,
    has_run: bool,
) -> PyResult<(Option<PreparedExperiment>, Option<Failure>)> {
    let Some(optimizers) = optimizers else {
        return Ok((None, None));
    };
    let failure = Failure::default();
    // A map does not show the channels of a state.
    let channels = has_run.then(|| vec![Vec::new(); optimizers.len()]);
    let contest = custom_contest(
        py,
        words,
        problem,
        &optimizers,
        &failure,
        channels.as_deref(),
    )?;
    Ok((Some(contest), Some(failure)))
}

fn grid(
    py: Python<'_>,
    numbers: Vec<f64>,
    [rows, columns]: [usize; 2],
) -> PyResult<Bound<'_, PyArrayDyn<f64>>> {
    let optimizers = numbers.len() / (rows * columns).max(1);
    let numbers = PyArray1::from_vec(py, numbers);
    Ok(numbers
        .reshape([optimizers, rows, columns])?
        .to_dyn()
        .clone())
}
