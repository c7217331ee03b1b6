//! The program that embeds the commands and receives their output, instead of a terminal.

use std::{
    cell::RefCell,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
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
    output: Mutex<String>,
    notes: Mutex<String>,
    progress: Mutex<Option<WorkProgress>>,
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

    /// Returns how much of the work is done, if it reports that.
    pub fn progress(&self) -> Option<WorkProgress> {
        lock(&self.0.progress).clone()
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

    pub(super) fn print(&self, text: &str) {
        lock(&self.0.output).push_str(text);
    }

    pub(super) fn note(&self, text: &str) {
        lock(&self.0.notes).push_str(text);
    }

    pub(super) fn report(&self, progress: Option<WorkProgress>) {
        *lock(&self.0.progress) = progress;
    }
}

/// The texts stay usable after a panic of another thread.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
