//! The results of trials, studies, and optimizers.

use crate::{
    numeric::bytes::{ByteReader, ByteWriter},
    run::{StopReason, batch::RunEnd},
};
use std::cmp::Ordering;

/// The result of one trial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrialResult {
    /// The number of evaluations or epochs to the target, or `None` if the run missed it.
    pub time: Option<u64>,
    /// The final loss; not finite if the run diverged.
    pub loss: f64,
}

/// The result of one optimizer on one problem.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerResult {
    /// The number of the best trial of each study and its result.
    pub studies: Vec<(usize, TrialResult)>,
    /// The study with the median result.
    pub median: usize,
    /// Number of trials of all studies together.
    pub trials: usize,
}

impl TrialResult {
    /// Returns the result of a run with this budget of evaluations.
    pub fn of(end: &RunEnd, budget: u64) -> Self {
        let evaluations = end.calls.evaluations();
        let is_reached = end.stop == StopReason::Reached && evaluations <= budget;
        Self {
            time: is_reached.then_some(evaluations),
            loss: match end.stop {
                StopReason::Diverged { .. } => f64::NAN,
                _ => end.loss,
            },
        }
    }

    /// Writes the result.
    pub fn write_bytes(&self, out: &mut ByteWriter) {
        out.list(self.time.as_slice(), |out, time| out.count(*time));
        out.number(self.loss);
    }

    /// Reads what [`write_bytes`](Self::write_bytes) wrote. Returns `None` if the bytes are damaged.
    pub fn read_bytes(reader: &mut ByteReader) -> Option<Self> {
        Some(Self {
            time: reader.list(ByteReader::count)?.pop(),
            loss: reader.number()?,
        })
    }

    /// Returns whether the run diverged.
    pub fn is_diverged(&self) -> bool {
        self.time.is_none() && !self.loss.is_finite()
    }

    /// Returns the time to the target; infinite if the run missed it.
    pub fn time_or_infinity(&self) -> f64 {
        self.time.map_or(f64::INFINITY, |time| time as f64)
    }

    /// Orders results, better ones first: less time to the target, or else a lower loss. Losses that are not finite come last.
    pub fn compare(&self, other: &Self) -> Ordering {
        let loss = |result: &Self| {
            if result.loss.is_finite() {
                result.loss
            } else {
                f64::INFINITY
            }
        };
        match (self.time, other.time) {
            (Some(a), Some(b)) => a.cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => loss(self).total_cmp(&loss(other)),
        }
    }
}

impl OptimizerResult {
    /// Selects the best trial of each study, the first one of equal trials, and the median study. `studies` contains the results
    /// of the trials of each study; there is at least one study, and each has at least one trial.
    ///
    /// The median of an even number of studies is the worse one of the two in the middle.
    pub fn new(studies: &[Vec<TrialResult>]) -> Self {
        let best = |trials: &Vec<TrialResult>| {
            let trials = trials.iter().copied().enumerate();
            let best = trials.min_by(|(_, a), (_, b)| a.compare(b));
            best.expect("a study has at least one trial")
        };
        let bests: Vec<(usize, TrialResult)> = studies.iter().map(best).collect();
        let mut order: Vec<usize> = (0..bests.len()).collect();
        order.sort_by(|a, b| bests[*a].1.compare(&bests[*b].1));
        Self {
            median: order[order.len() / 2],
            studies: bests,
            trials: studies.iter().map(Vec::len).sum(),
        }
    }

    /// Returns the result of the optimizer: that of the median study.
    pub fn result(&self) -> TrialResult {
        self.studies[self.median].1
    }

    /// Returns the study and the number of the trial with the median result.
    pub fn trial(&self) -> (usize, usize) {
        (self.median, self.studies[self.median].0)
    }

    /// Returns the study, the number, and the result of the best trial of all studies.
    pub fn best(&self) -> (usize, usize, TrialResult) {
        let studies = self.studies.iter().enumerate();
        let best = studies.min_by(|(_, (_, a)), (_, (_, b))| a.compare(b));
        let (study, (trial, result)) = best.expect("there is at least one study");
        (study, *trial, *result)
    }

    /// Returns the least and the greatest time to the target of all studies.
    pub fn spread(&self) -> [f64; 2] {
        let times = self.studies.iter().map(|(_, best)| best.time_or_infinity());
        times.fold([f64::INFINITY, 0.0], |[low, high], time| {
            [low.min(time), high.max(time)]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(time: u64) -> TrialResult {
        TrialResult {
            time: Some(time),
            loss: 0.1,
        }
    }

    fn missed(loss: f64) -> TrialResult {
        TrialResult { time: None, loss }
    }

    #[test]
    fn the_result_is_the_median_of_the_best_trials() {
        let studies = [
            vec![missed(1.0), reached(50), reached(40)],
            vec![reached(10), reached(10)],
            vec![missed(f64::NAN), missed(0.5), missed(0.7)],
        ];
        let result = OptimizerResult::new(&studies);
        assert_eq!(
            result.studies,
            [(2, reached(40)), (0, reached(10)), (1, missed(0.5))]
        );
        assert_eq!((result.trial(), result.result()), ((0, 2), reached(40)));
        assert_eq!(result.spread(), [10.0, f64::INFINITY]);
        assert_eq!(result.trials, 8);
        assert_eq!(result.best(), (1, 0, reached(10)));
    }

    #[test]
    fn two_misses_of_three_are_a_miss() {
        let studies = [vec![missed(2.0)], vec![reached(5)], vec![missed(1.0)]];
        let result = OptimizerResult::new(&studies);
        assert_eq!(result.result().time_or_infinity(), f64::INFINITY);
        assert_eq!(result.result(), missed(1.0));
    }

    #[test]
    fn a_step_beyond_the_budget_does_not_count() {
        let end = RunEnd {
            stop: StopReason::Reached,
            calls: crate::run::oracle::EvaluationCounts {
                value: 60,
                gradient: 41,
                hessian: 0,
            },
            ..RunEnd::NONE
        };
        assert_eq!(TrialResult::of(&end, 100).time, None);
        assert_eq!(TrialResult::of(&end, 101).time, Some(101));
    }
}
