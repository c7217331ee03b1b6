//! Work without the global interpreter lock, which Ctrl-C interrupts.

use crate::failure::Failure;
use pyo3::{
    create_exception,
    exceptions::{PyKeyboardInterrupt, PyOSError, PyValueError},
    prelude::*,
};
use std::{
    panic,
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};
use thalweg_cli::embed::{CommandError, ErrorKind, Host};

create_exception!(
    thalweg,
    Error,
    PyValueError,
    "Invalid input: states what is wrong, what is allowed, and what to do."
);

/// The number of the signal of Ctrl-C.
const SIGINT: usize = 2;
/// Interval between checks for Ctrl-C.
const TICK: Duration = Duration::from_millis(20);
/// Number of checks before the progress is shown: one second.
const PATIENCE: u64 = 50;

/// Returns the exception of an error.
pub(crate) fn exception(error: CommandError) -> PyErr {
    match error.kind {
        ErrorKind::Input => Error::new_err(error.text),
        ErrorKind::System => PyOSError::new_err(error.text),
        ErrorKind::Interrupted => PyKeyboardInterrupt::new_err(()),
    }
}

/// Does some work in another thread without the interpreter lock, and waits for it. Ctrl-C ends it, because only the
/// thread of the caller can handle signals.
///
/// # Errors
/// The work fails, or a signal handler raises an exception.
pub(crate) fn run<T: Send>(
    py: Python,
    host: &Host,
    work: impl FnOnce() -> Result<T, CommandError> + Send,
) -> PyResult<T> {
    py.detach(|| thread::scope(|scope| run_in(scope, host, work)))
}

/// Does some work in this thread without the interpreter lock. The work calls functions of Python, which Ctrl-C ends.
///
/// # Errors
/// A function raises an exception, or the work fails.
pub(crate) fn run_here<T: Send>(
    py: Python,
    host: &Host,
    failure: &Failure,
    work: impl FnOnce() -> Result<T, CommandError> + Send,
) -> PyResult<T> {
    let result = py.detach(|| host.run(work));
    failure.or(result.map_err(exception))
}

fn run_in<'scope, T: Send + 'scope>(
    scope: &'scope thread::Scope<'scope, '_>,
    host: &'scope Host,
    work: impl FnOnce() -> Result<T, CommandError> + Send + 'scope,
) -> PyResult<T> {
    let (sender, receiver) = mpsc::channel::<()>();
    let worker = scope.spawn(move || {
        // Dropping the sender wakes the thread of the caller, also after a panic.
        let _sender = sender;
        host.run(work)
    });
    let mut watch = Watch::default();
    let mut watched = Ok(());
    while receiver.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
        if watched.is_ok() {
            watched = Python::attach(|py| watch.tick(py, host));
            if watched.is_err() {
                host.interrupt(SIGINT);
            }
        }
    }
    let result = worker
        .join()
        .unwrap_or_else(|panic| panic::resume_unwind(panic));
    let closed = Python::attach(|py| watch.close(py));
    watched.and(closed)?;
    result.map_err(exception)
}

/// Checks for signals, and shows the progress of work that takes more than a second.
#[derive(Default)]
struct Watch {
    ticks: u64,
    bar: Option<Py<PyAny>>,
}

impl Watch {
    fn tick(&mut self, py: Python, host: &Host) -> PyResult<()> {
        py.check_signals()?;
        self.ticks += 1;
        let Some(progress) = host.progress().filter(|_| self.ticks >= PATIENCE) else {
            return Ok(());
        };
        let bar = match &self.bar {
            Some(bar) => bar,
            None => self.bar.insert(
                py.import("thalweg._progress")?
                    .getattr("Bar")?
                    .call0()?
                    .unbind(),
            ),
        };
        let total = (!progress.is_limit).then_some(progress.total);
        bar.call_method1(py, "update", (progress.done, total, progress.unit))?;
        Ok(())
    }

    fn close(&self, py: Python) -> PyResult<()> {
        match &self.bar {
            Some(bar) => bar.call_method0(py, "close").map(drop),
            None => Ok(()),
        }
    }
}
