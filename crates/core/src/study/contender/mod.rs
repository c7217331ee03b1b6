//! One of the compared optimizers: its label and its description.

pub(super) mod labels;

use crate::{
    Error,
    catalog::{
        DefaultValue, EntryMetadata, Family, Param, ProblemDefaults, ResolvedSetting,
        inspect::{Channel, StepReason},
        pick::Pick,
    },
    objective::problems::RateSource,
    optimizers::Described,
    run::{
        optimizer::{ConfiguredOptimizer, options::StepOptions},
        randomness::Randomness,
        record::Record,
        regularizer::Regularizer,
    },
    study::{
        components::component,
        custom::{CustomOptimizer, Entrant},
        effective::{EffectiveSetting, SettingSource, effective_settings},
    },
};
use std::{borrow::Cow, fmt, sync::Arc};

/// One optimizer of an experiment. Clones share the optimizer itself.
#[derive(Clone)]
pub struct ComparedOptimizer {
    /// The pick.
    pub pick: Pick,
    /// Title of the optimizer or name of the record, with the settings that distinguish it from others of the same name.
    pub label: String,
    /// The tuning of its settings, if they were tuned.
    pub tuning: Option<TuningSummary>,
    pub(crate) about: Cow<'static, EntryMetadata>,
    /// The optimizers inside of a wrapper, the outermost one first.
    pub(crate) wrapped: Vec<Described>,
    pub(crate) recipe: Arc<dyn ConfiguredOptimizer>,
    /// Defaults that the problem states.
    pub(crate) defaults: ProblemDefaults,
    pub(crate) learning_rate_source: RateSource,
    /// Randomness of its runs: that of the experiment, with its own batch size.
    pub(crate) randomness: Randomness,
    /// Values in effect of settings that follow from the problem or from a file.
    pub(crate) resolved: Vec<ResolvedSetting>,
    /// What makes it with other settings, if it is not in the catalog. Its id can then be equal to one of the catalog.
    pub(crate) custom: Option<Arc<dyn CustomOptimizer>>,
}

/// What a reader must know about the tuning of an optimizer.
#[derive(Clone, Debug, PartialEq)]
pub struct TuningSummary {
    /// The tuned settings with their values, as in `learning_rate=0.3`.
    pub settings: Vec<String>,
    /// Number of studies.
    pub studies: usize,
    /// Number of trials of all studies together.
    pub trials: usize,
    /// The budget of each trial in evaluations.
    pub evaluations: u64,
}

impl TuningSummary {
    /// Returns a pick with the tuned settings.
    ///
    /// # Errors
    /// A value would be misread in a pick.
    pub fn apply(&self, pick: &Pick) -> Result<Pick, Error> {
        let pairs = self.settings.iter().filter_map(|s| s.split_once('='));
        let mut pairs = pairs.collect::<Vec<_>>().into_iter();
        pairs.try_fold(pick.clone(), |pick, (key, value)| pick.changed(key, value))
    }
}

/// Writes the number of trials and which of them has the settings, as in "tuned: 15 trials, best of the median study".
impl fmt::Display for TuningSummary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let trials = if self.trials == 1 { "trial" } else { "trials" };
        let chosen = if self.studies == 1 {
            "best one"
        } else {
            "best of the median study"
        };
        write!(out, "tuned: {} {trials}, {chosen}", self.trials)
    }
}

impl ComparedOptimizer {
    /// States the tuning in the label: the tuned settings and the number of trials.
    pub fn mark_tuned(&mut self, tuning: TuningSummary) {
        let (name, inside) = match self
            .label
            .strip_suffix(')')
            .and_then(|l| l.split_once(" ("))
        {
            Some((name, inside)) => (name, Some(inside)),
            None => (&*self.label, None),
        };
        // The label of one of several variants contains the settings that differ.
        let stated: Vec<&str> = inside.map_or_else(Vec::new, |inside| inside.split(", ").collect());
        let mut parts: Vec<&str> = stated.clone();
        let settings = tuning.settings.iter().map(String::as_str);
        parts.extend(settings.filter(|setting| !stated.contains(setting)));
        let trials = tuning.to_string();
        parts.push(&trials);
        self.label = format!("{name} ({})", parts.join(", "));
        self.tuning = Some(tuning);
    }

    /// Returns whether it is not in the catalog, such as an optimizer of a user.
    pub fn is_custom(&self) -> bool {
        self.custom.is_some()
    }

    /// Returns what prepares it with other settings.
    pub fn entrant(&self) -> Entrant {
        match &self.custom {
            Some(optimizer) => Entrant::Custom(optimizer.clone()),
            None => Entrant::Cataloged(self.pick.clone()),
        }
    }

    /// Returns the record, if this is a recorded run.
    pub fn record(&self) -> Option<&Record> {
        self.recipe.replay().map(|replay| &*replay.record)
    }

    /// Returns whether this is a recorded run without numbers of evaluations.
    pub fn lacks_counts(&self) -> bool {
        self.record().is_some_and(|record| record.calls.is_none())
    }

    /// Returns the title of the optimizer or the name of the record, without settings.
    pub fn name(&self) -> &str {
        let replay = self.recipe.replay();
        replay.map_or(&*self.about.title, |replay| &replay.label)
    }

    /// Returns the randomness of its runs: that of the experiment, with its own batch size if it has one.
    pub fn randomness(&self) -> &Randomness {
        &self.randomness
    }

    /// Returns its description and those of the optimizers inside of it, each with the beginning of the keys of its settings.
    pub(crate) fn abouts(&self) -> impl Iterator<Item = (&str, &EntryMetadata)> {
        let wrapped = self.wrapped.iter();
        let wrapped = wrapped.map(|one| (&*one.prefix, &*one.about));
        std::iter::once(("", &*self.about)).chain(wrapped)
    }

    /// Returns the options that change its gradient or its displacement, if it has some.
    pub fn options(&self) -> Option<&StepOptions> {
        self.recipe.options()
    }

    /// Returns whether its steps follow a rule that the user wrote, possibly inside of a wrapper.
    pub fn is_user_defined(&self) -> bool {
        self.abouts().any(|(_, about)| about.is_open)
    }

    /// Returns whether its steps depend on gradients, and not only on losses.
    pub fn uses_gradient(&self) -> bool {
        self.about.family != Some(Family::DerivativeFree)
    }

    /// Returns the penalty that is added to its loss, if there is one.
    pub fn regularizer(&self) -> Option<&dyn Regularizer> {
        self.recipe.regularizer()
    }

    /// Returns the phrase that distinguishes this variant of its algorithm; empty if there are no other variants.
    pub fn variant(&self) -> &str {
        &self.about.variant
    }

    /// Returns the channels of its inner state.
    pub fn channels(&self) -> &[Channel] {
        &self.about.channels
    }

    /// Returns the reasons of its steps, the cases in the order in which they are checked.
    pub fn why(&self) -> &[StepReason] {
        &self.about.why
    }

    /// Returns its settings in effect, given or not.
    pub fn settings_in_effect(&self) -> Vec<EffectiveSetting> {
        let defaults = (self.defaults, self.learning_rate_source);
        effective_settings(
            (&self.about, &self.wrapped),
            &self.pick,
            defaults,
            &self.resolved,
        )
    }

    /// Returns the learning rate in effect if it was not given but derived from the problem.
    pub fn derived_rate(&self) -> Option<f64> {
        let is_derived = |s: &EffectiveSetting| match s.source {
            SettingSource::Problem(source) => source.is_derived(),
            _ => false,
        };
        let is_derived = self.settings_in_effect().iter().any(is_derived);
        self.defaults.learning_rate.filter(|_| is_derived)
    }

    /// Returns the initial value of a setting: the given value, else that of the problem, else the default. A switch is 1 or 0.
    /// A setting that another one replaces has no value. A setting of a wrapped optimizer hides one of the wrapper.
    pub fn number(&self, setting: &str) -> Option<f64> {
        let mut inner = self.wrapped.iter().rev();
        inner
            .find_map(|one| self.number_of(&one.about, &one.prefix, setting))
            .or_else(|| self.number_of(&self.about, "", setting))
    }

    /// Returns the value of a setting of the entry `about`, whose keys begin with `prefix`.
    fn number_of(&self, about: &EntryMetadata, prefix: &str, setting: &str) -> Option<f64> {
        let given = |key: &str| {
            let mut settings = self.pick.settings.iter();
            settings.find(|s| s.key.strip_prefix(prefix) == Some(key))
        };
        let param = self.param(about, prefix, setting)?;
        if param
            .unless
            .as_deref()
            .is_some_and(|key| given(key).is_some())
        {
            return None;
        }
        let stated = self.defaults.of(param);
        let read = |text: &str| match text {
            "true" => Some(1.0),
            "false" => Some(0.0),
            number => number.parse().ok(),
        };
        match (given(setting), stated, &param.preset) {
            (Some(given), ..) => read(&given.value),
            (None, Some(v), _) => Some(v),
            (None, None, DefaultValue::Number(v)) => Some(*v),
            (None, None, DefaultValue::Text(text)) => read(text),
            _ => None,
        }
    }

    /// Returns the description of a setting of the entry `about`, whose keys begin with `prefix`. A dotted key is a setting of the
    /// component in use.
    fn param<'a>(&self, about: &'a EntryMetadata, prefix: &str, key: &str) -> Option<&'a Param> {
        let Some((head, tail)) = key.split_once('.') else {
            return about.setting(key);
        };
        let param = about.setting(head)?;
        let mut settings = self.pick.settings.iter();
        let given = settings.find(|s| s.key.strip_prefix(prefix) == Some(head));
        let id = match (given, &param.preset) {
            (Some(given), _) => &given.value,
            (None, DefaultValue::Text(text)) => &**text,
            (None, _) => return None,
        };
        component(param, id)?.setting(tail)
    }
}

#[cfg(test)]
mod tests {
    use crate::study::experiment::Experiment;

    #[test]
    fn a_label_states_the_tuning() {
        let with = ["adam", "adam:beta1=0.5,learning_rate=0.3"].map(|pick| pick.parse().unwrap());
        let experiment = Experiment::new("article".parse().unwrap(), with.to_vec());
        let mut contest = experiment.prepare().unwrap();
        let summary = super::TuningSummary {
            settings: vec!["learning_rate=0.3".to_owned()],
            studies: 3,
            trials: 15,
            evaluations: 1000,
        };
        contest.contenders[1].mark_tuned(summary.clone());
        assert_eq!(
            contest.contenders[1].label,
            "Adam (beta1=0.5, learning_rate=0.3, tuned: 15 trials, best of the median study)"
        );
        contest.contenders[0].label = "Adam".to_owned();
        contest.contenders[0].mark_tuned(summary);
        assert_eq!(
            contest.contenders[0].label,
            "Adam (learning_rate=0.3, tuned: 15 trials, best of the median study)"
        );
    }
}
