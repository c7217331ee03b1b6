//! The runs of a prepared experiment, one by one or many at once.

use super::PreparedExperiment;
use crate::{
    run::{
        Run,
        batch::{self, RunEnd},
        randomness::Randomness,
    },
    study::contender::ComparedOptimizer,
};

impl PreparedExperiment {
    /// Creates the run of one optimizer at the initial point.
    pub fn run(&self, contender: &ComparedOptimizer) -> Run<'_> {
        self.run_from(contender, &self.start)
    }

    /// Creates the run of one optimizer at another initial point (dim), which must have been [checked](Self::check_start).
    pub fn run_from(&self, contender: &ComparedOptimizer, start: &[f64]) -> Run<'_> {
        let objective = &*self.problem.objective;
        let recipe = &*contender.recipe;
        Run::stochastic(objective, recipe, start, self.budget, &contender.randomness)
    }

    /// Runs one optimizer from many initial points. The results are the same bits as those of single runs.
    ///
    /// `starts` is (dim, count) row-major; the final weights replace the initial ones.
    pub fn run_many(&self, contender: &ComparedOptimizer, starts: &mut [f64], ends: &mut [RunEnd]) {
        self.run_many_from_seed(self.randomness.seed, contender, starts, ends);
    }

    /// Does the same as [`run_many`](Self::run_many) with another seed.
    ///
    /// `starts` is (dim, count) row-major; the final weights replace the initial ones.
    pub fn run_many_from_seed(
        &self,
        seed: u64,
        contender: &ComparedOptimizer,
        starts: &mut [f64],
        ends: &mut [RunEnd],
    ) {
        let randomness = &Randomness {
            seed,
            ..contender.randomness.clone()
        };
        let objective = &*self.problem.objective;
        let (recipe, budget) = (&*contender.recipe, self.budget);
        // Mini-batches and noise belong to an oracle, and each run has its own oracle.
        let many = recipe.batch_runner().filter(|_| randomness.is_none());
        if let Some(many) = many {
            return many(objective, starts, budget, ends);
        }
        let run = |w: &[f64]| Run::stochastic(objective, recipe, w, budget, randomness);
        batch::run_sequentially(&run, starts, ends);
    }

    /// Returns whether runs of this optimizer are batched instead of run one after the other.
    pub fn is_batched(&self, contender: &ComparedOptimizer) -> bool {
        contender.randomness.is_none() && contender.recipe.batch_runner().is_some()
    }

    /// Creates the runs of all optimizers, in the order given.
    pub fn runs(&self) -> impl Iterator<Item = Run<'_>> {
        self.contenders.iter().map(|contender| self.run(contender))
    }
}
