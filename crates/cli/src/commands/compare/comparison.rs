//! The numbers of a comparison: results of tuning, paired runs with the tuned settings, and tests.

use super::{report::report, trials_table::trials_table};
use crate::{prelude::*, runs::threads::map_split};
use std::{cmp::Ordering, sync::Arc};
use thalweg::sweep::NumberedRuns as _;
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

/// The results of all runs of a comparison.
pub(crate) struct ComparisonRuns {
    /// The trials, in their order.
    pub(crate) trials: Vec<TrialResult>,
    /// The paired runs of each optimizer on each workload, workload by workload; none for an optimizer that cannot run.
    pub(crate) paired: Vec<Vec<TrialResult>>,
}

impl ComparisonRuns {
    /// Makes the paired runs after the trials of a plan.
    pub(super) fn after(
        trials: Vec<TrialResult>,
        plan: &Arc<TuningPlan>,
        pairs: u64,
        threads: &WorkerPool,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        let tuned = plan.results(&trials);
        let (shared, cells) = (plan.clone(), tuned.len());
        let work = move |cell: usize| match &tuned[cell] {
            Some(result) => paired_runs(&shared, cell, result, pairs),
            None => Ok(Vec::new()),
        };
        let count = plan.optimizers().len();
        let is_here = |cell: usize| plan.is_custom(cell / count, cell % count);
        let progress = Progress::with_time_left(cells as u64 * pairs, 0, "paired runs");
        let count_done = |done: usize| progress.set(done as u64 * pairs);
        let paired = map_split(cells, threads, interrupt, is_here, work, count_done)?;
        Ok(Self { trials, paired })
    }

    /// Returns whether these can be the results of a plan with this number of paired runs.
    fn are_of(&self, plan: &TuningPlan, pairs: u64) -> bool {
        let count = plan.optimizers().len();
        let fits = |(cell, paired): (usize, &Vec<TrialResult>)| {
            let can_run = plan.cell(cell / count, cell % count).obstacle.is_none();
            paired.len() as u64 == if can_run { pairs } else { 0 }
        };
        self.trials.len() as u64 == plan.runs()
            && self.paired.len() == count * plan.workloads().len()
            && self.paired.iter().enumerate().all(fits)
    }
}

impl Comparison {
    /// Evaluates the results of all runs. Returns `None` if they are not those of the plan with this number of pairs.
    ///
    /// # Errors
    /// An optimizer is invalid.
    pub(super) fn new(
        plan: Arc<TuningPlan>,
        runs: ComparisonRuns,
        pairs: u64,
    ) -> Result<Option<Self>> {
        if !runs.are_of(&plan, pairs) {
            return Ok(None);
        }
        let tuned = plan.results(&runs.trials).into_iter().zip(runs.paired);
        let results = tuned.enumerate().map(|(cell, (tuned, paired))| {
            tuned
                .map(|tuned| contender_result(&plan, cell, tuned, paired))
                .transpose()
        });
        let results = results.collect::<std::result::Result<Vec<_>, Error>>()?;
        let tests = tests(&plan, &results);
        Ok(Some(Self {
            plan,
            trials: runs.trials,
            results,
            tests,
            pairs,
        }))
    }

    /// Returns the results of all runs.
    pub(crate) fn runs(&self) -> ComparisonRuns {
        let results = self.results.iter().map(|result| match result {
            Some(result) => result.pairs.clone(),
            None => Vec::new(),
        });
        ComparisonRuns {
            trials: self.trials.clone(),
            paired: results.collect(),
        }
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
fn paired_runs(
    plan: &TuningPlan,
    cell: usize,
    tuned: &OptimizerResult,
    pairs: u64,
) -> std::result::Result<Vec<TrialResult>, Error> {
    let trial = median_trial(plan, cell, tuned);
    let contest = &plan.workloads()[trial.workload].contest;
    let protocol = plan.protocol();
    let runs = PairedRuns::new(contest, protocol.study_seed(protocol.studies), pairs);
    let contender = plan.contender(&trial)?;
    Ok(runs.run(contest, &contender, plan.budget(trial.workload)))
}

fn median_trial(plan: &TuningPlan, cell: usize, tuned: &OptimizerResult) -> Trial {
    let count = plan.optimizers().len();
    plan.median_trial(cell / count, cell % count, tuned)
}

fn contender_result(
    plan: &TuningPlan,
    cell: usize,
    tuned: OptimizerResult,
    pairs: Vec<TrialResult>,
) -> std::result::Result<ContenderResult, Error> {
    let trial = median_trial(plan, cell, &tuned);
    let contender = plan.contender(&trial)?;
    Ok(ContenderResult {
        derived_rate: contender.derived_rate(),
        label: contender.label,
        pairs,
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
