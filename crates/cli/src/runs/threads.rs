//! Work in pieces over all threads, its results in the order of the pieces.

use crate::{
    failure::{Result, usage},
    runs::interrupt::Interrupt,
};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::{
    collections::BTreeMap,
    sync::{Arc, mpsc},
    time::Duration,
};

/// Pieces to a thread that may be under way or wait for one before them: enough that no thread stands idle.
const MAX_PIECES_PER_THREAD: usize = 16;
/// How often Ctrl-C is looked at while no piece is done.
pub(crate) const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Threads that work on pieces.
pub(crate) struct WorkerPool(ThreadPool);

impl WorkerPool {
    /// So many threads, or as many as the machine has.
    pub(crate) fn new(count: Option<usize>) -> Result<Self> {
        let pool = ThreadPoolBuilder::new().num_threads(count.unwrap_or(0));
        let pool = pool.build();
        let cannot = |error| usage!("cannot start threads: {error}"; "give fewer --threads");
        pool.map(Self).map_err(cannot)
    }

    /// How many they are.
    pub(crate) fn count(&self) -> usize {
        self.0.current_num_threads()
    }

    /// Begins some work; nobody waits for it.
    pub(crate) fn spawn(&self, work: impl FnOnce() + Send + 'static) {
        self.0.spawn(work);
    }

    /// Does some work that is itself in parallel on these threads, and waits for it.
    pub(crate) fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.install(work)
    }

    /// Does the pieces `0..count` and takes their results one after the other.
    ///
    /// At Ctrl-C it does not wait for what is under way: the program's end is the end of that.
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
            // Where nobody listens any more, nobody misses the result.
            self.spawn(move || drop(sender.send((piece, work(piece)))));
        };
        let ahead = MAX_PIECES_PER_THREAD * self.count();
        (0..count.min(ahead)).for_each(begin);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        while next < count {
            interrupt.check()?;
            match receiver.recv_timeout(POLL_INTERVAL) {
                Ok((piece, result)) => waiting.insert(piece, result),
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
