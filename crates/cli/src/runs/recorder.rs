//! Records the steps of runs in memory, up to a limit.

use crate::{
    failure::{Result, usage},
    runs::interrupt::Interrupt,
    terminal::Progress,
};
use thalweg::{experiment::PreparedExperiment, run::Run, trace::Trace};
use thalweg_gallery::map::count;

/// Memory limit for the steps of all runs in bytes. A figure needs at least the same amount in addition.
const MAX_KEPT_BYTES: usize = 2 << 30;

/// Number of epochs between updates of the progress bar.
const PROGRESS_INTERVAL: u64 = 1024;

/// Records every step of runs, one run after the other, up to a memory limit.
pub(crate) struct Recorder<'a> {
    interrupt: &'a Interrupt,
    /// The remaining memory in bytes.
    left: usize,
}

impl<'a> Recorder<'a> {
    pub(crate) fn new(interrupt: &'a Interrupt) -> Self {
        Self::with_limit(MAX_KEPT_BYTES, interrupt)
    }

    fn with_limit(left: usize, interrupt: &'a Interrupt) -> Self {
        Self { interrupt, left }
    }

    /// Executes the runs of all optimizers.
    pub(crate) fn record_all(&mut self, contest: &PreparedExperiment) -> Result<Vec<Trace>> {
        contest.runs().map(|run| self.record(run)).collect()
    }

    /// Executes a run and records every step.
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

/// Returns a function that checks for Ctrl-C in every epoch and updates the progress bar from time to time. A host
/// receives every epoch, because an epoch of its functions may take long.
pub(crate) fn poll<'a>(
    interrupt: &'a Interrupt,
    progress: &'a Progress,
) -> impl Fn(&Run) -> Result + 'a {
    |run| {
        if progress.has_host() || run.epoch().is_multiple_of(PROGRESS_INTERVAL) {
            progress.set(run.epoch());
        }
        interrupt.check()
    }
}

/// Subtracts the memory of one row of the trace from the remaining memory.
fn take(left: &mut usize, run: &Run) -> Result {
    if let Some(less) = left.checked_sub(Trace::row_bytes(run)) {
        *left = less;
        return Ok(());
    }
    Err(usage!(
        "the steps for the picture reached the memory limit after {}: {} GiB",
        count(run.epoch(), "epoch"), MAX_KEPT_BYTES >> 30;
        "reduce --epochs, set a --target, or use fewer optimizers; `train --plain` stores no steps"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg::experiment::{Experiment, Target};

    #[test]
    fn recording_stops_at_the_memory_limit() {
        let with = vec!["gradient-descent".parse().unwrap()];
        let contest = Experiment {
            target: Target::None,
            epochs: 99,
            ..Experiment::new("article".parse().unwrap(), with)
        };
        let contest = contest.prepare().unwrap();
        let run = || contest.runs().next().unwrap();
        let (row, interrupt) = (Trace::row_bytes(&run()), Interrupt::listen());
        // The limit applies to all runs together, so the second run exceeds it.
        let mut recorder = Recorder::with_limit(150 * row, &interrupt);
        assert_eq!(recorder.record(run()).unwrap().epochs(), 99);
        let refused = recorder.record(run()).unwrap_err();
        assert!(refused.to_string().contains("after 50 epochs"), "{refused}");
    }
}
