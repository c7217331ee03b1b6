//! Controls for the settings of an entry, and changes of settings.

use crate::{
    answer::{Finite, answers},
    catalog::{self, formula},
};
use thalweg::{
    Error,
    catalog::{DefaultValue, EntryMetadata, Interval, Kind, Param, ProblemDefaults},
    float::{exp, ln},
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
fn pick_of(list: &str, text: &str) -> Result<Pick, Error> {
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
struct OpenEntries(Vec<(String, EntryMetadata)>);

impl OpenEntries {
    /// Returns those of a pick of this list.
    fn of(list: &str, pick: &Pick) -> Self {
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
    fn find<'a>(
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

/// Returns the text with one setting changed. An empty value removes the setting and the settings of its part.
///
/// # Errors
/// The text cannot be parsed, or the value cannot be quoted.
pub fn change_setting(list: &str, text: &str, key: &str, value: &str) -> Result<String, Error> {
    let pick = pick_of(list, text)?;
    let mut pairs = about(list, &pick.id).map_or(Vec::new(), |about| pairs(&pick, about));
    let value = value.trim();
    let open = OpenEntries::of(list, &pick);
    let about = about(list, &pick.id).ok();
    let param = about.and_then(|about| open.find(about, key, &pairs, ""));
    let value = if param.is_some_and(|param| param.is_unset(value)) {
        ""
    } else {
        value
    };
    let place = pairs.iter().position(|(name, _)| name == key);
    match place {
        Some(i) if pairs[i].1 == value => return Ok(text.to_owned()),
        Some(i) if !value.is_empty() => value.clone_into(&mut pairs[i].1),
        None if !value.is_empty() => pairs.push((key.to_owned(), value.to_owned())),
        _ => pairs.retain(|(name, _)| name != key),
    }
    // A different part has different settings.
    let prefix = format!("{key}.");
    pairs.retain(|(name, _)| !name.starts_with(&prefix));
    let changed = written(&pick.id, &pairs)?;
    let parsed = changed.parse::<Pick>().ok();
    let Some(parsed) = parsed.filter(|_| list == "optimizers") else {
        return Ok(changed);
    };
    // Another rule may not have the settings of the one before.
    let foreign = optimizers::settings_without_rule(&parsed);
    pairs.retain(|(name, _)| !foreign.contains(&&**name));
    written(&pick.id, &pairs)
}

/// Writes a pick with these settings.
fn written(id: &str, pairs: &[(String, String)]) -> Result<String, Error> {
    let texts: Vec<String> = pairs
        .iter()
        .map(|(name, value)| Ok(format!("{name}={}", quoted(value)?)))
        .collect::<Result<_, Error>>()?;
    Ok(if texts.is_empty() {
        id.to_owned()
    } else {
        format!("{id}:{}", texts.join(","))
    })
}

/// Returns the text with the value at a position of the setting's slider, from 0 to 1, rounded to three digits.
///
/// # Errors
/// The text cannot be parsed, or its entry has no such setting with a slider.
pub fn set_slider(list: &str, text: &str, key: &str, share: f64) -> Result<String, Error> {
    let pick = pick_of(list, text)?;
    let about = about(list, &pick.id).ok();
    let open = OpenEntries::of(list, &pick);
    let param = about.and_then(|about| open.find(about, key, &pairs(&pick, about), ""));
    let Some(param) = param.filter(|param| has_slider(param)) else {
        return Err(Error::Settings(format!(
            "`{key}` is not a setting with a slider"
        )));
    };
    let Interval { low, high, .. } = param.slider;
    let share = share.clamp(0.0, 1.0);
    let value = if param.log {
        exp(ln(low) + share * (ln(high) - ln(low)))
    } else {
        low + share * (high - low)
    };
    let rounded = match param.kind {
        Kind::Whole => value.round(),
        // The text was written by the formatter, so it can be parsed.
        _ => format!("{value:.2e}").parse().unwrap_or(value),
    };
    // The ends of the slider may not be allowed.
    let value = if param.valid.contains(rounded) {
        rounded
    } else {
        value
    };
    change_setting(list, text, key, &ShortestFloat(value).to_string())
}

fn has_slider(param: &Param) -> bool {
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
fn pairs(pick: &Pick, about: &EntryMetadata) -> Vec<(String, String)> {
    let first = about.settings().next().map_or("", |param| &*param.name);
    let pair = |key: &str, value: &str| {
        let key = if key.is_empty() { first } else { key };
        (key.to_owned(), value.to_owned())
    };
    let pick = about.canonical(pick);
    let settings = pick.settings.iter();
    settings.map(|s| pair(&s.key, &s.value)).collect()
}

/// Quotes a value for a setting if necessary.
fn quoted(value: &str) -> Result<String, Error> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._+*/^ ()".contains(c);
    if value.chars().all(plain) {
        return Ok(value.to_owned());
    }
    let quote = ['\'', '"']
        .into_iter()
        .find(|quote| !value.contains(*quote));
    let quote = quote.ok_or_else(|| {
        let message = "a value cannot contain both ' and \": use one kind of quotes";
        Error::Settings(message.to_owned())
    })?;
    Ok(format!("{quote}{value}{quote}"))
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
    fn settings_are_changed_and_removed() {
        let changed = |text, key, value| change_setting("optimizers", text, key, value).unwrap();
        let none = changed(
            "adam:schedule=cosine,schedule.total=9,beta1=0.5",
            "schedule",
            "none",
        );
        assert_eq!(none, "adam:beta1=0.5");
        assert_eq!(
            changed("adam:schedule=none,batch=none", "beta1", "0.5"),
            "adam:beta1=0.5"
        );
        assert_eq!(
            changed("momentum", "momentum", "0.5"),
            "momentum:momentum=0.5"
        );
        assert_eq!(changed("momentum:momentum=0.5", "momentum", ""), "momentum");
        let searched = "gradient-descent:search=golden-section,search.tolerance=0.1";
        assert_eq!(
            changed(searched, "search.tolerance", "0.2"),
            "gradient-descent:search=golden-section,search.tolerance=0.2"
        );
        assert_eq!(
            changed(searched, "search", "armijo"),
            "gradient-descent:search=armijo"
        );
        assert_eq!(changed(searched, "search", ""), "gradient-descent");
        let formula = super::change_setting("problems", "formula:x^2+y^2", "formula", "min(x,y=2)");
        let pick: Pick = formula.unwrap().parse().unwrap();
        assert_eq!(pick.settings[0].value, "min(x,y=2)");
    }

    #[test]
    fn a_rule_has_the_settings_of_its_text() {
        let text = "m := beta*m + g; w := w - rate*m; beta = 0.9";
        let pick = format!("lookahead:of=rule,of.text='{text}',of.rate=0.25");
        let panel = panel("optimizers", &pick, &[], None).unwrap();
        let value = |key: &str| {
            let mut rows = panel.rows.iter();
            let row = rows.find(|row| row.key == key)?;
            Some((&*row.value, row.share.is_some(), row.multiline))
        };
        assert_eq!(value("of.text"), Some((text, false, true)));
        assert_eq!(value("of.beta"), Some(("0.9", true, false)));
        assert_eq!(value("of.rate"), Some(("0.25", true, false)));
        assert_eq!(value("of.learning_rate"), None);
        let slid = set_slider("optimizers", &pick, "of.beta", 0.5).unwrap();
        assert_eq!(slid, pick.clone() + ",of.beta=0.9");
        let other = change_setting("optimizers", &slid, "of.text", "w := w - beta*g").unwrap();
        let rule = "lookahead:of=rule,of.text=\"w := w - beta*g\",of.beta=0.9";
        assert_eq!(other.replace('\'', "\""), rule);
        let slid = set_slider("optimizers", "rule", "beta", 0.5).unwrap();
        assert_eq!(slid, "rule:beta=0.9");
        let slid = set_slider("optimizers", "rule:beta=0.5", "learning_rate", 0.5).unwrap();
        assert_eq!(slid, "rule:beta=0.5,learning_rate=0.01");
        let other = change_setting("optimizers", &slid, "text", "w := w - 0.1*g").unwrap();
        assert_eq!(other, "rule:text='w := w - 0.1*g'");
        let files = [("a.rule".to_owned(), text.into())];
        let panel = super::panel("optimizers", "rule:@a.rule,rate=0.5", &files, None).unwrap();
        assert_eq!(panel.formula.matches("<math").count(), 2);
        assert!(panel.rows.iter().any(|row| row.key == "beta"));
        // Without the content of the file, its settings are not known.
        let kept = change_setting("optimizers", "rule:@a.rule,rate=0.5", "beta", "0.1").unwrap();
        assert_eq!(kept, "rule:text='@a.rule',rate=0.5,beta=0.1");
    }

    #[test]
    fn a_record_is_an_optimizer_and_a_data_file_a_problem() {
        let path = |list: &str, text: &str| {
            read(&panel(list, text, &[], None).unwrap().into())["id"].clone()
        };
        assert_eq!(path("optimizers", "recorded:path=run.csv"), "recorded");
        assert_eq!(path("problems", "run.csv"), "csv");
    }

    #[test]
    fn a_slider_position_is_read_as_set() {
        for share in [0.0, 0.3, 1.0] {
            let text = set_slider("optimizers", "momentum", "learning_rate", share).unwrap();
            let panel = read(&panel("optimizers", &text, &[], None).unwrap().into());
            let back = panel["rows"][0]["share"].as_f64().unwrap();
            assert!((back - share).abs() < 1e-3, "{text}: {back}");
        }
        assert!(set_slider("optimizers", "momentum", "nothing", 0.5).is_err());
    }
}
