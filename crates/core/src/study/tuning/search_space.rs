//! The settings of an optimizer that are tuned, with their ranges.

use super::{
    quasi_random::MAX_DIMENSIONS,
    tuned_settings::{auxiliary_rule, tuned_settings},
};
use crate::{
    catalog::{EntryMetadata, Kind, Param, over::Spacing},
    numeric::number::ShortestFloat,
    optimizers::user_rule::RATE_NAMES,
    study::{
        components::component, contender::ComparedOptimizer, effective::SettingSource,
        experiment::PreparedExperiment,
    },
};
use std::{fmt, ops::Range};

/// The settings of an optimizer that are tuned. It is empty if there is nothing to tune.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchSpace {
    /// One per setting.
    pub dimensions: Vec<SearchDimension>,
}

/// A setting with the range of its values.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchDimension {
    /// Key in picks.
    pub key: String,
    /// The ends of the range, both included.
    pub range: [f64; 2],
    /// Whether the values are evenly spaced or have equal ratios.
    pub spacing: Spacing,
    /// Whether the values are whole numbers.
    is_whole: bool,
}

/// Digits of the values that are tried; more would suggest a precision that a search of few trials does not have.
const DIGITS: usize = 3;

/// Powers of ten of the lowest and the highest value of a grid; the ranges of all settings are within them.
const GRID_DECADES: Range<i32> = -12..6;
/// The values within a decade: eight of about the same ratio.
const STEPS: [f64; 8] = [1.0, 1.3, 1.8, 2.4, 3.2, 4.2, 5.6, 7.5];

/// Returns the values of a grid in ascending order: eight per decade.
fn grid_values() -> impl Iterator<Item = f64> {
    let last = format!("1e{}", GRID_DECADES.end);
    let steps = GRID_DECADES.flat_map(|decade| STEPS.map(|step| format!("{step}e{decade}")));
    let texts = steps.chain([last]);
    texts.filter_map(|text| text.parse().ok())
}

impl SearchSpace {
    /// Returns the space of a described optimizer whose settings all have their defaults, without those of optimizers inside of it.
    /// A problem without matrices, or with nothing else, does not need all of them.
    pub fn of_entry(about: &EntryMetadata) -> Self {
        let own = about.settings().map(|param| (String::new(), param));
        let auxiliary = auxiliary_rule(about).and_then(|rule| {
            let part = component(rule, &rule.preset.to_string())?;
            Some((format!("{}.", rule.name), part))
        });
        let auxiliary = auxiliary.iter().flat_map(|(prefix, part)| {
            let settings = part.settings();
            settings.map(move |param| (prefix.clone(), param))
        });
        let tuned = own.chain(auxiliary).filter(|(_, param)| param.tuned);
        Self {
            dimensions: tuned
                .map(|(prefix, param)| {
                    SearchDimension::new(format!("{prefix}{}", param.name), param)
                })
                .collect(),
        }
    }

    /// Returns the space of an optimizer of an experiment: the settings that scale its steps on this problem, have an effect, and
    /// are not given. With `includes_given`, given settings are part of the space too.
    pub fn of(
        contest: &PreparedExperiment,
        contender: &ComparedOptimizer,
        includes_given: bool,
    ) -> Self {
        let settings = tuned_settings(contest, contender).into_iter();
        let free =
            settings.filter(|(_, _, source)| includes_given || *source != SettingSource::Given);
        let dimensions = free.map(|(key, param, _)| SearchDimension::new(key, &param));
        Self {
            dimensions: dimensions.take(MAX_DIMENSIONS).collect(),
        }
    }

    /// Returns why an optimizer has nothing to tune.
    pub(super) fn reason_for_none(
        contest: &PreparedExperiment,
        contender: &ComparedOptimizer,
    ) -> String {
        let given = tuned_settings(contest, contender).into_iter();
        let given: Vec<String> = given.map(|(key, ..)| format!("`{key}`")).collect();
        if !given.is_empty() {
            let verb = if given.len() == 1 { "is" } else { "are" };
            format!("{} {verb} given", given.join(" and "))
        } else if contender.is_custom() {
            "the ranges of the settings are not known".to_owned()
        } else if contender.is_user_defined() {
            format!(
                "the rule has no setting that is named {}",
                RATE_NAMES.join(", ")
            )
        } else {
            "no setting in effect scales the steps".to_owned()
        }
    }

    /// Returns whether there is nothing to tune.
    pub fn is_empty(&self) -> bool {
        self.dimensions.is_empty()
    }

    /// Returns the values at a point of the unit cube, as texts of picks, one per setting.
    pub(super) fn at(&self, point: &[f64]) -> Vec<String> {
        let values = self.dimensions.iter().zip(point);
        values
            .map(|(dimension, share)| dimension.at(*share))
            .collect()
    }

    /// Returns the values of the grid: eight per decade within the range of the first setting. The other settings keep their
    /// defaults.
    pub(super) fn grid(&self) -> Vec<Vec<String>> {
        let Some(first) = self.dimensions.first() else {
            return Vec::new();
        };
        let [low, high] = first.range;
        let values = grid_values().filter(|v| (low..=high).contains(v));
        values.map(|v| vec![first.text(v)]).collect()
    }
}

impl SearchDimension {
    fn new(key: String, param: &Param) -> Self {
        Self {
            key,
            range: [param.slider.low, param.slider.high],
            spacing: param.spacing(),
            is_whole: param.kind == Kind::Whole,
        }
    }

    /// Returns the value at a share of the range, rounded to a few digits.
    fn at(&self, share: f64) -> String {
        let [low, high] = self.range;
        let value = self.spacing.at(self.range, share);
        let digits = DIGITS - 1;
        let rounded: f64 = format!("{value:.digits$e}").parse().unwrap_or(value);
        self.text(rounded.clamp(low, high))
    }

    fn text(&self, value: f64) -> String {
        let value = if self.is_whole { value.round() } else { value };
        ShortestFloat(value).to_string()
    }
}

/// Writes the settings with their ranges, as in "`learning_rate` from 0.01 to 10 (log)".
impl fmt::Display for SearchSpace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, dimension) in self.dimensions.iter().enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            let [low, high] = dimension.range.map(ShortestFloat);
            let scale = match dimension.spacing {
                Spacing::Linear => "linear",
                Spacing::Log => "log",
            };
            let key = &dimension.key;
            write!(out, "{separator}{key} from {low} to {high} ({scale})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tuned_settings::{auxiliary_setting, without_library_defaults},
        *,
    };
    use crate::{optimizers, study::experiment::Experiment};

    fn space(pick: &str) -> String {
        space_on("article", pick)
    }

    fn space_on(problem: &str, pick: &str) -> String {
        space_of(problem, pick, false)
    }

    fn space_of(problem: &str, pick: &str, includes_given: bool) -> String {
        let experiment = Experiment::new(problem.parse().unwrap(), vec![pick.parse().unwrap()]);
        let contest = experiment.prepare().unwrap();
        SearchSpace::of(&contest, &contest.contenders[0], includes_given).to_string()
    }

    #[test]
    fn the_space_contains_free_settings_that_scale_the_steps() {
        assert_eq!(space("adam"), "learning_rate from 0.00001 to 10 (log)");
        assert_eq!(space("adam:beta1=0.5"), space("adam"));
        assert_eq!(space("rprop"), "initial_step from 0.0001 to 10 (log)");
        assert_eq!(
            space("lookahead:of=adam"),
            "of.learning_rate from 0.00001 to 10 (log)"
        );
        for rule in ["lr", "rate", "learning_rate"] {
            let pick = format!("rule:w := w - {rule}*g; {rule} = 0.1");
            let expected = format!("{rule} from 1e-6 to 100 (log)");
            assert_eq!(space(&pick), expected);
        }
        assert_eq!(
            space("lookahead:of=rule,of.text='w := w - lr*g; lr=0.1'"),
            "of.lr from 1e-6 to 100 (log)"
        );
        for none in [
            "adam:learning_rate=0.1",
            "gradient-descent:search=golden-section",
            "gauss-newton",
            "lookahead:of=adam,of.learning_rate=1",
            "rule:w:=w-rate*g, rate=0.1",
            "rule:w:=w-a*g; a=0.1",
        ] {
            assert_eq!(space(none), "", "{none}");
        }
    }

    #[test]
    fn given_settings_can_be_part_of_the_space() {
        assert_eq!(
            space_of("article", "adam:learning_rate=0.1", true),
            space("adam")
        );
        assert_eq!(
            space_of("article", "rule:w:=w-rate*g, rate=0.1", true),
            "rate from 1e-6 to 100 (log)"
        );
        assert_eq!(
            space_of("article", "gradient-descent:search=golden-section", true),
            ""
        );
    }

    #[test]
    fn a_rule_with_an_auxiliary_rule_is_tuned_where_it_has_weights() {
        let own = "learning_rate from 0.0001 to 1 (log)";
        let other = "auxiliary.learning_rate from 0.00001 to 10 (log)";
        // Two loose weights, only matrices, and matrices with biases.
        assert_eq!(space_on("ravine", "muon"), other);
        assert_eq!(space_on("matrix-regression", "muon"), own);
        assert_eq!(space_on("mlp", "muon"), format!("{own}, {other}"));
        assert_eq!(space_on("mlp", "muon:learning_rate=0.1"), other);
        assert_eq!(space_on("mlp", "muon:auxiliary.learning_rate=0.1"), own);
        assert_eq!(space_on("ravine", "muon:auxiliary.learning_rate=0.1"), "");
        let wrapped = space_on("mlp", "lookahead:of=muon");
        assert_eq!(wrapped, format!("of.{own}, of.{other}"));
        let about = &optimizers::REGISTRY.find("muon").unwrap().about;
        let space = SearchSpace::of_entry(about);
        assert_eq!(space.to_string(), format!("{own}, {other}"));
    }

    #[test]
    fn the_reason_for_an_empty_space_is_stated() {
        let reason = |pick: &str| {
            let experiment =
                Experiment::new("article".parse().unwrap(), vec![pick.parse().unwrap()]);
            let contest = experiment.prepare().unwrap();
            SearchSpace::reason_for_none(&contest, &contest.contenders[0])
        };
        for (pick, expected) in [
            ("adam:learning_rate=0.1", "`learning_rate` is given"),
            (
                "rule:w:=w-a*g; a=0.1",
                "the rule has no setting that is named learning_rate, lr, rate",
            ),
            ("gauss-newton", "no setting in effect scales the steps"),
        ] {
            assert_eq!(reason(pick), expected);
        }
    }

    #[test]
    fn a_default_of_another_library_is_tuned_and_a_given_value_is_not() {
        let free = |text: &str| {
            let pick = optimizers::REGISTRY.native(text.parse().unwrap()).unwrap();
            without_library_defaults(&pick).text().to_owned()
        };
        assert_eq!(free("torch.SGD"), "gradient-descent");
        assert_eq!(
            free("torch.SGD:lr=0.1"),
            "gradient-descent:learning_rate=0.1"
        );
        assert_eq!(free("torch.Rprop"), "irprop-minus");
        assert_eq!(free("torch.RMSprop"), "rmsprop:rescale_velocity=true");
    }

    #[test]
    fn every_space_of_the_catalog_is_a_range_of_allowed_values() {
        let mut tuned = 0;
        for about in optimizers::REGISTRY.abouts() {
            for dimension in SearchSpace::of_entry(about).dimensions {
                let [low, high] = dimension.range;
                assert!(
                    low < high && low.is_finite() && high.is_finite(),
                    "{}",
                    about.id
                );
                assert!(
                    dimension.spacing == Spacing::Linear || low > 0.0,
                    "{}",
                    about.id
                );
                let param = about.setting(&dimension.key);
                let param = param.or_else(|| auxiliary_setting(about, &dimension.key));
                let valid = param.unwrap().valid;
                assert!(valid.contains(low) && valid.contains(high), "{}", about.id);
                tuned += 1;
            }
        }
        assert!(tuned > 60, "{tuned}");
    }

    #[test]
    fn a_grid_covers_the_whole_range() {
        for about in optimizers::REGISTRY.abouts() {
            let space = SearchSpace::of_entry(about);
            let Some(first) = space.dimensions.first() else {
                continue;
            };
            let grid = space.grid().concat();
            let value = |text: &String| text.parse::<f64>().unwrap();
            let ends = [grid.first(), grid.last()].map(|text| value(text.unwrap()));
            // Neighboring values have a ratio of at most 1.4.
            let [low, high] = first.range;
            assert!(
                ends[0] <= 1.4 * low && high <= 1.4 * ends[1],
                "{}: {ends:?}",
                about.id
            );
        }
    }

    #[test]
    fn values_have_few_digits_and_stay_in_the_range() {
        let space = SearchSpace::of_entry(&optimizers::REGISTRY.find("adam").unwrap().about);
        assert_eq!(space.at(&[0.0]), ["0.00001"]);
        assert_eq!(space.at(&[0.5]), ["0.01"]);
        assert_eq!(space.at(&[1.0]), ["10"]);
        assert_eq!(space.at(&[0.41]), ["0.00288"]);
    }
}
