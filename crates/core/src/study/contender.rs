//! One optimizer among those that are compared: what it is called, and what is known of it.

use crate::{
    catalog::{
        DefaultValue, EntryMetadata,
        inspect::{Channel, StepReason},
        pick::{Assignment, Pick},
    },
    run::{optimizer::ConfiguredOptimizer, record::Record},
};
use std::{borrow::Cow, sync::Arc};

/// One optimizer of a contest.
pub struct ComparedOptimizer {
    /// As it was picked.
    pub pick: Pick,
    /// Its title, or the name of its record, with what tells it from another of the same name.
    pub label: String,
    pub(crate) about: Cow<'static, EntryMetadata>,
    pub(crate) recipe: Arc<dyn ConfiguredOptimizer>,
    /// The step per unit of gradient that the problem states.
    pub(crate) learning_rate: Option<f64>,
}

impl ComparedOptimizer {
    /// The record of a run made elsewhere, if this is one.
    pub fn record(&self) -> Option<&Record> {
        self.recipe.replay().map(|replay| &*replay.record)
    }

    /// What it alone does of all variants of its idea, in a phrase for a label; empty where it has no kin.
    pub fn variant(&self) -> &str {
        &self.about.variant
    }

    /// What it shows of its inner state.
    pub fn channels(&self) -> &[Channel] {
        &self.about.channels
    }

    /// Why its steps are as they are, the cases in which it is true in turn.
    pub fn why(&self) -> &[StepReason] {
        &self.about.why
    }

    /// The number that one of its settings has at first: given, stated by the problem, or preset; a switch is 1 or 0.
    pub fn number(&self, setting: &str) -> Option<f64> {
        let param = self.about.setting(setting)?;
        let given = self.pick.settings.iter().find(|s| s.key == setting);
        let stated = self.learning_rate.filter(|_| param.per_gradient);
        let read = |text: &str| match text {
            "true" => Some(1.0),
            "false" => Some(0.0),
            number => number.parse().ok(),
        };
        match (given, stated, &param.preset) {
            (Some(given), ..) => read(&given.value),
            (None, Some(v), _) => Some(v),
            (None, None, DefaultValue::Number(v)) => Some(*v),
            (None, None, DefaultValue::Text(text)) => read(text),
            _ => None,
        }
    }
}

/// Adds to the label of each optimizer that shares it with others the settings that they do not share.
pub(crate) fn tell_apart(contenders: &mut [ComparedOptimizer]) {
    let labels: Vec<String> = contenders
        .iter()
        .map(|one| told_apart(one, contenders))
        .collect();
    for (contender, label) in contenders.iter_mut().zip(labels) {
        contender.label = label;
    }
}

/// The label of one of these.
fn told_apart(one: &ComparedOptimizer, all: &[ComparedOptimizer]) -> String {
    let given = |other: &ComparedOptimizer, setting: &Assignment| {
        let mut settings = other.pick.settings.iter();
        settings.any(|s| s.key == setting.key && s.value == setting.value)
    };
    let namesakes = || all.iter().filter(|other| other.label == one.label);
    let own = one.pick.settings.iter();
    let own = own.filter(|setting| !namesakes().all(|other| given(other, setting)));
    let own: Vec<&str> = own.map(|s| &one.pick.text()[s.span.clone()]).collect();
    if own.is_empty() {
        one.label.clone()
    } else {
        format!("{} ({})", one.label, own.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use crate::study::experiment::Experiment;

    fn labels(with: &[&str]) -> Vec<String> {
        let with = with.iter().map(|pick| pick.parse().unwrap()).collect();
        let experiment = Experiment::new("article".parse().unwrap(), with);
        let contest = experiment.prepare().unwrap();
        contest.contenders.into_iter().map(|c| c.label).collect()
    }

    #[test]
    fn a_label_tells_what_others_of_its_name_do_not_have() {
        assert_eq!(labels(&["adam:beta1=0.5", "rprop"]), ["Adam", "RPROP"]);
        assert_eq!(
            labels(&[
                "adam:beta1=0.5,epsilon=1",
                "adam:beta2=0.9,beta1=0.5",
                "adam:beta1=0.5"
            ]),
            ["Adam (epsilon=1)", "Adam (beta2=0.9)", "Adam"]
        );
        let twice = [
            "gradient-descent:learning_rate=0.3",
            "gradient-descent:learning_rate=0.1,regularizer=l2",
        ];
        assert_eq!(
            labels(&twice),
            [
                "Gradient Descent (learning_rate=0.3)",
                "Gradient Descent (learning_rate=0.1, regularizer=l2)"
            ]
        );
    }
}
