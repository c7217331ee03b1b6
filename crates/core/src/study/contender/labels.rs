//! Labels that distinguish the optimizers of an experiment.

use super::ComparedOptimizer;
use crate::{catalog::Kind, error::shortened, numeric::number::ShortestFloat};
use std::collections::BTreeMap;

/// Makes labels distinct: adds the settings that differ to labels that occur several times.
pub(crate) fn disambiguate_labels(contenders: &mut [ComparedOptimizer]) {
    let labels: Vec<String> = contenders
        .iter()
        .map(|one| distinguishing_label(one, contenders))
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let numbered: Vec<String> = labels
        .iter()
        .map(|label| {
            let before = counts.entry(label).or_default();
            *before += 1;
            match *before {
                // The same optimizer again, or another one with the same beginning of a long setting.
                2.. => format!("{label} {before}"),
                _ => label.clone(),
            }
        })
        .collect();
    for (contender, label) in contenders.iter_mut().zip(numbered) {
        contender.label = label;
    }
}

/// A longer setting in a label is shortened: the text of a rule can have any length.
const MAX_SETTING_CHARS: usize = 48;

/// Returns the distinct label of one of these optimizers: with the settings that differ among those of the same name. If it
/// gives none of them, the label contains their defaults.
fn distinguishing_label(one: &ComparedOptimizer, all: &[ComparedOptimizer]) -> String {
    let namesakes = || all.iter().filter(|other| other.label == one.label);
    let differs = |key: &str| {
        let own = one.effective(key);
        namesakes().any(|other| !are_equal(own.as_deref(), other.effective(key).as_deref()))
    };
    let given = one.pick.settings.iter();
    let given = given.filter(|setting| differs(&setting.key));
    let given = given.map(|s| shortened(&one.pick.text()[s.span.clone()], MAX_SETTING_CHARS));
    let mut parts: Vec<String> = given.collect();
    if parts.is_empty() {
        let mut keys: Vec<&str> = Vec::new();
        for setting in namesakes().flat_map(|other| &other.pick.settings) {
            if !keys.contains(&&*setting.key) && differs(&setting.key) {
                keys.push(&setting.key);
            }
        }
        let preset = |key: &&str| {
            let setting = format!("{key}={}", one.effective(key)?);
            Some(shortened(&setting, MAX_SETTING_CHARS))
        };
        parts = keys.iter().filter_map(preset).collect();
    }
    if parts.is_empty() {
        one.label.clone()
    } else {
        format!("{} ({})", one.label, parts.join(", "))
    }
}

/// Returns whether two values of a setting are equal, as numbers or as texts.
fn are_equal(a: Option<&str>, b: Option<&str>) -> bool {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<f64>().ok());
    a == b || number(a).is_some_and(|a| number(b) == Some(a))
}

impl ComparedOptimizer {
    /// Returns the value of a setting in effect: the given one, else that of the problem, else a default that is a number.
    fn effective(&self, key: &str) -> Option<String> {
        let mut settings = self.pick.settings.iter();
        if let Some(given) = settings.find(|setting| setting.key == key) {
            return Some(given.value.clone());
        }
        // The prefix of the innermost optimizer is the longest.
        let mut wrapped = self.wrapped.iter().rev();
        let inside = wrapped.find_map(|one| {
            let name = key.strip_prefix(&*one.prefix)?;
            Some((&*one.about, &*one.prefix, name))
        });
        let (about, prefix, name) = inside.unwrap_or((&self.about, "", key));
        let is_number = matches!(about.setting(name)?.kind, Kind::Number | Kind::Whole);
        let number = self.number_of(about, prefix, name).filter(|_| is_number)?;
        Some(ShortestFloat(number).to_string())
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
    fn the_text_of_a_rule_is_shortened_and_the_labels_stay_distinct() {
        let long = " + 0*g".repeat(10_000);
        let rules = ["", "+g"].map(|end| format!("rule:w := w - 0.1*g{long}{end}"));
        let labels = labels(&[&rules[0], &rules[1]]);
        assert!(labels.iter().all(|label| label.len() < 80), "{labels:?}");
        assert!(labels[0].starts_with("Rule (w := w - 0.1*g + 0*g"));
        assert_ne!(labels[0], labels[1]);
    }

    #[test]
    fn equal_optimizers_are_numbered() {
        assert_eq!(
            labels(&["adam", "rprop", "adam", "adam"]),
            ["Adam", "RPROP", "Adam 2", "Adam 3"]
        );
        let rate = "adam:learning_rate=0.01";
        assert_eq!(
            labels(&["adam", rate, rate]),
            [
                "Adam (learning_rate=0.001)",
                "Adam (learning_rate=0.01)",
                "Adam (learning_rate=0.01) 2"
            ]
        );
    }

    #[test]
    fn a_label_contains_the_settings_that_differ() {
        assert_eq!(labels(&["adam:beta1=0.5", "rprop"]), ["Adam", "RPROP"]);
        assert_eq!(
            labels(&[
                "adam:beta1=0.5,epsilon=1",
                "adam:beta2=0.9,beta1=0.5",
                "adam:beta1=0.5"
            ]),
            [
                "Adam (epsilon=1)",
                "Adam (beta2=0.9)",
                "Adam (epsilon=1e-8, beta2=0.999)"
            ]
        );
        assert_eq!(
            labels(&["momentum", "momentum:momentum=0.5"]),
            ["Momentum (momentum=0.9)", "Momentum (momentum=0.5)"]
        );
        assert_eq!(
            labels(&[
                "lookahead:of=momentum",
                "lookahead:of=momentum,of.momentum=0.5"
            ]),
            [
                "Lookahead of Momentum (of.momentum=0.9)",
                "Lookahead of Momentum (of.momentum=0.5)"
            ]
        );
        // Equal numbers do not differ.
        assert_eq!(
            labels(&["rprop:increase=1.20,decrease=0.4", "rprop:increase=1.2"]),
            ["RPROP (decrease=0.4)", "RPROP (decrease=0.5)"]
        );
        let duplicates = [
            "gradient-descent:learning_rate=0.3",
            "gradient-descent:learning_rate=0.1,regularizer=l2",
        ];
        assert_eq!(
            labels(&duplicates),
            [
                "Gradient Descent (learning_rate=0.3)",
                "Gradient Descent (learning_rate=0.1, regularizer=l2)"
            ]
        );
    }
}
