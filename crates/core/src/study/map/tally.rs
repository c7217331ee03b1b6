//! Percentiles of many runs, computed from a histogram of the numbers of epochs.

use super::{Outcome, StartCell};
use std::collections::BTreeMap;

/// Counts the outcomes of runs.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Number of runs that reached the target, by number of epochs.
    reached: BTreeMap<u64, u64>,
    /// Number of runs by [`Outcome`] code.
    ends: [u64; Outcome::ALL.len()],
}

/// Robustness of one optimizer over all initial points.
///
/// A percentile is a nearest-rank percentile: the smallest of the numbers such that at least p percent of the numbers
/// do not exceed it. The percentiles are over the runs that reached the target, and `None` if no run did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Number of runs.
    pub runs: u64,
    /// Number of runs by [`Outcome`] code.
    pub ends: [u64; Outcome::ALL.len()],
    /// Median number of epochs of the runs that reached the target.
    pub median: Option<u64>,
    /// 95th percentile of the number of epochs.
    pub percentile_95: Option<u64>,
    /// Largest number of epochs.
    pub worst: Option<u64>,
}

impl Summary {
    /// Returns the fraction of runs that reached the target, from 0 to 1.
    pub fn share_reached(&self) -> f64 {
        self.ends[Outcome::Reached as usize] as f64 / self.runs.max(1) as f64
    }
}

impl Tally {
    /// Counts the outcomes of these runs.
    pub fn add(&mut self, cells: &[StartCell]) {
        for cell in cells {
            self.add_one(cell.outcome, cell.epochs);
        }
    }

    /// Counts the outcome of one run.
    pub fn add_one(&mut self, outcome: Outcome, epochs: u64) {
        self.ends[outcome as usize] += 1;
        if outcome == Outcome::Reached {
            *self.reached.entry(epochs).or_default() += 1;
        }
    }

    /// Returns the number of counted runs.
    pub fn runs(&self) -> u64 {
        self.ends.iter().sum()
    }

    /// Returns the number of runs with this outcome.
    pub fn ended(&self, outcome: Outcome) -> u64 {
        self.ends[outcome as usize]
    }

    /// Returns the `percent`-th percentile of the epochs (nearest rank) among `runs` runs. Runs that did not reach the
    /// target count as infinite; `None` means that the percentile is infinite.
    pub fn percentile(&self, percent: u64, runs: u64) -> Option<u64> {
        let rank = (percent * runs).div_ceil(100).max(1);
        let mut counted = 0;
        for (epochs, count) in &self.reached {
            counted += count;
            if counted >= rank {
                return Some(*epochs);
            }
        }
        None
    }

    /// Summarizes the counts.
    pub fn summary(&self) -> Summary {
        let reached = self.ended(Outcome::Reached);
        Summary {
            runs: self.runs(),
            ends: self.ends,
            median: self.percentile(50, reached),
            percentile_95: self.percentile(95, reached),
            worst: self.percentile(100, reached),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(reached: &[u64], diverged: usize) -> Tally {
        let mut tally = Tally::default();
        for epochs in reached {
            tally.add_one(Outcome::Reached, *epochs);
        }
        for _ in 0..diverged {
            tally.add_one(Outcome::Diverged, 3);
        }
        tally
    }

    #[test]
    fn percentiles_are_nearest_rank() {
        let mut epochs: Vec<u64> = (1..=100).map(|v| 10 * v).collect();
        epochs.reverse();
        let summary = tally(&epochs, 25).summary();
        assert_eq!(summary.runs, 125);
        assert_eq!(summary.share_reached(), 0.8);
        assert_eq!(
            [summary.median, summary.percentile_95, summary.worst],
            [Some(500), Some(950), Some(1000)]
        );
        // A single number is every percentile; the median of two numbers is the lower one.
        assert_eq!(tally(&[7], 0).summary().percentile_95, Some(7));
        assert_eq!(tally(&[7, 9], 0).summary().median, Some(7));
        assert_eq!(tally(&[], 4).summary().median, None);
        assert_eq!(tally(&[], 0).summary().share_reached(), 0.0);
    }

    #[test]
    fn a_run_that_misses_the_target_counts_as_infinite() {
        let tally = tally(&[5, 6, 7], 2);
        assert_eq!(tally.percentile(50, tally.runs()), Some(7));
        assert_eq!(tally.percentile(60, tally.runs()), Some(7));
        assert_eq!(tally.percentile(61, tally.runs()), None);
    }
}
