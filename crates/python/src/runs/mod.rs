//! The runs of an experiment.

pub(crate) mod stored;

use crate::{
    arrays::{matrix, vector},
    experiment::{Contender, custom_contest},
    failure::Failure,
    problem::Problem,
    work,
};
use numpy::{PyArray1, PyArray2};
use pyo3::{exceptions::PyKeyError, prelude::*, types::PyBytes};
use std::sync::Arc;
use stored::{StoredHead, damaged};
use thalweg::{
    bytes::ByteReader,
    contender::ComparedOptimizer,
    experiment::PreparedExperiment,
    inspect::{Channel, Shape},
    trace::Trace,
};
use thalweg_cli::embed::{self, CommandError, Host};
use thalweg_gallery::words;

/// An experiment with its finished runs.
#[pyclass(frozen, module = "thalweg._thalweg")]
pub(crate) struct Runs {
    pub(crate) contest: Arc<PreparedExperiment>,
    pub(crate) traces: Arc<Vec<Trace>>,
    notes: String,
    /// The exceptions of the functions of Python, if there are any such functions.
    failure: Option<Failure>,
}

/// The columns of the evaluations of the loss, the gradient, and the Hessian.
type Calls<'py> = [Bound<'py, PyArray1<u64>>; 3];
/// One point that a line search evaluated: the weights, the multiple of the direction, and the loss.
type TrialRow<'py> = (Bound<'py, PyArray1<f64>>, f64, f64);

/// Trains with the experiment of a command `train`.
#[pyfunction]
pub(crate) fn train(py: Python, words: Vec<String>) -> PyResult<Runs> {
    let ((contest, traces), notes) = work::noted(py, None, move || {
        let contest = embed::tuned(&words, embed::experiment(&words)?, false)?;
        let traces = embed::record(&contest)?;
        Ok((contest, traces))
    })?;
    Ok(Runs {
        contest: Arc::new(contest),
        traces: Arc::new(traces),
        notes,
        failure: None,
    })
}

/// Trains on a problem or with optimizers that are written in Python. The words are those of a command `train` without
/// them.
#[pyfunction]
pub(crate) fn train_custom(
    py: Python,
    words: Vec<String>,
    problem: Option<Py<Problem>>,
    optimizers: Vec<Contender>,
) -> PyResult<Runs> {
    let failure = Failure::default();
    let host = work::host_here(&failure);
    let contest = custom_contest(py, &words, problem, &optimizers, &failure, None)?;
    let (contest, traces) = work::run_here(py, &host, &failure, || {
        let contest = embed::tuned(&words, contest, true)?;
        let traces = embed::record(&contest)?;
        Ok((contest, traces))
    })?;
    Ok(Runs {
        contest: Arc::new(contest),
        traces: Arc::new(traces),
        notes: work::notes(&host),
        failure: Some(failure),
    })
}

/// Returns the runs of a pickle. The words and the parts that are written in Python are those with which they were trained;
/// there are no optimizers if nothing is written in Python.
#[pyfunction]
pub(crate) fn stored_runs(
    py: Python,
    words: Vec<String>,
    problem: Option<Py<Problem>>,
    optimizers: Option<Vec<Contender>>,
    bytes: &[u8],
) -> PyResult<Runs> {
    let reader = &mut ByteReader::new(bytes);
    let head = StoredHead::read(reader)?;
    let traces = reader.list(Trace::read_bytes).ok_or_else(damaged)?;
    let (contest, failure) = match optimizers {
        None => {
            let prepare = move || embed::experiment(&words);
            (work::run(py, &Host::default(), prepare)?, None)
        }
        Some(optimizers) => {
            let channels = traces.iter().map(channels).collect::<Vec<_>>();
            if channels.len() != optimizers.len() {
                return Err(damaged());
            }
            let failure = Failure::default();
            let known = Some(&channels[..]);
            let contest = custom_contest(py, &words, problem, &optimizers, &failure, known)?;
            (contest, Some(failure))
        }
    };
    head.check(&contest)?;
    let contest = head.tuned(&contest)?;
    let fits = |trace: &Trace| trace.dim == contest.start.len();
    if traces.len() != contest.contenders.len() || !traces.iter().all(fits) {
        return Err(damaged());
    }
    Ok(Runs {
        contest: Arc::new(contest),
        traces: Arc::new(traces),
        notes: head.notes,
        failure,
    })
}

/// Returns the channels of a trace.
fn channels(trace: &Trace) -> Vec<Channel> {
    let series = trace.inner.iter();
    series.map(|series| series.channel.clone()).collect()
}

impl Runs {
    fn run(&self, run: usize) -> (&ComparedOptimizer, &Trace) {
        (&self.contest.contenders[run], &self.traces[run])
    }

    /// Does some work with the runs and returns its result and notes. Functions of Python are called in the thread of the
    /// caller, because some libraries have settings for each thread.
    pub(crate) fn work<T: Send + 'static>(
        &self,
        py: Python,
        work: impl FnOnce() -> Result<T, CommandError> + Send + 'static,
    ) -> PyResult<(T, String)> {
        work::noted(py, self.failure.as_ref(), work)
    }

    /// Does some work that writes files, and deletes them if it is interrupted.
    pub(crate) fn write(
        &self,
        py: Python,
        work: impl FnOnce() -> Result<(), CommandError> + Send + 'static,
    ) -> PyResult<()> {
        match &self.failure {
            Some(failure) => work::run_here(py, &work::host_here(failure), failure, work),
            None => work::run(py, &Host::default(), work),
        }
    }
}

#[pymethods]
impl Runs {
    /// Number of runs.
    fn __len__(&self) -> usize {
        self.traces.len()
    }

    /// Some of the runs, by their indices.
    fn select(&self, runs: Vec<usize>) -> Self {
        let traces = runs.iter().map(|run| self.traces[*run].clone());
        Self {
            traces: Arc::new(traces.collect()),
            contest: Arc::new(self.contest.selected(&runs)),
            notes: self.notes.clone(),
            failure: self.failure.clone(),
        }
    }

    /// The runs as bytes for a pickle.
    fn stored<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        StoredHead::pickled(
            py,
            || StoredHead::of(&self.notes, &self.contest),
            |out| out.list(&self.traces, |out, trace| trace.write_bytes(out)),
        )
    }

    /// The table of the results with the settings in effect.
    fn results(&self) -> String {
        let text = || embed::results(&self.contest, &self.traces);
        Host::default().run(text)
    }

    /// Notes on how the input was understood.
    fn notes(&self) -> &str {
        &self.notes
    }

    /// Title of the problem.
    fn problem(&self) -> &str {
        &self.contest.problem.title
    }

    /// Names of the weights.
    fn weight_names(&self) -> Vec<String> {
        self.contest.problem.weight_names.clone()
    }

    /// The initial point.
    fn start<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        PyArray1::from_slice(py, &self.contest.start)
    }

    /// Label of a run.
    fn label(&self, run: usize) -> &str {
        &self.run(run).0.label
    }

    /// Pick of a run.
    fn pick(&self, run: usize) -> &str {
        self.run(run).0.pick.text()
    }

    /// Number of steps.
    fn epochs(&self, run: usize) -> u64 {
        self.run(run).1.epochs()
    }

    /// Why a run ended: one or two words, and a sentence.
    fn outcome(&self, run: usize) -> (&'static str, String) {
        let stop = self.run(run).1.stop;
        (stop.word(), stop.to_string())
    }

    /// The distance of the final weights to the nearest known minimum.
    fn distance(&self, run: usize) -> Option<f64> {
        self.contest.problem.distance(self.run(run).1.last())
    }

    /// The weights after each epoch: (epochs + 1, dim).
    fn weights<'py>(&self, py: Python<'py>, run: usize) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let trace = self.run(run).1;
        matrix(py, &trace.weights, trace.dim)
    }

    /// The loss after each epoch: (epochs + 1).
    fn losses<'py>(&self, py: Python<'py>, run: usize) -> Bound<'py, PyArray1<f64>> {
        PyArray1::from_slice(py, &self.run(run).1.losses)
    }

    /// The cumulative numbers of evaluations of the loss, the gradient, and the Hessian: (epochs + 1) each.
    fn calls<'py>(&self, py: Python<'py>, run: usize) -> Calls<'py> {
        let calls = &self.run(run).1.calls;
        [
            vector(py, calls.iter().map(|calls| calls.value)),
            vector(py, calls.iter().map(|calls| calls.gradient)),
            vector(py, calls.iter().map(|calls| calls.hessian)),
        ]
    }

    /// Names and descriptions of the channels of the inner state.
    fn channels(&self, run: usize) -> Vec<(String, String)> {
        let series = self.run(run).1.inner.iter();
        let pairs = series.map(|s| (s.channel.name.to_string(), s.channel.help.to_string()));
        pairs.collect()
    }

    /// The values of a channel after each epoch: (epochs + 1) for a number, (epochs + 1, n) for a vector,
    /// (epochs + 1, n, n) for a matrix, and (epochs + 1, count, n) for points.
    fn channel<'py>(&self, py: Python<'py>, run: usize, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let trace = self.run(run).1;
        let Some(series) = trace.series(name) else {
            return Err(PyKeyError::new_err(name.to_owned()));
        };
        let rows = matrix(py, &series.numbers, series.width)?;
        let (count, dim) = (trace.losses.len(), trace.dim);
        match series.channel.shape {
            Shape::Scalar => rows.call_method1("reshape", (count,)),
            Shape::Matrix if dim > 0 && series.width == dim * dim => {
                rows.call_method1("reshape", (count, dim, dim))
            }
            Shape::Points | Shape::Simplex if dim > 0 => {
                rows.call_method1("reshape", (count, series.width / dim, dim))
            }
            _ => Ok(rows.into_any()),
        }
    }

    /// The points that the line search evaluated in one step.
    fn trials<'py>(&self, py: Python<'py>, run: usize, epoch: usize) -> Vec<TrialRow<'py>> {
        let trials = self.run(run).1.trials[epoch].iter();
        let rows = trials.map(|t| (PyArray1::from_slice(py, &t.weights), t.step, t.loss));
        rows.collect()
    }

    /// The explanation of a step, one paragraph per statement.
    fn explain(&self, py: Python, run: usize, epoch: usize) -> PyResult<Vec<String>> {
        let (contest, traces) = (self.contest.clone(), self.traces.clone());
        self.work(py, move || {
            let trace = &traces[run];
            let mut text = words::explanation(&contest, run, trace, epoch);
            text.extend((epoch == trace.last_row()).then(|| words::ending(trace)));
            Ok(text)
        })
        .map(|(text, _)| text)
    }
}
