//! Measures the time and the peak memory of a child process.

use crate::process::{cannot_start, check_status};
use anyhow::{Context as _, Result};
use std::{
    process::Command,
    time::{Duration, Instant},
};
use wait4::Wait4;

/// Returns the current time. Only this function and the example `kernels` read a clock.
#[expect(clippy::disallowed_methods, reason = "this module measures time")]
pub(crate) fn start_instant() -> Instant {
    Instant::now()
}

/// The durations of several runs.
#[derive(Debug, Clone)]
pub(crate) struct Times {
    /// The durations in ascending order; at least one.
    sorted: Vec<Duration>,
}

impl Times {
    /// Sorts the durations. There must be at least one.
    pub(crate) fn new(mut durations: Vec<Duration>) -> Self {
        assert!(!durations.is_empty(), "times need at least one run");
        durations.sort_unstable();
        Self { sorted: durations }
    }

    pub(crate) fn min(&self) -> Duration {
        self.sorted[0]
    }

    /// Returns the median: the middle duration, or the mean of the two in the middle.
    pub(crate) fn median(&self) -> Duration {
        let middle = self.sorted.len() / 2;
        if self.sorted.len() % 2 == 1 {
            self.sorted[middle]
        } else {
            (self.sorted[middle - 1] + self.sorted[middle]) / 2
        }
    }
}

/// Runs a program that must succeed. Returns its time and its peak resident memory in MiB: the maximum of the process and
/// of each process that it waited for, or 0 if the system does not report it. On Linux the value includes the memory of
/// this program at the fork, a few MiB.
///
/// `command` must not write to a pipe, because nobody would read it.
fn child(command: &mut Command) -> Result<(Duration, f64)> {
    let start = start_instant();
    let usage = command.spawn().and_then(Wait4::wait4);
    let usage = usage.with_context(|| cannot_start(command))?;
    let (took, status) = (start.elapsed(), usage.status);
    check_status(status, command)?;
    Ok((took, usage.rusage.maxrss as f64 / f64::from(1 << 20)))
}

/// Runs a program `runs` times (at least once) after one unmeasured run. Stops at the first failure. The memory is the
/// maximum of all runs.
pub(crate) fn child_repeatedly(runs: usize, command: &mut Command) -> Result<(Times, f64)> {
    child(command)?;
    let costs = (0..runs.max(1)).map(|_| child(command));
    let (times, peaks): (_, Vec<f64>) = costs.collect::<Result<Vec<_>>>()?.into_iter().unzip();
    Ok((Times::new(times), peaks.into_iter().fold(0.0, f64::max)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(milliseconds: &[u64]) -> Times {
        Times::new(
            milliseconds
                .iter()
                .map(|&t| Duration::from_millis(t))
                .collect(),
        )
    }

    #[test]
    fn median_of_odd_and_even_numbers_of_runs() {
        let odd = times(&[9, 1, 4]);
        let shown = [odd.min(), odd.median()].map(|t| t.as_millis());
        assert_eq!(shown, [1, 4]);
        assert_eq!(times(&[8, 1, 4, 2]).median().as_millis(), 3);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn measures_the_memory_of_a_child() {
        // A shell variable of 64 MiB would be slow, so `sort` holds a line of that length.
        let script = "head -c 67108864 /dev/zero | sort > /dev/null";
        let (_, mib) = child(Command::new("sh").args(["-c", script])).unwrap();
        assert!((64.0..1024.0).contains(&mib), "64 MiB line took {mib} MiB");
    }

    #[test]
    fn reports_a_missing_program() {
        let error = child(&mut Command::new("no-such-program")).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("cannot start `no-such-program`")
        );
    }
}
