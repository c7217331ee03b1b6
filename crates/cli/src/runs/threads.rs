//! Parallel work in pieces, with the results in the order of the pieces.

use crate::{
    failure::{Result, usage},
    runs::interrupt::Interrupt,
};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::{
    collections::BTreeMap,
    panic::{self, AssertUnwindSafe},
    sync::{Arc, mpsc},
    time::Duration,
};

/// Maximum number of pieces per thread that are running or waiting for an earlier piece. It keeps all threads busy.
const MAX_PIECES_PER_THREAD: usize = 16;
/// Interval between checks for Ctrl-C while no result arrives.
pub(crate) const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// A pool of worker threads.
pub(crate) struct WorkerPool(ThreadPool);

impl WorkerPool {
    /// Creates a pool of `count` threads, or one per core.
    pub(crate) fn new(count: Option<usize>) -> Result<Self> {
        let pool = ThreadPoolBuilder::new().num_threads(count.unwrap_or(0));
        let pool = pool.build();
        let cannot = |error| usage!("cannot start threads: {error}"; "reduce --threads");
        pool.map(Self).map_err(cannot)
    }

    /// Returns the number of threads.
    pub(crate) fn count(&self) -> usize {
        self.0.current_num_threads()
    }

    /// Starts some work without waiting for it.
    pub(crate) fn spawn(&self, work: impl FnOnce() + Send + 'static) {
        self.0.spawn(work);
    }

    /// Runs parallel work on these threads and waits for its result.
    pub(crate) fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.install(work)
    }

    /// Computes the pieces `0..count` in parallel and passes their results to `take` in order.
    ///
    /// After Ctrl-C it does not wait for the running pieces, because they end with the program.
    pub(crate) fn map_ordered<T: Send + 'static>(
        &self,
        count: usize,
        interrupt: &Interrupt,
        work: impl Fn(usize) -> T + Send + Sync + 'static,
        mut take: impl FnMut(usize, T) -> Result,
    ) -> Result {
        let work = Arc::new(work);
        let (sender, receiver) = mpsc::channel();
        let begin = |piece: usize| {
            let (work, sender) = (work.clone(), sender.clone());
            self.spawn(move || {
                let result = panic::catch_unwind(AssertUnwindSafe(|| work(piece)));
                // After an error the receiver is gone, and the result is not needed.
                drop(sender.send((piece, result)));
            });
        };
        let ahead = MAX_PIECES_PER_THREAD * self.count();
        (0..count.min(ahead)).for_each(begin);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        while next < count {
            interrupt.check()?;
            match receiver.recv_timeout(POLL_INTERVAL) {
                Ok((piece, Ok(result))) => waiting.insert(piece, result),
                Ok((_, Err(panic))) => panic::resume_unwind(panic),
                Err(_) => continue,
            };
            while let Some(result) = waiting.remove(&next) {
                take(next, result)?;
                next += 1;
                if next + ahead <= count {
                    begin(next + ahead - 1);
                }
            }
        }
        Ok(())
    }
}

/// Computes the pieces `0..count`, those for which `is_here` in this thread and before them all others in parallel, and returns
/// their results in order. `count_done` receives the number of finished pieces.
pub(crate) fn map_split<T: Send + 'static>(
    count: usize,
    threads: &WorkerPool,
    interrupt: &Interrupt,
    is_here: impl Fn(usize) -> bool,
    work: impl Fn(usize) -> std::result::Result<T, thalweg::Error> + Send + Sync + 'static,
    count_done: impl Fn(usize),
) -> Result<Vec<T>> {
    let (here, there): (Vec<usize>, Vec<usize>) = (0..count).partition(|piece| is_here(*piece));
    let (work, there) = (Arc::new(work), Arc::new(there));
    let (work_there, pieces) = (work.clone(), there.clone());
    let mut results = BTreeMap::new();
    let mut take = |piece: usize, result: std::result::Result<T, thalweg::Error>| {
        results.insert(piece, result?);
        count_done(results.len());
        Ok(())
    };
    threads.map_ordered(
        there.len(),
        interrupt,
        move |i| work_there(pieces[i]),
        |i, result| take(there[i], result),
    )?;
    map_here(
        here.len(),
        interrupt,
        |i| work(here[i]),
        |i, result| take(here[i], result),
    )?;
    Ok(results.into_values().collect())
}

/// Computes the pieces `0..count` in this thread and passes their results to `take`.
pub(crate) fn map_here<T>(
    count: usize,
    interrupt: &Interrupt,
    work: impl Fn(usize) -> T,
    mut take: impl FnMut(usize, T) -> Result,
) -> Result {
    for piece in 0..count {
        interrupt.check()?;
        take(piece, work(piece))?;
    }
    Ok(())
}
