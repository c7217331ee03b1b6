//! An experiment as plain data: one problem, optimizers, a start, a budget.

use crate::{
    Error,
    catalog::{EntryMetadata, Family, pick::Pick},
    error::finite,
    need::Need,
    numeric::number::join,
    objective::{
        Objective,
        problems::{self, Problem},
    },
    optimizers,
    run::{
        Budget, EPOCH_LIMIT, Run,
        batch::{self, RunEnd},
        optimizer::ConfiguredOptimizer,
        randomness::Randomness,
    },
    study::contender::{ComparedOptimizer, tell_apart},
};
use std::borrow::Cow;

/// What a run tries to come down to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// What the problem states.
    Problem,
    /// Nothing: go on to the epoch limit.
    None,
    /// This loss.
    Loss(f64),
}

/// An experiment as plain data; nothing in it has been looked up yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// The problem.
    pub on: Pick,
    /// The optimizers.
    pub with: Vec<Pick>,
    /// The first weights, where they are not the problem's own; a record has its own start.
    pub start: Option<Vec<f64>>,
    /// The loss to come down to.
    pub target: Target,
    /// The epoch limit. An epoch is one step: with mini-batches it sees one of them.
    pub epochs: u64,
    /// What is random.
    pub chance: Randomness,
}

/// An experiment that is ready to run.
pub struct PreparedExperiment {
    /// The problem.
    pub problem: Problem,
    /// The optimizers, in the order given.
    pub contenders: Vec<ComparedOptimizer>,
    /// The first weights (dim).
    pub start: Vec<f64>,
    /// How long each may run.
    pub budget: Budget,
    /// What is random.
    pub chance: Randomness,
}

impl Experiment {
    /// An experiment from the problem's own start, to its own target.
    pub fn new(on: Pick, with: Vec<Pick>) -> Self {
        Self {
            on,
            with,
            start: None,
            target: Target::Problem,
            epochs: EPOCH_LIMIT,
            chance: Randomness::default(),
        }
    }

    /// Looks everything up and checks that it fits together.
    ///
    /// # Errors
    /// A pick that names nothing or has a wrong setting; a start of another length than the problem's,
    /// or one or a target that is not finite; an optimizer that must ask what the problem cannot answer; mini-batches
    /// that the problem does not have; a loss that is no finite number at the problem's own start, where runs begin there.
    pub fn prepare(&self) -> Result<PreparedExperiment, Error> {
        let problem = problems::REGISTRY.build(&self.on, None)?;
        let start = self.start.clone().unwrap_or_else(|| problem.start.clone());
        check_start(&problem, &start)?;
        let target = match self.target {
            Target::Problem => problem.target,
            Target::None => None,
            Target::Loss(loss) => Some(finite("the target", loss)?),
        };
        self.chance.check(&*problem.objective)?;
        let mut contest = PreparedExperiment {
            contenders: Vec::new(),
            problem,
            start,
            budget: Budget {
                epochs: self.epochs,
                target,
            },
            chance: self.chance.clone(),
        };
        let contenders = self.with.iter().map(|pick| contest.enter(pick));
        let mut contenders = contenders.collect::<Result<Vec<_>, Error>>()?;
        tell_apart(&mut contenders);
        if self.start.is_none() {
            let others = contenders.iter().any(|c| c.record().is_none());
            if others || contenders.is_empty() {
                check_own_start(&contest.problem)
                    .map_err(|e| e.within(self.on.text(), self.on.id_span()))?;
            }
            // Where nobody begins at the problem's start, it is none of this experiment's.
            let starts = contenders.iter().map(|c| c.record().and_then(|r| r.at(0)));
            let mut starts = starts.collect::<Option<Vec<_>>>().into_iter().flatten();
            let finite = |w: &&[f64]| w.iter().all(|v| v.is_finite());
            if let Some(first) = starts.next().filter(finite) {
                contest.start = first.to_vec();
            }
        }
        contest.contenders = contenders;
        Ok(contest)
    }
}

/// An optimizer must not ask what the objective cannot answer.
fn check_needs(about: &EntryMetadata, objective: &dyn Objective) -> Result<(), Error> {
    let can = |needs: &[Need]| needs.iter().all(|need| objective.meets(*need));
    let Some(need) = about.needs.iter().find(|need| !objective.meets(**need)) else {
        return Ok(());
    };
    let others = optimizers::REGISTRY.abouts();
    Err(Error::Lacks {
        optimizer: about.id.clone(),
        need: *need,
        instead: others
            .filter(|o| can(&o.needs) && o.family != Some(Family::Recorded))
            .map(|o| o.id.clone())
            .collect(),
    })
}

/// What must ask for more than gradients has no use for a part of the samples.
fn check_batch(about: &EntryMetadata, chance: &Randomness) -> Result<(), Error> {
    match (chance.batch, about.needs.first()) {
        (Some(_), Some(need)) => Err(Error::Settings(format!(
            "`{}` needs {need}, which a mini-batch does not have",
            about.id
        ))),
        _ => Ok(()),
    }
}

/// A record must have as many weights as the problem.
fn check_record(recipe: &dyn ConfiguredOptimizer, objective: &dyn Objective) -> Result<(), Error> {
    match recipe.replay() {
        Some(replay) => replay.record.check_dim(objective.dim()),
        None => Ok(()),
    }
}

/// A start must be as many finite numbers as the problem has weights.
fn check_start(problem: &Problem, start: &[f64]) -> Result<(), Error> {
    let expected = problem.objective.dim();
    if start.len() != expected {
        return Err(Error::Start {
            given: start.to_vec(),
            expected,
        });
    }
    for w in start {
        finite("a start weight", *w)?;
    }
    Ok(())
}

/// A start that nobody chose must not be one at which every run ends.
fn check_own_start(problem: &Problem) -> Result<(), Error> {
    if problem.objective.value(&problem.start).is_finite() {
        return Ok(());
    }
    Err(Error::Settings(format!(
        "the loss is no finite number at the problem's own start {}: give another start, where it is one",
        join(&problem.start)
    )))
}

impl PreparedExperiment {
    /// One more optimizer, by its title or the name of its record; it is not put among the contenders.
    ///
    /// # Errors
    /// The pick names nothing, has a wrong setting, or must ask what the problem or its mini-batches cannot answer.
    pub fn enter(&self, pick: &Pick) -> Result<ComparedOptimizer, Error> {
        let recipe = optimizers::REGISTRY.build(pick, self.problem.learning_rate)?;
        let about = &optimizers::REGISTRY.named(&pick.id)?.about;
        check_needs(about, &*self.problem.objective)
            .and_then(|()| check_batch(about, &self.chance))
            .and_then(|()| check_record(&*recipe, &*self.problem.objective))
            .map_err(|e| e.within(pick.text(), pick.id_span()))?;
        let label = recipe
            .replay()
            .map_or(&*about.title, |replay| &replay.label);
        Ok(ComparedOptimizer {
            pick: pick.clone(),
            label: label.to_owned(),
            about: Cow::Borrowed(about),
            recipe: recipe.into(),
            learning_rate: self.problem.learning_rate,
        })
    }

    /// Checks that runs can begin at `start`.
    ///
    /// # Errors
    /// Another number of weights than the problem's, or one that is not finite.
    pub fn check_start(&self, start: &[f64]) -> Result<(), Error> {
        check_start(&self.problem, start)
    }

    /// The run of one optimizer, standing at the start.
    pub fn run(&self, contender: &ComparedOptimizer) -> Run<'_> {
        self.run_from(contender, &self.start)
    }

    /// The run of one optimizer from another start (dim) that was [checked](Self::check_start).
    pub fn run_from(&self, contender: &ComparedOptimizer, start: &[f64]) -> Run<'_> {
        let objective = &*self.problem.objective;
        let recipe = &*contender.recipe;
        Run::by_chance(objective, recipe, start, self.budget, &self.chance)
    }

    /// Drives one optimizer's runs from many starts to their ends, the same ends as one by one.
    ///
    /// `starts` is (dim, count) row-major; the last weights take their place.
    pub fn run_many(&self, contender: &ComparedOptimizer, starts: &mut [f64], ends: &mut [RunEnd]) {
        self.run_many_from_seed(self.chance.seed, contender, starts, ends);
    }

    /// The same as [`run_many`](Self::run_many) with another seed.
    ///
    /// `starts` is (dim, count) row-major; the last weights take their place.
    pub fn run_many_from_seed(
        &self,
        seed: u64,
        contender: &ComparedOptimizer,
        starts: &mut [f64],
        ends: &mut [RunEnd],
    ) {
        let chance = &Randomness {
            seed,
            ..self.chance.clone()
        };
        let objective = &*self.problem.objective;
        let (recipe, budget) = (&*contender.recipe, self.budget);
        // Batches and noise belong to an oracle, which each run has for itself.
        let many = recipe.side_by_side().filter(|_| chance.is_none());
        if let Some(many) = many {
            return many(objective, starts, budget, ends);
        }
        let run = |w: &[f64]| Run::by_chance(objective, recipe, w, budget, chance);
        batch::one_by_one(&run, starts, ends);
    }

    /// Whether one optimizer's runs from many starts march side by side, not one after the other.
    pub fn side_by_side(&self, contender: &ComparedOptimizer) -> bool {
        self.chance.is_none() && contender.recipe.side_by_side().is_some()
    }

    /// The runs of all optimizers, in the order given.
    pub fn runs(&self) -> impl Iterator<Item = Run<'_>> {
        self.contenders.iter().map(|contender| self.run(contender))
    }
}
