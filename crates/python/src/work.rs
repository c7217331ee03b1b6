//! Work without the global interpreter lock, which Ctrl-C interrupts.

use crate::failure::Failure;
use pyo3::{
    create_exception,
    exceptions::{PyKeyboardInterrupt, PyOSError, PyValueError},
    prelude::*,
};
use std::{
    panic,
    sync::{
        Mutex,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};
use thalweg_cli::embed::{self, CommandError, ErrorKind, Host};

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
/// Interval between updates of the progress bar.
const UPDATE: Duration = Duration::from_millis(100);
/// Time in which interrupted work must end. Afterwards it is abandoned.
const GRACE: Duration = Duration::from_millis(100);
/// Time before the progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// Returns the exception of an error, whose text names keywords instead of flags.
pub(crate) fn exception(error: CommandError) -> PyErr {
    let text = embed::in_keywords(&error.text);
    match error.kind {
        ErrorKind::Input => Error::new_err(text),
        ErrorKind::System => PyOSError::new_err(text),
        ErrorKind::Interrupted => PyKeyboardInterrupt::new_err(()),
    }
}

/// Does some work in another thread without the interpreter lock, and waits for it. After Ctrl-C, it waits for a short time, in
/// which the work usually ends. Work that takes longer is abandoned: its unfinished files are deleted, and its thread ends at
/// its next check.
///
/// # Errors
/// The work fails, or a signal handler raises an exception.
pub(crate) fn run<T: Send + 'static>(
    py: Python,
    host: &Host,
    work: impl FnOnce() -> Result<T, CommandError> + Send + 'static,
) -> PyResult<T> {
    py.detach(|| run_in_thread(host, work))
}

/// Does some work and returns its result and notes: in this thread if it calls functions of Python, whose exceptions go to
/// `failure`, and in another thread otherwise.
///
/// # Errors
/// The work fails, a function raises an exception, or a signal handler does.
pub(crate) fn noted<T: Send + 'static>(
    py: Python,
    failure: Option<&Failure>,
    work: impl FnOnce() -> Result<T, CommandError> + Send + 'static,
) -> PyResult<(T, String)> {
    let host = failure.map_or_else(Host::default, host_here);
    let result = match failure {
        Some(failure) => run_here(py, &host, failure, work),
        None => run(py, &host, work),
    };
    Ok((result?, notes(&host)))
}

/// Returns the notes of the work, which name keywords instead of flags.
pub(crate) fn notes(host: &Host) -> String {
    embed::in_keywords(&host.take_notes())
}

/// Does some work in this thread without the interpreter lock. The work calls functions of Python, which Ctrl-C ends. The
/// host must be one of [`host_here`].
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

/// Returns the host of work in the thread of the caller, which must check for signals itself. An exception of a signal handler
/// goes to `failure`.
pub(crate) fn host_here(failure: &Failure) -> Host {
    let (failure, watch) = (failure.clone(), Mutex::new(Watch::default()));
    Host::with_poll(move |host| {
        // A check during a check, by the functions of Python, does nothing.
        let Some(mut watch) = watch.try_lock().ok().filter(|watch| watch.is_due()) else {
            return;
        };
        if failure.attempt(|py| watch.tick(py, host)).is_none() {
            host.interrupt(SIGINT);
        }
    })
}

fn run_in_thread<T: Send + 'static>(
    host: &Host,
    work: impl FnOnce() -> Result<T, CommandError> + Send + 'static,
) -> PyResult<T> {
    let (sender, receiver) = mpsc::channel::<()>();
    let own = host.clone();
    let worker = thread::spawn(move || {
        // Dropping the sender wakes the thread of the caller, also after a panic.
        let _sender = sender;
        own.run(work)
    });
    let mut watch = Watch::default();
    let mut watched = Ok(());
    while receiver.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
        watched = Python::attach(|py| watch.tick(py, host));
        if watched.is_err() {
            host.interrupt(SIGINT);
            if receiver.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
                embed::abandon(host);
            }
            break;
        }
    }
    watch.close()?;
    watched?;
    let result = worker.join();
    result
        .unwrap_or_else(|panic| panic::resume_unwind(panic))
        .map_err(exception)
}

/// Checks for signals, and shows the progress of work that takes more than a second.
struct Watch {
    start: Instant,
    last_tick: Instant,
    last_update: Instant,
    bar: Option<Py<PyAny>>,
}

impl Default for Watch {
    fn default() -> Self {
        let start = now();
        Self {
            start,
            last_tick: start,
            last_update: start,
            bar: None,
        }
    }
}

impl Watch {
    /// Returns whether enough time has passed since the last check.
    fn is_due(&self) -> bool {
        now() - self.last_tick >= TICK
    }

    fn tick(&mut self, py: Python, host: &Host) -> PyResult<()> {
        let now = now();
        self.last_tick = now;
        py.check_signals()?;
        if now - self.start < PATIENCE || now - self.last_update < UPDATE {
            return Ok(());
        }
        let Some(progress) = host.progress() else {
            return Ok(());
        };
        self.last_update = now;
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

    fn close(&mut self) -> PyResult<()> {
        match self.bar.take() {
            Some(bar) => Python::attach(|py| bar.call_method0(py, "close").map(drop)),
            None => Ok(()),
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // An error of the bar does not matter after the work.
        let _ = self.close();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the time decides only when signals are checked and when progress is shown"
)]
fn now() -> Instant {
    Instant::now()
}
