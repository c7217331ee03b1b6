//! Optimizers that are not in the registry, such as those of a user.

use crate::{
    Error,
    catalog::EntryMetadata,
    run::optimizer::ConfiguredOptimizer,
    study::{
        contender::{ComparedOptimizer, disambiguate_labels},
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
        })
    }

    /// Returns the experiment with other optimizers, whose labels are made distinct.
    #[must_use]
    pub fn with_contenders(&self, mut contenders: Vec<ComparedOptimizer>) -> Self {
        for contender in &mut contenders {
            contender.label = contender.name().to_owned();
        }
        disambiguate_labels(&mut contenders);
        Self {
            contenders,
            ..self.clone()
        }
    }

    /// Returns the experiment with some of its optimizers, by their indices.
    #[must_use]
    pub fn selected(&self, optimizers: &[usize]) -> Self {
        let chosen = optimizers.iter().map(|i| self.contenders[*i].clone());
        self.with_contenders(chosen.collect())
    }
}
