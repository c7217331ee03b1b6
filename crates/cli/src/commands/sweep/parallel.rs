//! Executes runs in parallel and passes on their rows in order.

use super::{row_check::RowCheck, rows};
use crate::{failure::SIGINT, prelude::*, runs::threads::POLL_INTERVAL};
use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError, Sender},
    },
};
use thalweg::sweep::NumberedRuns;

/// Maximum number of runs per piece of work, and target number of pieces per thread.
const MAX_RUNS_PER_PIECE: u64 = 256;
const PIECES: u64 = 16;
/// No more work is started while this number of bytes waits for an earlier row.
const MAX_WAITING_BYTES: usize = 16 << 20;

/// A message from a worker thread.
enum WorkerMessage {
    /// The rows of `count` runs, starting with the run `first`.
    Rows {
        first: u64,
        count: u64,
        text: Vec<u8>,
    },
    /// A piece of work is complete.
    Done,
    /// A run could not be started.
    Failed(thalweg::Error),
}

/// Executes the runs and passes their rows to `take` in order: the text of some rows, and their number.
///
/// After an error or Ctrl-C, the threads are not joined; they end with the program.
pub(super) fn run_parallel<P: NumberedRuns + 'static>(
    plan: &Arc<P>,
    runs: Range<u64>,
    check: RowCheck,
    threads: &WorkerPool,
    interrupt: &Interrupt,
    mut take: impl FnMut(&[u8], u64) -> Result,
) -> Result {
    let many = threads.count() as u64;
    let at_once = ((runs.end - runs.start) / (many * PIECES)).clamp(1, MAX_RUNS_PER_PIECE);
    let (sender, news) = mpsc::channel();
    let (mut started, mut running) = (runs.start, 0);
    let mut queue = RowQueue::new(runs.start);
    while queue.next < runs.end {
        // Two pieces per thread, so that no thread waits for the next one.
        while started < runs.end && running < 2 * many && queue.bytes < MAX_WAITING_BYTES {
            let end = (started + at_once).min(runs.end);
            let (plan, runs, sender) = (plan.clone(), started..end, sender.clone());
            threads.spawn(move || work(&*plan, runs, check, &sender));
            started = end;
            running += 1;
        }
        interrupt.check()?;
        let first = match news.recv_timeout(POLL_INTERVAL) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::Interrupted { signal: SIGINT });
            }
        };
        // Combine all messages that have arrived into one write.
        for news in std::iter::once(first).chain(news.try_iter()) {
            match news {
                WorkerMessage::Rows { first, count, text } => queue.put(first, count, text),
                WorkerMessage::Done => running -= 1,
                WorkerMessage::Failed(error) => return Err(error.into()),
            }
        }
        let (text, count) = queue.take();
        if count > 0 {
            take(&text, count)?;
        }
    }
    Ok(())
}

/// Executes some runs and sends their rows. Ends early if the receiver is gone.
fn work(
    plan: &impl NumberedRuns,
    mut runs: Range<u64>,
    check: RowCheck,
    sender: &Sender<WorkerMessage>,
) {
    while !runs.is_empty() {
        let news = match plan.drive(runs.clone()) {
            Ok(rows) => {
                let mut text = Vec::new();
                for row in &rows {
                    rows::write(&mut text, row, check);
                }
                let (first, count) = (runs.start, rows.len() as u64);
                runs.start += count;
                WorkerMessage::Rows { first, count, text }
            }
            Err(error) => WorkerMessage::Failed(error),
        };
        let failed = matches!(news, WorkerMessage::Failed(_));
        if sender.send(news).is_err() || failed {
            return;
        }
    }
    // The receiver may be gone after the last row.
    let _ = sender.send(WorkerMessage::Done);
}

/// Rows that wait for earlier rows.
struct RowQueue {
    /// The first run whose row has not been taken.
    next: u64,
    waiting: BTreeMap<u64, (u64, Vec<u8>)>,
    bytes: usize,
}

impl RowQueue {
    fn new(next: u64) -> Self {
        Self {
            next,
            waiting: BTreeMap::new(),
            bytes: 0,
        }
    }

    fn put(&mut self, first: u64, count: u64, text: Vec<u8>) {
        self.bytes += text.len();
        self.waiting.insert(first, (count, text));
    }

    /// Removes and returns the rows that come next, and their number.
    fn take(&mut self) -> (Vec<u8>, u64) {
        let (mut all, begin) = (Vec::new(), self.next);
        while let Some((count, text)) = self.waiting.remove(&self.next) {
            self.next += count;
            self.bytes -= text.len();
            all.extend_from_slice(&text);
        }
        (all, self.next - begin)
    }
}

#[cfg(test)]
mod tests {
    use super::RowQueue;

    #[test]
    fn rows_wait_for_earlier_rows() {
        let mut queue = RowQueue::new(5);
        queue.put(8, 1, b"8".to_vec());
        assert_eq!(queue.take(), (vec![], 0));
        queue.put(5, 2, b"56".to_vec());
        assert_eq!(queue.take(), (b"56".to_vec(), 2));
        queue.put(7, 1, b"7".to_vec());
        assert_eq!(queue.take(), (b"78".to_vec(), 2));
        assert_eq!((queue.next, queue.bytes), (9, 0));
    }
}
