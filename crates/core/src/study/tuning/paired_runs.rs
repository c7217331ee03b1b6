//! Runs of several optimizers in pairs: from the same initial points, with the same seeds.

use super::{result::TrialResult, run_within::run_within};
use crate::{
    run::batch::RunEnd,
    study::{contender::ComparedOptimizer, experiment::PreparedExperiment, sweep::Starts},
};

/// The initial points and the seeds of paired runs. None of them was used for tuning.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedRuns {
    seeds: Vec<u64>,
    starts: Vec<Vec<f64>>,
    /// Whether the initial points differ; otherwise only the seeds do.
    pub has_random_starts: bool,
}

impl PairedRuns {
    /// Creates `count` pairs, whose seeds follow `first_seed`. If the experiment has neither mini-batches nor noise, each pair
    /// has its own random initial point in the window of the problem.
    pub fn new(contest: &PreparedExperiment, first_seed: u64, count: u64) -> Self {
        let has_random_starts = contest.randomness.is_none();
        let starts = if has_random_starts {
            Starts::Random(1)
        } else {
            Starts::Problem
        };
        let seeds: Vec<u64> = (0..count).map(|i| first_seed.wrapping_add(i)).collect();
        Self {
            starts: seeds
                .iter()
                .map(|seed| starts.get(0, *seed, contest))
                .collect(),
            seeds,
            has_random_starts,
        }
    }

    /// Returns the number of pairs.
    pub fn count(&self) -> usize {
        self.seeds.len()
    }

    /// Runs an optimizer from every initial point, all of them together if they can be batched.
    pub fn run(
        &self,
        contest: &PreparedExperiment,
        contender: &ComparedOptimizer,
        evaluations: u64,
    ) -> Vec<TrialResult> {
        let at_once = if contest.is_batched(contender) {
            self.count()
        } else {
            1
        };
        let groups = self.starts.chunks(at_once).zip(self.seeds.chunks(at_once));
        let results = groups.flat_map(|(starts, seeds)| {
            let mut ends = vec![RunEnd::NONE; starts.len()];
            let mut weights: Vec<f64> = (0..contest.start.len())
                .flat_map(|j| starts.iter().map(move |start| start[j]))
                .collect();
            run_within(
                evaluations,
                contest,
                seeds[0],
                contender,
                &mut weights,
                &mut ends,
            );
            ends.into_iter()
                .map(|end| TrialResult::of(&end, evaluations))
        });
        results.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::experiment::Experiment;

    fn results(pick: &str, noise: f64) -> Vec<TrialResult> {
        let mut experiment = Experiment::new("article".parse().unwrap(), Vec::new());
        experiment.randomness.gradient_noise = noise;
        let contest = experiment.prepare().unwrap();
        let contender = contest.enter(&pick.parse().unwrap()).unwrap();
        let pairs = PairedRuns::new(&contest, 3, 8);
        assert_eq!(pairs.has_random_starts, noise == 0.0);
        pairs.run(&contest, &contender, 300)
    }

    #[test]
    fn pairs_differ_by_initial_point_or_noise() {
        for noise in [0.0, 0.01] {
            let all = results("momentum", noise);
            assert_eq!(all.len(), 8);
            assert!(all.iter().any(|result| *result != all[0]), "{noise}");
            assert_eq!(all, results("momentum", noise));
        }
    }

    #[test]
    fn batched_runs_equal_single_ones() {
        let single = results("accumulate:of=momentum,every=1", 0.0);
        let batched = results("momentum", 0.0);
        let times = |all: &[TrialResult]| all.iter().map(|r| r.time).collect::<Vec<_>>();
        assert_eq!(times(&single), times(&batched));
    }
}
