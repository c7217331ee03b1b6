//! The program that embeds the commands and receives their output, instead of a terminal.

use std::{
    cell::RefCell,
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
};

/// A program that embeds the commands: it receives what they print, and it can interrupt them.
///
/// Clones share their state, so that another thread can watch and interrupt the work.
#[derive(Clone, Debug, Default)]
pub struct Host(Arc<HostState>);

#[derive(Debug, Default)]
struct HostState {
    signal: Arc<AtomicUsize>,
    is_abandoned: AtomicBool,
    output: Mutex<String>,
    notes: Mutex<String>,
    progress: Mutex<Option<WorkProgress>>,
    /// Number of completed units of the progress.
    done: AtomicU64,
    poll: Poll,
}

type PollFunction = dyn Fn(&Host) + Send + Sync;

/// A function that the work calls often.
#[derive(Default)]
struct Poll(Option<Box<PollFunction>>);

impl fmt::Debug for Poll {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Poll")
    }
}

/// How much of some work is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkProgress {
    /// Number of completed units.
    pub done: u64,
    /// Number of all units; an upper bound if `is_limit`.
    pub total: u64,
    /// Whether the work may end earlier.
    pub is_limit: bool,
    /// Name of the units, such as `epochs`.
    pub unit: String,
}

thread_local! {
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

impl Host {
    /// Creates a host whose function the work calls wherever an interruption can end it.
    pub fn with_poll(poll: impl Fn(&Self) + Send + Sync + 'static) -> Self {
        Self(Arc::new(HostState {
            poll: Poll(Some(Box::new(poll))),
            ..HostState::default()
        }))
    }

    /// Does some work on this thread with this host.
    pub fn run<T>(&self, work: impl FnOnce() -> T) -> T {
        /// Removes the host, also after a panic.
        struct Reset(Option<Host>);
        impl Drop for Reset {
            fn drop(&mut self) {
                HOST.set(self.0.take());
            }
        }
        let _reset = Reset(HOST.replace(Some(self.clone())));
        work()
    }

    /// Asks the work to end as after the signal with this number.
    pub fn interrupt(&self, signal: usize) {
        self.0.signal.store(signal, Ordering::Relaxed);
    }

    /// States that nobody waits for the work any longer.
    pub(crate) fn abandon(&self) {
        self.0.is_abandoned.store(true, Ordering::Relaxed);
    }

    /// Returns whether nobody waits for the work any longer.
    pub(crate) fn is_abandoned(&self) -> bool {
        self.0.is_abandoned.load(Ordering::Relaxed)
    }

    /// Returns whether both are the same host.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Returns how much of the work is done, if it reports that.
    pub fn progress(&self) -> Option<WorkProgress> {
        let progress = lock(&self.0.progress).clone();
        let done = self.0.done.load(Ordering::Relaxed);
        progress.map(|progress| WorkProgress { done, ..progress })
    }

    /// Removes and returns the text that was written to standard output.
    pub fn take_output(&self) -> String {
        std::mem::take(&mut lock(&self.0.output))
    }

    /// Removes and returns the notes, which a terminal shows on standard error.
    pub fn take_notes(&self) -> String {
        std::mem::take(&mut lock(&self.0.notes))
    }

    /// Returns the host of this thread, if there is one.
    pub(crate) fn current() -> Option<Self> {
        HOST.with_borrow(Clone::clone)
    }

    pub(crate) fn signal(&self) -> Arc<AtomicUsize> {
        self.0.signal.clone()
    }

    pub(crate) fn poll(&self) {
        if let Some(poll) = &self.0.poll.0 {
            poll(self);
        }
    }

    pub(super) fn print(&self, text: &str) {
        lock(&self.0.output).push_str(text);
    }

    pub(super) fn note(&self, text: &str) {
        lock(&self.0.notes).push_str(text);
    }

    /// Begins to report how much of some work is done, or ends it.
    pub(super) fn report(&self, progress: Option<WorkProgress>) {
        let done = progress.as_ref().map_or(0, |progress| progress.done);
        self.0.done.store(done, Ordering::Relaxed);
        *lock(&self.0.progress) = progress;
    }

    pub(super) fn set_done(&self, done: u64) {
        self.0.done.store(done, Ordering::Relaxed);
    }

    pub(super) fn done(&self) -> u64 {
        self.0.done.load(Ordering::Relaxed)
    }
}

/// The texts stay usable after a panic of another thread.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
