//! Measures: the time and the peak memory of a child process.

use std::fmt;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::process;
use crate::{Failure, Result};

/// The current time; the one place where this workspace reads a clock.
#[expect(
    clippy::disallowed_methods,
    reason = "measuring time is what this module is for"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// How long each of several runs took.
#[derive(Debug, Clone)]
pub(crate) struct Times {
    /// At least one, shortest first.
    sorted: Vec<Duration>,
}

impl Times {
    /// From durations in any order; at least one.
    pub(crate) fn new(mut durations: Vec<Duration>) -> Self {
        assert!(!durations.is_empty(), "times need at least one run");
        durations.sort_unstable();
        Self { sorted: durations }
    }

    pub(crate) fn min(&self) -> Duration {
        self.sorted[0]
    }

    /// The middle one, or the mean of the two in the middle.
    pub(crate) fn median(&self) -> Duration {
        let middle = self.sorted.len() / 2;
        if self.sorted.len() % 2 == 1 {
            self.sorted[middle]
        } else {
            (self.sorted[middle - 1] + self.sorted[middle]) / 2
        }
    }

    pub(crate) fn max(&self) -> Duration {
        self.sorted[self.sorted.len() - 1]
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "min {:.3?}, median {:.3?}, max {:.3?} of {}",
            self.min(),
            self.median(),
            self.max(),
            self.sorted.len()
        )
    }
}

/// What one child process cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChildCost {
    /// From before its start until after its end.
    pub(crate) seconds: f64,
    /// Peak resident memory in MiB: the larger of the child's own and that of any one process it
    /// waited for; 0 where the system does not tell. On Linux it starts at the memory of this
    /// program at the fork, so a few MiB are a floor.
    pub(crate) peak_mib: f64,
    pub(crate) status: ExitStatus,
}

impl fmt::Display for ChildCost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} s, {:.1} MiB", self.seconds, self.peak_mib)?;
        if self.status.success() {
            Ok(())
        } else {
            write!(f, " ({})", self.status)
        }
    }
}

/// Runs a program to its end. Its output goes where `command` says: nobody reads a pipe here.
pub(crate) fn child(command: &mut Command) -> Result<ChildCost> {
    let start = now();
    let usage = command
        .spawn()
        .and_then(Wait4::wait4)
        .map_err(|error| process::cannot_start(command, &error))?;
    Ok(ChildCost {
        seconds: start.elapsed().as_secs_f64(),
        peak_mib: usage.rusage.maxrss as f64 / f64::from(1 << 20),
        status: usage.status,
    })
}

/// Runs a program `runs` times (at least once) after one unmeasured run; stops at the first that fails.
/// The memory is the highest of all runs.
pub(crate) fn child_repeatedly(runs: usize, command: &mut Command) -> Result<(Times, f64)> {
    child(command)?;
    let mut times = Vec::new();
    let mut peak_mib = 0.0_f64;
    for _ in 0..runs.max(1) {
        let cost = child(command)?;
        if !cost.status.success() {
            let line = process::shown(command);
            return Err(Failure(format!("`{line}` ended with {}", cost.status)));
        }
        times.push(Duration::from_secs_f64(cost.seconds));
        peak_mib = peak_mib.max(cost.peak_mib);
    }
    Ok((Times::new(times), peak_mib))
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
    fn median_of_odd_and_even() {
        let odd = times(&[9, 1, 4]);
        let shown = [odd.min(), odd.median(), odd.max()].map(|t| t.as_millis());
        assert_eq!(shown, [1, 4, 9]);
        assert_eq!(times(&[8, 1, 4, 2]).median().as_millis(), 3);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn sees_the_memory_of_a_child() {
        // 64 MiB of zeros kept in one shell variable would be slow: let sort hold a line of that length.
        let script = "head -c 67108864 /dev/zero | sort > /dev/null";
        let cost = child(Command::new("sh").args(["-c", script])).unwrap();
        assert!(cost.status.success());
        assert!(
            (64.0..1024.0).contains(&cost.peak_mib),
            "64 MiB line took {} MiB",
            cost.peak_mib
        );
    }

    #[test]
    fn tells_that_a_program_is_missing() {
        let error = child(&mut Command::new("no-such-program")).unwrap_err();
        assert!(error.0.starts_with("cannot start `no-such-program`"));
    }
}
