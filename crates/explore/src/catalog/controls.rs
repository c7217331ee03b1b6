//! Controls for the settings of an entry.

use crate::{
    answer::{Finite, answers},
    catalog::{self, formula},
};
use thalweg::{
    Error,
    catalog::{DefaultValue, EntryMetadata, Interval, Kind, Param, ProblemDefaults},
    float::ln,
    number::ShortestFloat,
    optimizers,
    pick::{FileContent, Pick},
    problems,
};

answers! {
    /// The ends of a slider.
    pub struct SliderRange {
        /// The lower end.
        pub low: Finite,
        /// The upper end.
        pub high: Finite,
        /// Whether equal distances are equal ratios.
        pub log: bool,
    }

    /// One setting of a pick.
    pub struct Setting {
        /// Key, with dots for a setting of a part.
        pub key: String,
        /// A sentence that explains it.
        pub help: String,
        /// Kind of its values.
        pub kind: String,
        /// Its possible values, if they have names.
        pub choices: Option<Vec<String>>,
        /// The list of the catalog that contains its values, if there is one.
        pub list: Option<String>,
        /// Whether its text can have several lines, such as that of a rule.
        pub multiline: bool,
        /// Whether it scales the steps, so that tuning searches it.
        pub tuned: bool,
        /// Whether the problem defines the default.
        pub per_gradient: bool,
        /// The value in effect as text; empty if there is none.
        pub value: String,
        /// The default as text; empty if there is none.
        pub preset: String,
        /// Whether the pick contains it.
        pub given: bool,
        /// The allowed values in words.
        pub allowed: String,
        /// The slider, if it has one.
        pub slider: Option<SliderRange>,
        /// The position of the slider, from 0 to 1.
        pub share: Option<f64>,
    }

    /// The controls of a pick.
    pub struct Panel {
        /// The pick.
        pub pick: String,
        /// Id of its entry.
        pub id: String,
        /// Title of its entry.
        pub title: String,
        /// A sentence on its entry.
        pub summary: String,
        /// The recurrence as HTML with MathML, or an empty text.
        pub formula: String,
        /// Its settings.
        pub rows: Vec<Setting>,
    }
}

/// Returns the description of the entry with this id in the list of this name.
///
/// # Errors
/// There is no such entry.
pub(crate) fn about(list: &str, id: &str) -> Result<&'static EntryMetadata, Error> {
    let mut lists = catalog::lists().into_iter();
    let list = lists.find(|one| one.name == list);
    let unknown = Error::UnknownId {
        kind: "entry",
        given: id.to_owned(),
        allowed: Vec::new(),
        meant: Box::default(),
    };
    list.map_or(Err(unknown), |list| (list.named)(id))
}

/// Parses an entry with settings. In the list of problems, the name of a data file is a problem.
pub(super) fn pick_of(list: &str, text: &str) -> Result<Pick, Error> {
    match list {
        "problems" => problems::pick(text),
        _ => text.parse(),
    }
}

/// Returns the controls of an entry with settings: its description, and a row for each setting with its value.
///
/// The settings of a part follow it and have dotted keys. `files` are the names and contents of files of rules, and `defaults` are
/// those of the problem, or only its learning rate.
///
/// # Errors
/// The text cannot be parsed, or names no entry of the list.
pub fn panel(
    list: &str,
    text: &str,
    files: &[(String, FileContent)],
    defaults: impl Into<ProblemDefaults>,
) -> Result<Panel, Error> {
    let mut pick = pick_of(list, text)?;
    pick.files = files.to_vec();
    let about = about(list, &pick.id)?;
    let open = OpenEntries::of(list, &pick);
    let about = open.or("", about);
    let given = pairs(&pick, about);
    let mut rows = Vec::new();
    open.add_rows(about, "", &given, defaults.into(), &mut rows);
    // A problem that is a formula shows the one that was given.
    let own = rows.iter().find(|row| row.key == about.id);
    let own = own.and_then(|row| formula::expression(&row.value));
    Ok(Panel {
        pick: text.to_owned(),
        id: about.id.to_string(),
        title: about.title.to_string(),
        summary: about.summary.to_string(),
        formula: own.unwrap_or_else(|| formula::html(about)),
        rows,
    })
}

/// The entries of a pick whose settings the user's text names: rules.
pub(super) struct OpenEntries(Vec<(String, EntryMetadata)>);

impl OpenEntries {
    /// Returns those of a pick of this list.
    pub(super) fn of(list: &str, pick: &Pick) -> Self {
        Self(match list {
            "optimizers" => optimizers::described_rules(pick),
            _ => Vec::new(),
        })
    }

    /// Returns the entry whose keys begin with `prefix`: an own one, or else `about`.
    fn or<'a>(&'a self, prefix: &str, about: &'a EntryMetadata) -> &'a EntryMetadata {
        let mut own = self.0.iter();
        own.find(|(own, _)| own == prefix)
            .map_or(about, |(_, about)| about)
    }

    /// Adds a row for each setting of the entry `about`, whose keys begin with `prefix`, and for those of its parts.
    fn add_rows(
        &self,
        about: &EntryMetadata,
        prefix: &str,
        given: &[(String, String)],
        defaults: ProblemDefaults,
        rows: &mut Vec<Setting>,
    ) {
        let about = self.or(prefix, about);
        for (i, param) in about.settings().enumerate() {
            let key = format!("{prefix}{}", param.name);
            let own = given.iter().find(|(name, _)| *name == key);
            let preset = preset(param, defaults);
            let value = own.map_or_else(|| preset.clone(), |(_, value)| value.clone());
            let list = catalog::list_of(&param.kind);
            rows.push(Setting {
                key: key.clone(),
                help: param.help.to_string(),
                kind: catalog::kind(&param.kind).to_owned(),
                choices: catalog::choices(&param.kind),
                list: list.map(str::to_owned),
                multiline: about.is_open && i == 0,
                tuned: param.tuned,
                per_gradient: param.per_gradient,
                value: value.clone(),
                preset,
                given: own.is_some(),
                allowed: param.allowed(),
                slider: slider(param),
                share: share(param, &value),
            });
            let part = list.map(|list| self::about(list, &value));
            if let Some(Ok(part)) = part {
                self.add_rows(part, &format!("{key}."), given, defaults, rows);
            }
        }
    }

    /// Returns the setting `key` of the entry `about`, whose keys begin with `prefix`.
    pub(super) fn find<'a>(
        &'a self,
        about: &'a EntryMetadata,
        key: &str,
        given: &[(String, String)],
        prefix: &str,
    ) -> Option<&'a Param> {
        let about = self.or(prefix, about);
        let Some((head, tail)) = key.split_once('.') else {
            return about.setting(key);
        };
        let param = about.setting(head)?;
        let whole = format!("{prefix}{head}");
        let id = given.iter().find(|(name, _)| *name == whole);
        let id = id.map_or_else(
            || preset(param, ProblemDefaults::default()),
            |(_, id)| id.clone(),
        );
        let part = self::about(catalog::list_of(&param.kind)?, &id).ok()?;
        self.find(part, tail, given, &format!("{whole}."))
    }
}

/// Returns the default value of a setting as text; the text is empty if there is none.
fn preset(param: &Param, defaults: ProblemDefaults) -> String {
    match (&param.preset, defaults.of(param)) {
        (_, Some(stated)) => ShortestFloat(stated).to_string(),
        (DefaultValue::None, _) => String::new(),
        (preset, _) => preset.to_string(),
    }
}

pub(super) fn has_slider(param: &Param) -> bool {
    let Interval { low, high, .. } = param.slider;
    let number = matches!(param.kind, Kind::Number | Kind::Whole);
    number && low.is_finite() && high.is_finite() && (!param.log || low > 0.0)
}

/// Returns the slider of a setting, if it has one.
fn slider(param: &Param) -> Option<SliderRange> {
    has_slider(param).then_some(SliderRange {
        low: Finite(param.slider.low),
        high: Finite(param.slider.high),
        log: param.log,
    })
}

/// Returns the position of a value on its slider, from 0 to 1; `None` if there is no slider.
fn share(param: &Param, value: &str) -> Option<f64> {
    let Interval { low, high, .. } = param.slider;
    let value: f64 = value.parse().ok()?;
    if !has_slider(param) {
        return None;
    }
    let share = if param.log {
        (ln(value.max(low)) - ln(low)) / (ln(high) - ln(low))
    } else {
        (value - low) / (high - low)
    };
    Some(share.clamp(0.0, 1.0))
}

/// Returns the settings by key. A value without a key belongs to the first setting of the entry.
pub(super) fn pairs(pick: &Pick, about: &EntryMetadata) -> Vec<(String, String)> {
    let first = about.settings().next().map_or("", |param| &*param.name);
    let pair = |key: &str, value: &str| {
        let key = if key.is_empty() { first } else { key };
        (key.to_owned(), value.to_owned())
    };
    let pick = about.canonical(pick);
    let settings = pick.settings.iter();
    settings.map(|s| pair(&s.key, &s.value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    fn keys(text: &str) -> Vec<String> {
        let panel = read(&panel("optimizers", text, &[], None).unwrap().into());
        let rows = panel["rows"].as_array().unwrap();
        let key = |row: &serde_json::Value| row["key"].as_str().unwrap().to_owned();
        rows.iter().map(key).collect()
    }

    #[test]
    fn the_settings_of_a_part_are_listed() {
        assert!(!keys("gradient-descent").contains(&"search.tolerance".to_owned()));
        assert!(
            keys("gradient-descent:search=golden-section").contains(&"search.tolerance".to_owned())
        );
    }

    #[test]
    fn a_record_is_an_optimizer_and_a_data_file_a_problem() {
        let path = |list: &str, text: &str| {
            read(&panel(list, text, &[], None).unwrap().into())["id"].clone()
        };
        assert_eq!(path("optimizers", "recorded:path=run.csv"), "recorded");
        assert_eq!(path("problems", "run.csv"), "csv");
    }
}
