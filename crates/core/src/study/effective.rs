//! The settings in effect of a problem or an optimizer, given or not.

use super::components::component;
use crate::{
    catalog::{
        DefaultValue, EntryMetadata, Kind, Param, ProblemDefaults, ResolvedSetting, column_names,
        pick::Pick,
    },
    numeric::number::ShortestFloat,
    objective::{
        data::{DataSet, DataSource, usable::name_or_number},
        data_sets,
        problems::RateSource,
    },
    optimizers::Described,
};
use std::fmt;

/// A setting in effect.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectiveSetting {
    /// The key in the pick; dotted for a setting of a component.
    pub key: String,
    /// The value as text.
    pub value: String,
    /// Where the value comes from.
    pub source: SettingSource,
}

/// Where the value of a setting comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingSource {
    /// The pick.
    Given,
    /// The default of the entry.
    Default,
    /// The problem, which states or derives a learning rate.
    Problem(RateSource),
    /// The problem, which knows its minimum.
    LeastLoss,
}

impl fmt::Display for SettingSource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given => out.write_str("given"),
            Self::Default => out.write_str("default"),
            Self::Problem(source) => write!(out, "{source}"),
            Self::LeastLoss => out.write_str("the loss at the known minimum"),
        }
    }
}

/// Returns the settings in effect of the entry `about`, in the order of its description, with those of the optimizers that it
/// wraps. `defaults` are those that the problem states, with the source of the learning rate, and `resolved` contains values
/// that follow from other settings, the problem, or a file.
///
/// The list does not contain an optional component that is not used, or a setting that is replaced or has no effect. The batch
/// size of the experiment and the label of a record are shown elsewhere.
pub(crate) fn effective_settings(
    (about, wrapped): (&EntryMetadata, &[Described]),
    pick: &Pick,
    defaults: (ProblemDefaults, RateSource),
    resolved: &[ResolvedSetting],
) -> Vec<EffectiveSetting> {
    let first = about.settings().next().map_or("", |param| &*param.name);
    let pick = about.canonical(pick);
    let given = pick.settings.iter();
    let given = given.map(|s| {
        if s.key.is_empty() {
            (first, &*s.value)
        } else {
            (&*s.key, &*s.value)
        }
    });
    let mut list = SettingList {
        given: &given.collect::<Vec<_>>(),
        defaults,
        resolved,
        wrapped,
        settings: Vec::new(),
    };
    list.add(about, "");
    list.settings
}

/// A list of settings in effect, and what determines them.
struct SettingList<'a> {
    given: &'a [(&'a str, &'a str)],
    defaults: (ProblemDefaults, RateSource),
    resolved: &'a [ResolvedSetting],
    wrapped: &'a [Described],
    settings: Vec<EffectiveSetting>,
}

impl SettingList<'_> {
    /// Adds the settings of an entry, whose keys begin with `prefix`.
    fn add(&mut self, about: &EntryMetadata, prefix: &str) {
        for param in about.settings() {
            let Some((value, source)) = self.value(param, prefix) else {
                continue;
            };
            let key = format!("{prefix}{}", param.name);
            let inside = format!("{key}.");
            let wrapped = self.wrapped.iter().find(|one| one.prefix == inside);
            let part = wrapped.map(|one| &*one.about);
            let part = part.or_else(|| component(param, &value));
            self.settings.push(EffectiveSetting { key, value, source });
            if let Some(part) = part {
                self.add(part, &inside);
            }
        }
    }

    /// Returns the value in effect of a setting, if there is one.
    fn value(&self, param: &Param, prefix: &str) -> Option<(String, SettingSource)> {
        let rival = param.unless.as_deref();
        if rival.is_some_and(|key| self.find(prefix, key).is_some()) {
            return None;
        }
        let given = self.find(prefix, &param.name);
        let is_resolved =
            |resolved: &&ResolvedSetting| resolved.key.strip_prefix(prefix) == Some(&*param.name);
        if let Some(resolved) = self.resolved.iter().find(is_resolved) {
            let value = resolved.value.clone()?;
            // A class or a column can be given by its number instead of its name.
            let is_same = |given: &str| given == value || param.kind == Kind::Text;
            let source = if given.is_some_and(is_same) {
                SettingSource::Given
            } else {
                SettingSource::Default
            };
            return Some((value, source));
        }
        let (defaults, rate_source) = self.defaults;
        match (given, defaults.of(param)) {
            (Some(value), _) => Some((value.to_owned(), SettingSource::Given)),
            (None, Some(stated)) => {
                let source = if param.loss_bound {
                    SettingSource::LeastLoss
                } else {
                    SettingSource::Problem(rate_source)
                };
                Some((ShortestFloat(stated).to_string(), source))
            }
            (None, None) if param.preset == DefaultValue::None => None,
            (None, None) => Some((param.preset.to_string(), SettingSource::Default)),
        }
    }

    /// Returns the given value of the setting `name` of the entry whose keys begin with `prefix`.
    fn find(&self, prefix: &str, name: &str) -> Option<&str> {
        let named = |(key, _): &&(&str, &str)| key.strip_prefix(prefix) == Some(name);
        self.given.iter().find(named).map(|(_, value)| *value)
    }
}

/// Adds the columns that a data set from a file uses by default, after the name of the file.
pub(crate) fn with_columns(
    mut settings: Vec<EffectiveSetting>,
    data: &DataSet,
) -> Vec<EffectiveSetting> {
    let is_path = |s: &EffectiveSetting| s.key == "path" || s.key == "data.path";
    let is_file = |s: &EffectiveSetting| s.key == "data" && data_sets::is_csv(&s.value);
    let place = settings.iter().position(|s| is_path(s) || is_file(s));
    let (Some(place), Some(source)) = (place, &data.source) else {
        return settings;
    };
    let prefix = if settings[place].key == "path" {
        ""
    } else {
        "data."
    };
    let columns = [
        ("target", name_or_number(&source.table, source.target)),
        ("features", features(source)),
    ];
    for (name, value) in columns {
        let key = format!("{prefix}{name}");
        if settings.iter().all(|s| s.key != key) {
            let source = SettingSource::Default;
            settings.insert(place + 1, EffectiveSetting { key, value, source });
        }
    }
    settings
}

/// Returns the names or numbers of the columns of the features, as in a pick.
fn features(source: &DataSource) -> String {
    let columns = source.features.iter();
    column_names(columns.map(|i| name_or_number(&source.table, *i)))
}

#[cfg(test)]
mod tests {
    use crate::study::experiment::Experiment;

    /// Returns the settings of an optimizer as text.
    fn settings(on: &str, with: &str) -> String {
        let experiment = Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()]);
        let contest = experiment.prepare().unwrap();
        let settings = contest.contenders[0].settings_in_effect();
        let texts = settings
            .iter()
            .map(|s| format!("{}={} ({})", s.key, s.value, s.source));
        texts.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn settings_are_listed_with_their_source() {
        assert_eq!(
            settings("article", "gradient-descent"),
            "learning_rate=0.3 (the default of the problem)"
        );
        assert_eq!(
            settings("formula:x^2+4*y^2", "momentum:momentum=0.5"),
            "learning_rate=0.0625 (from the greatest curvature found in the window), momentum=0.5 (given), dampening=0 (default), rescale_velocity=false (default)"
        );
        let search = settings("article", "gradient-descent:search=armijo");
        assert!(
            search.starts_with("search=armijo (given), search."),
            "{search}"
        );
        assert!(!search.contains("learning_rate"), "{search}");
        assert_eq!(
            settings("booth", "polyak-sgd"),
            "learning_rate=1 (default), max_step=1 (default), minimum=0 (the loss at the known minimum)"
        );
        let inner = settings("easom", "lookahead:of=momo");
        assert!(
            inner.contains("of.minimum=-1 (the loss at the known minimum)"),
            "{inner}"
        );
        let penalty = settings("article", "rprop:regularizer=l2,regularizer.rate=0.5");
        assert!(
            penalty.ends_with("regularizer=l2 (given), regularizer.rate=0.5 (given)"),
            "{penalty}"
        );
    }

    #[test]
    fn a_problem_has_settings_of_its_data() {
        let experiment = Experiment::new(
            "mlp:layers=2-3-1,data.noise=0.2".parse().unwrap(),
            Vec::new(),
        );
        let settings = experiment.prepare().unwrap().problem_settings();
        let value = |key: &str| {
            let found = settings.iter().find(|s| s.key == key).unwrap();
            (found.value.clone(), found.source.to_string())
        };
        assert_eq!(value("layers"), ("2-3-1".to_owned(), "given".to_owned()));
        assert_eq!(value("data"), ("moons".to_owned(), "default".to_owned()));
        assert_eq!(value("data.noise"), ("0.2".to_owned(), "given".to_owned()));
        assert_eq!(value("data.seed"), ("1".to_owned(), "default".to_owned()));
    }
}
