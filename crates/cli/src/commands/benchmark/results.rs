//! The results of a benchmark: a time for each optimizer and problem, and the scores.

use super::description::NamedGroup;
use crate::output::csv_cell;
use std::fmt::Write as _;
use thalweg::{
    number::ShortestFloat,
    optimizers,
    tuning::{OptimizerResult, TrialResult, TuningPlan, profile_scores},
};

/// The results of all optimizers on all problems.
pub(super) struct BenchmarkResults<'p> {
    pub(super) plan: &'p TuningPlan,
    pub(super) trials: &'p [TrialResult],
    /// One per workload and optimizer, workload by workload; `None` for an optimizer that cannot run.
    results: Vec<Option<OptimizerResult>>,
    /// The median time to the target: (optimizers, workloads). Infinite for a miss.
    pub(super) times: Vec<Vec<f64>>,
    /// The score of each optimizer within its group.
    pub(super) scores: Vec<f64>,
    pub(super) rankings: Vec<Ranking>,
}

/// The ranking of optimizers that are scored together.
pub(super) struct Ranking {
    /// Its title; empty if there is only one.
    pub(super) name: String,
    /// The optimizers by descending score.
    pub(super) optimizers: Vec<usize>,
}

impl<'p> BenchmarkResults<'p> {
    pub(super) fn new(
        plan: &'p TuningPlan,
        trials: &'p [TrialResult],
        groups: Vec<NamedGroup>,
    ) -> Self {
        let results = plan.results(trials);
        let (optimizers, workloads) = (plan.optimizers().len(), plan.workloads().len());
        let time = |workload: usize, optimizer: usize| {
            let result: &Option<OptimizerResult> = &results[workload * optimizers + optimizer];
            let result = result.as_ref().map(OptimizerResult::result);
            result.map_or(f64::INFINITY, |result| result.time_or_infinity())
        };
        let row = |optimizer| {
            (0..workloads)
                .map(|workload| time(workload, optimizer))
                .collect()
        };
        let times: Vec<Vec<f64>> = (0..optimizers).map(row).collect();
        let mut scores = Vec::new();
        let mut rankings = Vec::new();
        for (name, members) in groups {
            scores.extend(profile_scores(&times[members.clone()]));
            let mut optimizers: Vec<usize> = members.collect();
            // Equal scores keep the order of the file.
            optimizers.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
            rankings.push(Ranking { name, optimizers });
        }
        Self {
            plan,
            trials,
            results,
            times,
            scores,
            rankings,
        }
    }

    /// Returns the result of an optimizer on a workload.
    pub(super) fn result(&self, workload: usize, optimizer: usize) -> Option<&OptimizerResult> {
        self.results[workload * self.plan.optimizers().len() + optimizer].as_ref()
    }

    /// Returns the name of an optimizer: its title if it has no settings, else its pick.
    pub(super) fn name(&self, optimizer: usize) -> String {
        let pick = &self.plan.optimizers()[optimizer];
        let entry = optimizers::REGISTRY
            .find(&pick.id)
            .filter(|_| pick.settings.is_empty());
        entry.map_or_else(
            || self.plan.names().swap_remove(optimizer),
            |entry| entry.about.title.to_string(),
        )
    }

    /// Returns the number of problems whose target an optimizer reaches.
    pub(super) fn solved(&self, optimizer: usize) -> usize {
        self.times[optimizer]
            .iter()
            .filter(|time| time.is_finite())
            .count()
    }

    /// Returns those of some optimizers that solve a workload, by ascending time.
    pub(super) fn fastest(&self, workload: usize, of: &[usize]) -> Vec<usize> {
        let time = |optimizer: &usize| self.times[*optimizer][workload];
        let mut solvers: Vec<usize> = of.iter().copied().filter(|i| time(i).is_finite()).collect();
        solvers.sort_by(|a, b| time(a).total_cmp(&time(b)));
        solvers
    }

    /// Returns the table of all results as CSV: the time of the median study, the tuned settings, and the spread of the studies.
    pub(super) fn table(&self) -> String {
        let mut text =
            "problem,optimizer,score,settings,trials,evaluations,least,greatest,loss\n".to_owned();
        for (workload, about) in self.plan.workloads().iter().enumerate() {
            for (optimizer, pick) in self.plan.optimizers().iter().enumerate() {
                // Writing to a text cannot fail.
                let _ = write!(
                    text,
                    "{},{},{},",
                    csv_cell(&about.name),
                    csv_cell(pick.text()),
                    ShortestFloat(self.scores[optimizer])
                );
                let _ = match self.result(workload, optimizer) {
                    None => writeln!(text, ",0,inf,inf,inf,nan"),
                    Some(result) => {
                        let trial = self.plan.median_trial(workload, optimizer, result);
                        let summary = self.plan.summary(&trial);
                        let settings = summary.map_or_else(String::new, |s| s.settings.join(","));
                        let [low, high] = result.spread().map(ShortestFloat);
                        let median = result.result();
                        writeln!(
                            text,
                            "{},{},{},{low},{high},{}",
                            csv_cell(&settings),
                            result.trials,
                            ShortestFloat(median.time_or_infinity()),
                            ShortestFloat(median.loss)
                        )
                    }
                };
            }
        }
        text
    }
}
