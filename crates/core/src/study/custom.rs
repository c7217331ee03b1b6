//! Optimizers that are not in the registry, such as those of a user.

use crate::{
    Error,
    catalog::EntryMetadata,
    run::optimizer::ConfiguredOptimizer,
    study::{
        contender::{ComparedOptimizer, TuningSummary, disambiguate_labels},
        experiment::PreparedExperiment,
    },
};
use std::{borrow::Cow, sync::Arc};

impl PreparedExperiment {
    /// Prepares an optimizer with its own description. It is not added to the experiment.
    ///
    /// # Errors
    /// The id of the description is not a valid pick.
    pub fn enter_custom(
        &self,
        about: EntryMetadata,
        recipe: Arc<dyn ConfiguredOptimizer>,
    ) -> Result<ComparedOptimizer, Error> {
        Ok(ComparedOptimizer {
            pick: about.id.parse()?,
            tuning: None,
            label: about.title.clone().into_owned(),
            resolved: recipe.resolved_settings(&*self.problem.objective),
            about: Cow::Owned(about),
            wrapped: Vec::new(),
            recipe,
            defaults: self.problem.defaults(),
            learning_rate_source: self.problem.learning_rate_source,
            randomness: self.randomness.clone(),
            is_custom: true,
        })
    }

    /// Returns the experiment with other optimizers, whose labels are made distinct and state their tuning.
    #[must_use]
    pub fn with_contenders(&self, mut contenders: Vec<ComparedOptimizer>) -> Self {
        for contender in &mut contenders {
            contender.label = contender.name().to_owned();
        }
        disambiguate_labels(&mut contenders);
        for contender in &mut contenders {
            if let Some(tuning) = contender.tuning.clone() {
                contender.mark_tuned(tuning);
            }
        }
        Self {
            contenders,
            ..self.clone()
        }
    }

    /// Returns the experiment with tuned settings, which the labels state. There is one entry per optimizer: `None` for one that was
    /// not tuned.
    ///
    /// # Errors
    /// A setting is invalid.
    pub fn with_tuning(&self, tunings: &[Option<TuningSummary>]) -> Result<Self, Error> {
        let tuned = self.contenders.iter().zip(tunings);
        let tuned = tuned.map(|(contender, tuning)| match tuning {
            None => Ok(contender.clone()),
            Some(tuning) => Ok(ComparedOptimizer {
                tuning: Some(tuning.clone()),
                ..self.enter(&tuning.apply(&contender.pick)?)?
            }),
        });
        Ok(self.with_contenders(tuned.collect::<Result<_, Error>>()?))
    }

    /// Returns the experiment with some of its optimizers, by their indices.
    #[must_use]
    pub fn selected(&self, optimizers: &[usize]) -> Self {
        let chosen = optimizers.iter().map(|i| self.contenders[*i].clone());
        self.with_contenders(chosen.collect())
    }
}
