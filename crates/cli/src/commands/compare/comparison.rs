//! The numbers of a comparison: results of tuning, paired runs with the tuned settings, and tests.

use super::{report::report, trials_table::trials_table};
use crate::prelude::*;
use std::{cmp::Ordering, sync::Arc};
use thalweg::tuning::{
    OptimizerResult, PairedRuns, SignTest, Trial, TrialResult, TuningPlan, holm,
};
use thalweg_gallery::comparison::tuning_curves;
use thalweg_plot::{page::Page, scene::Scene, theme::Theme};

/// The results of a comparison.
pub(crate) struct Comparison {
    pub(super) plan: Arc<TuningPlan>,
    pub(super) trials: Vec<TrialResult>,
    /// One per workload and optimizer, workload by workload; `None` for an optimizer that cannot run.
    pub(super) results: Vec<Option<ContenderResult>>,
    /// The tests of all pairs of optimizers on each workload.
    pub(super) tests: Vec<PairTest>,
    /// Number of paired runs.
    pub(super) pairs: u64,
}

/// The results of one optimizer on one workload.
pub(super) struct ContenderResult {
    pub(super) label: String,
    pub(super) tuned: OptimizerResult,
    /// The trial with the median result.
    pub(super) trial: Trial,
    /// The results of the paired runs with the settings of that trial.
    pub(super) pairs: Vec<TrialResult>,
    /// The learning rate that follows from the curvature of the problem, if the optimizer uses it.
    pub(super) derived_rate: Option<f64>,
}

/// A test whether one of two optimizers is better on a workload.
pub(super) struct PairTest {
    pub(super) workload: usize,
    pub(super) optimizers: [usize; 2],
    pub(super) test: SignTest,
    /// The probability, adjusted for the number of tests.
    pub(super) p: f64,
}

impl Comparison {
    /// Makes the paired runs and the tests.
    pub(super) fn new(
        plan: Arc<TuningPlan>,
        trials: Vec<TrialResult>,
        pairs: u64,
        threads: &WorkerPool,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        let tuned = Arc::new(plan.results(&trials));
        let (shared, results_of) = (plan.clone(), tuned.clone());
        let work = move |cell: usize| {
            let result = results_of[cell].clone();
            let result = result.map(|result| contender_result(&shared, cell, result, pairs));
            result.transpose()
        };
        let mut results = Vec::new();
        let take = |_, result: std::result::Result<_, Error>| {
            results.push(result?);
            Ok(())
        };
        threads.map_ordered(tuned.len(), interrupt, work, take)?;
        let tests = tests(&plan, &results);
        Ok(Self {
            plan,
            trials,
            results,
            tests,
            pairs,
        })
    }

    /// Writes the table of all trials and the figures of the losses.
    pub(super) fn write(&self, outputs: Vec<OutputFile>, interrupt: &Interrupt) -> Result {
        let mut outputs = outputs;
        for output in &mut outputs {
            if output.format == Format::Csv {
                output.write(self.trials_table().as_bytes())?;
            } else {
                let keep_going = || interrupt.keeps_going();
                output.write_picture(&self.picture(), &keep_going)?;
            }
        }
        interrupt.check()?;
        OutputFile::persist_all(outputs)
    }

    /// Returns the results, the tests, and the protocol as text.
    pub(crate) fn report(&self) -> String {
        report(self)
    }

    /// Returns the table of all trials as CSV.
    pub(crate) fn trials_table(&self) -> String {
        trials_table(&self.plan, &self.trials)
    }

    /// Draws the evaluations to the target and the losses of all trials, one figure per workload.
    pub(crate) fn picture(&self) -> Scene {
        let all: Vec<usize> = (0..self.plan.optimizers().len()).collect();
        let workloads = 0..self.plan.workloads().len();
        let figures = workloads
            .map(|workload| tuning_curves(&self.plan, &self.trials, workload, &all, &Theme::LIGHT));
        Page::column(figures.collect()).scene()
    }
}

impl ContenderResult {
    /// Returns the number of paired runs that reach the target.
    pub(super) fn reached(&self) -> usize {
        self.pairs.iter().filter(|pair| pair.time.is_some()).count()
    }

    /// Returns the quartiles of the time to the target in the paired runs.
    pub(super) fn quartiles(&self) -> [f64; 3] {
        let mut times: Vec<f64> = self
            .pairs
            .iter()
            .map(TrialResult::time_or_infinity)
            .collect();
        times.sort_by(f64::total_cmp);
        // The nearest rank, so that each number is that of a run.
        [1, 2, 3].map(|share| times[(times.len() * share).div_ceil(4).max(1) - 1])
    }
}

/// Runs one optimizer with the settings of its best trial of the median study in pairs.
fn contender_result(
    plan: &TuningPlan,
    cell: usize,
    tuned: OptimizerResult,
    pairs: u64,
) -> std::result::Result<ContenderResult, Error> {
    let count = plan.optimizers().len();
    let trial = plan.median_trial(cell / count, cell % count, &tuned);
    let contest = &plan.workloads()[trial.workload].contest;
    let pick = plan.pick(&trial)?;
    let contender = contest.enter(&pick)?;
    let protocol = plan.protocol();
    let runs = PairedRuns::new(contest, protocol.study_seed(protocol.studies), pairs);
    Ok(ContenderResult {
        label: contender.label.clone(),
        derived_rate: contender.derived_rate(),
        pairs: runs.run(contest, &contender, plan.budget(trial.workload)),
        tuned,
        trial,
    })
}

/// Tests every pair of optimizers on each workload. Only the time counts: two runs that miss the target are equal.
fn tests(plan: &TuningPlan, results: &[Option<ContenderResult>]) -> Vec<PairTest> {
    let count = plan.optimizers().len();
    let mut tests = Vec::new();
    for (workload, results) in results.chunks(count).enumerate() {
        for a in 0..count {
            for b in a + 1..count {
                let (Some(first), Some(second)) = (&results[a], &results[b]) else {
                    continue;
                };
                let pairs = first.pairs.iter().zip(&second.pairs);
                let order = |(a, b): (&TrialResult, &TrialResult)| -> Ordering {
                    a.time_or_infinity().total_cmp(&b.time_or_infinity())
                };
                tests.push(PairTest {
                    workload,
                    optimizers: [a, b],
                    test: SignTest::new(pairs.map(order)),
                    p: 1.0,
                });
            }
        }
    }
    let adjusted = holm(&tests.iter().map(|test| test.test.p).collect::<Vec<_>>());
    for (test, p) in tests.iter_mut().zip(adjusted) {
        test.p = p;
    }
    tests
}
