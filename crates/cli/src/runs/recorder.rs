//! The steps of runs, kept for a picture as far as memory goes.

use crate::{
    failure::{Result, usage},
    runs::interrupt::Interrupt,
    terminal::Progress,
};
use thalweg::{experiment::PreparedExperiment, run::Run, trace::Trace};

/// The memory that the steps of all runs may take, in bytes: a figure takes as much again, or more.
const MAX_KEPT_BYTES: usize = 2 << 30;

/// The progress is shown every so many epochs.
const POLL_EVERY_EPOCHS: u64 = 1024;

/// Keeps every step of runs, one after the other, as far as memory goes.
pub(crate) struct Recorder<'a> {
    interrupt: &'a Interrupt,
    /// Bytes that may still be taken.
    left: usize,
}

impl<'a> Recorder<'a> {
    pub(crate) fn new(interrupt: &'a Interrupt) -> Self {
        Self::with_limit(MAX_KEPT_BYTES, interrupt)
    }

    fn with_limit(left: usize, interrupt: &'a Interrupt) -> Self {
        Self { interrupt, left }
    }

    /// Drives the runs of all contenders to their ends.
    pub(crate) fn record_all(&mut self, contest: &PreparedExperiment) -> Result<Vec<Trace>> {
        contest.runs().map(|run| self.record(run)).collect()
    }

    /// Drives a run to its end and keeps every step.
    pub(crate) fn record(&mut self, run: Run) -> Result<Trace> {
        let progress = Progress::new(run.budget().epochs, "epochs");
        let poll = poll(self.interrupt, &progress);
        let mut stopped = Ok(());
        let trace = Trace::record_while(run, |run| {
            stopped = poll(run).and_then(|()| take(&mut self.left, run));
            stopped.is_ok()
        });
        stopped.map(|()| trace)
    }
}

/// Looks at Ctrl-C at every epoch, and at the progress from time to time.
pub(crate) fn poll<'a>(
    interrupt: &'a Interrupt,
    progress: &'a Progress,
) -> impl Fn(&Run) -> Result + 'a {
    |run| {
        if run.epoch().is_multiple_of(POLL_EVERY_EPOCHS) {
            progress.set(run.epoch());
        }
        interrupt.check()
    }
}

/// Takes what the row of a run's trace needs from the bytes that are left.
fn take(left: &mut usize, run: &Run) -> Result {
    if let Some(less) = left.checked_sub(Trace::row_bytes(run)) {
        *left = less;
        return Ok(());
    }
    Err(usage!(
        "every step is kept for the picture, and after {} epochs they fill the {} GiB that they may take",
        run.epoch(), MAX_KEPT_BYTES >> 30;
        "give fewer --epochs, a --target that is reached, or fewer optimizers; train --plain keeps none"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg::experiment::{Experiment, Target};

    #[test]
    fn steps_are_kept_as_far_as_memory_goes() {
        let with = vec!["gradient-descent".parse().unwrap()];
        let contest = Experiment {
            target: Target::None,
            epochs: 99,
            ..Experiment::new("article".parse().unwrap(), with)
        };
        let contest = contest.prepare().unwrap();
        let run = || contest.runs().next().unwrap();
        let (row, interrupt) = (Trace::row_bytes(&run()), Interrupt::listen());
        // All runs together: the second one finds no more room.
        let mut recorder = Recorder::with_limit(150 * row, &interrupt);
        assert_eq!(recorder.record(run()).unwrap().epochs(), 99);
        let refused = recorder.record(run()).unwrap_err();
        assert!(refused.to_string().contains("after 50 epochs"), "{refused}");
    }
}
