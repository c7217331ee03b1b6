//! Percentiles of many runs without a list of them: how often each number of epochs occurs is enough.

use super::{Outcome, StartCell};
use std::collections::BTreeMap;

/// Counts the ends of runs as they come.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How many runs reached the target after so many epochs.
    reached: BTreeMap<u64, u64>,
    /// How many runs ended in each way, by [`Outcome`] code.
    ends: [u64; Outcome::ALL.len()],
}

/// What one optimizer did from all starts: robustness in numbers.
///
/// A percentile is that of the nearest rank: the p-th of n numbers is the smallest that at least p percent of them do
/// not exceed, so it is always one of them. The epochs are of the runs that reached the target, none if no run did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Number of runs.
    pub runs: u64,
    /// How many ended in each way, by [`Outcome`] code.
    pub ends: [u64; Outcome::ALL.len()],
    /// Half of the runs that reached the target did so within so many epochs.
    pub median: Option<u64>,
    /// 95 of 100 did within so many.
    pub percentile_95: Option<u64>,
    /// All did within so many.
    pub worst: Option<u64>,
}

impl Summary {
    /// Share of the runs that reached the target, from 0 to 1.
    pub fn share_reached(&self) -> f64 {
        self.ends[Outcome::Reached as usize] as f64 / self.runs.max(1) as f64
    }
}

impl Tally {
    /// Counts the ends of these runs.
    pub fn add(&mut self, cells: &[StartCell]) {
        for cell in cells {
            self.add_one(cell.outcome, cell.epochs);
        }
    }

    /// Counts the end of one run.
    pub fn add_one(&mut self, outcome: Outcome, epochs: u64) {
        self.ends[outcome as usize] += 1;
        if outcome == Outcome::Reached {
            *self.reached.entry(epochs).or_default() += 1;
        }
    }

    /// Number of runs counted.
    pub fn runs(&self) -> u64 {
        self.ends.iter().sum()
    }

    /// The number of runs that ended in this way.
    pub fn ended(&self, outcome: Outcome) -> u64 {
        self.ends[outcome as usize]
    }

    /// The `percent`-th percentile of the epochs, by nearest rank, among `runs` runs of which those that did not reach
    /// the target took for ever; none where the rank falls among these.
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

    /// What the counts say.
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
    fn percentiles_are_numbers_that_occur() {
        let mut epochs: Vec<u64> = (1..=100).map(|v| 10 * v).collect();
        epochs.reverse();
        let summary = tally(&epochs, 25).summary();
        assert_eq!(summary.runs, 125);
        assert_eq!(summary.share_reached(), 0.8);
        assert_eq!(
            [summary.median, summary.percentile_95, summary.worst],
            [Some(500), Some(950), Some(1000)]
        );
        // One number is every percentile; of two the lower one is the median.
        assert_eq!(tally(&[7], 0).summary().percentile_95, Some(7));
        assert_eq!(tally(&[7, 9], 0).summary().median, Some(7));
        assert_eq!(tally(&[], 4).summary().median, None);
        assert_eq!(tally(&[], 0).summary().share_reached(), 0.0);
    }

    #[test]
    fn what_does_not_arrive_takes_for_ever() {
        let tally = tally(&[5, 6, 7], 2);
        assert_eq!(tally.percentile(50, tally.runs()), Some(7));
        assert_eq!(tally.percentile(60, tally.runs()), Some(7));
        assert_eq!(tally.percentile(61, tally.runs()), None);
    }
}
