//! Optimizers that are not in the registry, such as those of a user.

use crate::{
    Error,
    catalog::{EntryMetadata, pick::Pick},
    run::optimizer::ConfiguredOptimizer,
    study::{
        contender::{ComparedOptimizer, TuningSummary, labels::disambiguate_labels},
        experiment::PreparedExperiment,
    },
};
use std::{borrow::Cow, sync::Arc};

/// An optimizer that is not in the registry.
pub trait CustomOptimizer: Send + Sync {
    /// Returns its id, which names it in picks. It can be equal to one of the catalog.
    fn id(&self) -> &str;

    /// Returns its title.
    fn title(&self) -> &str;

    /// Describes it for runs from `start` (dim).
    ///
    /// # Errors
    /// It cannot run from there.
    fn describe(&self, start: &[f64]) -> Result<EntryMetadata, Error>;

    /// Returns it with its description and the settings of a pick. Settings that the pick omits keep their values.
    ///
    /// # Errors
    /// A setting is invalid.
    fn configure(
        &self,
        about: &EntryMetadata,
        pick: &Pick,
    ) -> Result<Arc<dyn ConfiguredOptimizer>, Error>;
}

/// An optimizer of a comparison.
#[derive(Clone)]
pub enum Entrant {
    /// An entry of the catalog with its settings.
    Cataloged(Pick),
    /// An optimizer that is not in the catalog.
    Custom(Arc<dyn CustomOptimizer>),
}

impl Entrant {
    /// Returns the pick; that of a custom optimizer is only its id.
    ///
    /// # Errors
    /// The id is not a valid pick.
    pub fn pick(&self) -> Result<Pick, Error> {
        match self {
            Self::Cataloged(pick) => Ok(pick.clone()),
            Self::Custom(optimizer) => optimizer.id().parse(),
        }
    }

    /// Returns its name in tables and figures: the text of the pick, or the title of a custom optimizer.
    pub fn name(&self) -> &str {
        match self {
            Self::Cataloged(pick) => pick.text(),
            Self::Custom(optimizer) => optimizer.title(),
        }
    }

    /// Returns whether it is not in the catalog.
    pub fn is_custom(&self) -> bool {
        matches!(self, Self::Custom(_))
    }
}

impl PreparedExperiment {
    /// Prepares an optimizer with other settings. It is not added to the experiment.
    ///
    /// # Errors
    /// The optimizer is invalid, or cannot run in this experiment.
    pub fn enter_with(&self, entrant: &Entrant, pick: &Pick) -> Result<ComparedOptimizer, Error> {
        match entrant {
            Entrant::Cataloged(_) => self.enter(pick),
            Entrant::Custom(optimizer) => self.enter_custom(optimizer, pick),
        }
    }

    /// Prepares a custom optimizer with the settings of a pick of its id. It is not added to the experiment.
    ///
    /// # Errors
    /// A setting is invalid, or the optimizer cannot run from the initial point.
    pub fn enter_custom(
        &self,
        optimizer: &Arc<dyn CustomOptimizer>,
        pick: &Pick,
    ) -> Result<ComparedOptimizer, Error> {
        let about = optimizer.describe(&self.start)?;
        let recipe = optimizer.configure(&about, pick)?;
        Ok(ComparedOptimizer {
            pick: pick.clone(),
            tuning: None,
            label: about.title.clone().into_owned(),
            resolved: recipe.resolved_settings(&*self.problem.objective),
            about: Cow::Owned(about),
            wrapped: Vec::new(),
            recipe,
            defaults: self.problem.defaults(),
            learning_rate_source: self.problem.learning_rate_source,
            randomness: self.randomness.clone(),
            custom: Some(optimizer.clone()),
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

    /// Returns the experiment with tuned settings, which the labels state. There is one entry per optimizer: `None` for one
    /// that was not tuned.
    ///
    /// # Errors
    /// A setting is invalid.
    pub fn with_tuning(&self, tunings: &[Option<TuningSummary>]) -> Result<Self, Error> {
        let tuned = self.contenders.iter().zip(tunings);
        let tuned = tuned.map(|(contender, tuning)| match tuning {
            None => Ok(contender.clone()),
            Some(tuning) => Ok(ComparedOptimizer {
                tuning: Some(tuning.clone()),
                ..self.enter_with(&contender.entrant(), &tuning.apply(&contender.pick)?)?
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::experiment::Experiment;

    #[test]
    fn tuned_settings_are_part_of_picks_and_labels_also_in_a_selection() {
        let with = ["adam", "rprop"].map(|id| id.parse().unwrap());
        let experiment = Experiment::new("article".parse().unwrap(), with.to_vec());
        let contest = experiment.prepare().unwrap();
        let tuning = TuningSummary {
            settings: vec!["learning_rate=0.3".to_owned()],
            studies: 3,
            trials: 15,
            evaluations: 1000,
        };
        let tuned = contest.with_tuning(&[Some(tuning), None]).unwrap();
        let label = "Adam (learning_rate=0.3, tuned: 15 trials, best of the median study)";
        let labels = |contest: &PreparedExperiment| -> Vec<String> {
            contest.contenders.iter().map(|c| c.label.clone()).collect()
        };
        assert_eq!(tuned.contenders[0].pick.text(), "adam:learning_rate=0.3");
        assert_eq!(labels(&tuned), [label, "RPROP"]);
        assert_eq!(labels(&tuned.selected(&[0])), [label]);
        assert_eq!(
            labels(&contest.with_tuning(&[None, None]).unwrap()),
            ["Adam", "RPROP"]
        );
    }
}
