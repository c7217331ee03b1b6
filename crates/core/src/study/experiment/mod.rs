//! An experiment as plain data: a problem, optimizers, an initial point, and a budget.

mod checks;
mod runs;

use crate::{
    Error,
    catalog::{
        Params, ProblemDefaults, ResolvedSetting, Settings,
        pick::{FileContent, Pick},
    },
    error::finite,
    numeric::number::ShortestFloat,
    objective::{
        blocks::BlockKind,
        problems::{self, Problem, RateSource},
    },
    optimizers,
    run::{
        Budget, EPOCH_LIMIT,
        optimizer::ConfiguredOptimizer,
        randomness::{BatchParams, Randomness},
        record::WeightLayout,
    },
    study::{
        contender::{ComparedOptimizer, labels::disambiguate_labels},
        effective::{EffectiveSetting, effective_settings, with_columns},
        memory::check_memory,
    },
};
use checks::{check_batch, check_needs, check_own_start, check_start, checked_tolerance};
use std::{borrow::Cow, iter::once, sync::Arc};

/// The target loss of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// The target loss of the problem.
    Problem,
    /// No target: run to the epoch limit.
    None,
    /// This loss.
    Loss(f64),
}

/// An experiment as plain data. The picks are not resolved yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// The problem.
    pub on: Pick,
    /// The optimizers.
    pub with: Vec<Pick>,
    /// The initial point, or `None` for that of the problem. A record has its own initial point.
    pub start: Option<Vec<f64>>,
    /// The target loss.
    pub target: Target,
    /// The epoch limit. An epoch is one step; with mini-batches, it uses one mini-batch.
    pub epochs: u64,
    /// The tolerance at which a run has converged; see [`Budget`].
    pub tolerance: Option<f64>,
    /// Randomness of the runs: mini-batches, noise, and the seed.
    pub randomness: Randomness,
}

/// An experiment that is ready to run. Clones share the objective and the optimizers.
#[derive(Clone)]
pub struct PreparedExperiment {
    /// The pick of the problem.
    pub on: Pick,
    /// The problem.
    pub problem: Problem,
    /// The optimizers, in the order given.
    pub contenders: Vec<ComparedOptimizer>,
    /// The initial point (dim).
    pub start: Vec<f64>,
    /// Budget of each run.
    pub budget: Budget,
    /// Randomness of the runs: mini-batches, noise, and the seed. An optimizer can have its own batch size.
    pub randomness: Randomness,
}

impl Experiment {
    /// Creates an experiment with the initial point and the target loss of the problem.
    pub fn new(on: Pick, with: Vec<Pick>) -> Self {
        Self {
            on,
            with,
            start: None,
            target: Target::Problem,
            epochs: EPOCH_LIMIT,
            tolerance: None,
            randomness: Randomness::default(),
        }
    }

    /// Returns the names and contents of the files of all picks, each file once.
    pub fn files(&self) -> Vec<(String, FileContent)> {
        let mut files = Vec::new();
        for file in once(&self.on)
            .chain(&self.with)
            .flat_map(|pick| &pick.files)
        {
            if !files.contains(file) {
                files.push(file.clone());
            }
        }
        files
    }

    /// Resolves the picks and checks that all parts are compatible.
    ///
    /// # Errors
    /// A pick has an unknown id or an invalid setting. The initial point has the wrong length. The initial point or the
    /// target is not finite. An optimizer needs a capability that the problem does not have. The problem has no
    /// mini-batches. Runs begin at the initial point of the problem, and the loss is not finite there.
    pub fn prepare(&self) -> Result<PreparedExperiment, Error> {
        self.prepare_on(problems::build(&self.on)?)
    }

    /// Does the same as [`prepare`](Self::prepare) with a problem that is not in the registry. The pick in `on` only names
    /// it.
    ///
    /// # Errors
    /// As for [`prepare`](Self::prepare).
    pub fn prepare_on(&self, problem: Problem) -> Result<PreparedExperiment, Error> {
        let start = self.start.clone().unwrap_or_else(|| problem.start.clone());
        check_start(&problem, &start)?;
        let target = match self.target {
            Target::Problem => problem.target,
            Target::None => None,
            Target::Loss(loss) => Some(finite("the target loss", loss)?),
        };
        let tolerance = self.tolerance.map(checked_tolerance).transpose()?;
        self.randomness.check(&*problem.objective, &self.on.id)?;
        let mut contest = PreparedExperiment {
            on: self.on.clone(),
            contenders: Vec::new(),
            problem,
            start,
            budget: Budget {
                epochs: self.epochs,
                target,
                tolerance,
            },
            randomness: self.randomness.clone(),
        };
        let contenders = self.with.iter().map(|pick| contest.enter(pick));
        let mut contenders = contenders.collect::<Result<Vec<_>, Error>>()?;
        disambiguate_labels(&mut contenders);
        if self.start.is_none() {
            let others = contenders.iter().any(|c| c.record().is_none());
            if others || contenders.is_empty() {
                check_own_start(&contest.problem)
                    .map_err(|e| e.within(self.on.text(), self.on.id_span()))?;
            }
            // If every optimizer is a record, the experiment begins where the first record begins.
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

impl PreparedExperiment {
    /// Prepares another optimizer, which can have the names of another library. Its label is its title or the name of its record.
    /// It is not added to the experiment.
    ///
    /// # Errors
    /// The pick has an unknown id or an invalid setting, or the problem or its mini-batches lack a capability that it needs.
    pub fn enter(&self, pick: &Pick) -> Result<ComparedOptimizer, Error> {
        let pick = &optimizers::REGISTRY.native(pick.clone())?;
        let layout = WeightLayout {
            names: &self.problem.weight_names,
            blocks: self.problem.objective.blocks(),
        };
        let recipe = match optimizers::replay_for(pick, layout)? {
            Some(replay) => Arc::new(replay),
            None => self.build(pick)?,
        };
        let entry = &optimizers::REGISTRY.named(&pick.id)?.about;
        let settings = Settings::of(pick, entry, None)?;
        let randomness = self.randomness_of(pick, &settings)?;
        let described = optimizers::descriptions(pick, &*recipe);
        let about = optimizers::whole(&described).unwrap_or(Cow::Borrowed(entry));
        check_needs(&about, &*self.problem.objective)
            .and_then(|()| check_batch(&about, &randomness))
            .and_then(|()| check_memory(&about, &*self.problem.objective))
            .map_err(|e| e.within(pick.text(), pick.id_span()))?;
        let mut contender = ComparedOptimizer {
            pick: about.canonical(pick),
            label: String::new(),
            tuning: None,
            resolved: self.resolved_settings(pick, &*recipe, &randomness),
            about,
            wrapped: described.into_iter().skip(1).collect(),
            recipe,
            defaults: self.problem.defaults(),
            learning_rate_source: self.problem.learning_rate_source,
            randomness,
            custom: None,
        };
        contender.label = contender.name().to_owned();
        Ok(contender)
    }

    /// Returns the values in effect of settings that follow from the problem, a file, or the seed of the experiment.
    fn resolved_settings(
        &self,
        pick: &Pick,
        recipe: &dyn ConfiguredOptimizer,
        randomness: &Randomness,
    ) -> Vec<ResolvedSetting> {
        let mut resolved = recipe.resolved_settings(&*self.problem.objective);
        let seeds = optimizers::optional_seeds(pick).into_iter();
        resolved.extend(seeds.map(|key| ResolvedSetting {
            key: key.into(),
            value: Some(randomness.seed.to_string()),
        }));
        resolved
    }

    /// Gives an optimizer the settings of another pick with the same id for the next runs, which is much faster than
    /// [`enter`](Self::enter). The batch size, the label, and the pick do not change.
    ///
    /// # Errors
    /// A setting is invalid.
    pub fn change_settings(
        &self,
        contender: &mut ComparedOptimizer,
        pick: &Pick,
    ) -> Result<(), Error> {
        contender.recipe = self.build(pick)?;
        Ok(())
    }

    fn build(&self, pick: &Pick) -> Result<Arc<dyn ConfiguredOptimizer>, Error> {
        let optimizer = optimizers::REGISTRY.build(pick, self.problem.defaults())?;
        Ok(optimizer.into())
    }

    /// Returns the picks as an experiment without other settings.
    pub fn picks(&self) -> Experiment {
        let with = self.contenders.iter().map(|c| c.pick.clone());
        Experiment::new(self.on.clone(), with.collect())
    }

    /// Returns the randomness of an optimizer, which can have its own batch size.
    fn randomness_of(&self, pick: &Pick, settings: &Settings) -> Result<Randomness, Error> {
        let own = BatchParams::from_settings(settings).map_err(|error| *error)?;
        let randomness = self.randomness.with_batch(&own);
        if let Some(given) = pick.settings.iter().find(|s| s.key == "batch") {
            let checked = randomness.check(&*self.problem.objective, &self.on.id);
            checked.map_err(|error| error.within(pick.text(), given.span.clone()))?;
        }
        Ok(randomness)
    }

    /// Returns the settings of the problem in effect, given or not.
    pub fn problem_settings(&self) -> Vec<EffectiveSetting> {
        let Some(entry) = problems::REGISTRY.find(&self.on.id) else {
            return Vec::new();
        };
        let mut resolved = self.problem.resolved.clone();
        // The experiment can have its own initial point and target loss.
        for setting in &mut resolved {
            let is_replaced = match &*setting.key {
                "start" => self.start != self.problem.start,
                "target" => self.budget.target != self.problem.target,
                _ => false,
            };
            if is_replaced {
                setting.value = None;
            }
        }
        let no_defaults = (ProblemDefaults::default(), RateSource::Problem);
        let settings = effective_settings((&entry.about, &[]), &self.on, no_defaults, &resolved);
        match &self.problem.network {
            Some(network) => with_columns(settings, network.data()),
            None => settings,
        }
    }

    /// Returns a sentence on each learning rate that was not given but follows from the curvature of the problem.
    pub fn rate_notes(&self) -> Vec<String> {
        let notes = self.contenders.iter().filter_map(|contender| {
            let rate = ShortestFloat(contender.derived_rate()?);
            let (label, source) = (&contender.label, self.problem.learning_rate_source);
            Some(format!("{label}: learning_rate={rate}, {source}"))
        });
        notes.collect()
    }

    /// Returns a sentence on each rule for matrices if no weight of the problem is part of one.
    pub fn matrix_notes(&self) -> Vec<String> {
        let mut blocks = self.problem.objective.blocks().iter();
        if blocks.any(|block| block.kind == BlockKind::Matrix) {
            return Vec::new();
        }
        let rules = self.contenders.iter();
        let rules = rules.filter(|contender| !contender.about.without_matrices.is_empty());
        let note = |contender: &ComparedOptimizer| {
            let (label, simpler) = (&contender.label, &contender.about.without_matrices);
            format!("{label}: no weight of this problem is part of a matrix, so it is {simpler}")
        };
        rules.map(note).collect()
    }

    /// Checks that runs can begin at `start`.
    ///
    /// # Errors
    /// The number of weights differs from that of the problem, or a weight is not finite.
    pub fn check_start(&self, start: &[f64]) -> Result<(), Error> {
        check_start(&self.problem, start)
    }
}
