//! Translates the arguments of an optimizer of another library to the settings of an entry.

use super::{
    Library, SharedName,
    native::{is_off, is_selected},
};
use crate::{
    Error,
    catalog::{
        EntryMetadata, Kind, Text,
        pick::{self, Assignment, Pick},
    },
    error::{nearest, shortened},
};

/// A pick with the names of a library, and the entry that it means.
pub(super) struct ForeignPick<'a> {
    pub(super) library: &'static Library,
    pub(super) about: &'a EntryMetadata,
    /// All entries that the library has, too.
    pub(super) entries: Vec<&'a EntryMetadata>,
    pub(super) pick: &'a Pick,
}

impl<'a> ForeignPick<'a> {
    /// Returns the entries of the same name, which arguments distinguish.
    fn namesakes(&self) -> impl Iterator<Item = &'a EntryMetadata> {
        let name = self.library.name(self.about);
        let is_same = move |about: &&EntryMetadata| self.library.name(about) == name;
        self.entries.iter().copied().filter(is_same)
    }

    /// Returns the pick of this catalog with the same settings.
    pub(super) fn native(&self) -> Result<Pick, Error> {
        let shared = self.library.settings(self.about);
        let mut settings: Vec<(String, String)> = Vec::new();
        for given in &self.pick.settings {
            let locate = |error: Error| error.within(self.pick.text(), given.span.clone());
            for (key, value) in self.translated(given, &shared).map_err(locate)? {
                if settings.iter().any(|(other, _)| *other == key) {
                    let twice = format!("`{}` is given twice; remove one", given.key);
                    return Err(locate(Error::Grammar(twice)));
                }
                settings.push((key, value));
            }
        }
        let presets = shared.iter().map(|setting| (setting.key, setting.preset));
        let presets = presets.filter(|(_, preset)| !preset.is_empty());
        let given = settings.len();
        for (key, value) in presets.chain(self.library.fixed(self.about)) {
            if settings.iter().all(|(given, _)| given != key) {
                settings.push((key.to_owned(), value.to_owned()));
            }
        }
        let plain: Pick = self.about.id.parse()?;
        let text = plain.changed_text(&settings).ok_or_else(|| {
            let message = "a value would be misread: enclose it in quotes".to_owned();
            Error::Grammar(message).within(self.pick.text(), self.pick.id_span())
        })?;
        let mut native: Pick = text.parse()?;
        native.files.clone_from(&self.pick.files);
        let defaults = settings.into_iter().skip(given);
        native.library_defaults = defaults.map(|(key, _)| key).collect();
        Ok(native)
    }

    /// Returns the settings of the entry that an argument of the library sets, with their values.
    fn translated(
        &self,
        given: &Assignment,
        shared: &[SharedName],
    ) -> Result<Vec<(String, String)>, Error> {
        if given.key.is_empty() {
            return Err(self.without_key(given, shared));
        }
        let key = &*given.key;
        self.check_selecting_value(given)?;
        let exact = shared.iter().find(|setting| setting.name == key);
        if let Some(setting) = exact {
            return Ok(vec![self.assigned(setting, &given.value)]);
        }
        let begin = format!("{key}[");
        let parts = shared
            .iter()
            .filter(|setting| setting.name.starts_with(&begin));
        let mut parts: Vec<&SharedName> = parts.collect();
        parts.sort_by_key(|part| part.name);
        if !parts.is_empty() {
            let values = values_of_tuple(given, &parts)?.into_iter();
            let pairs = parts.iter().zip(values);
            return Ok(pairs
                .map(|(part, value)| self.assigned(part, value))
                .collect());
        }
        let selects = |about: &EntryMetadata| {
            let mut selection = self.library.selection(about);
            selection.any(|(own, _)| own == key)
        };
        if selects(self.about) || is_off(&given.value) && self.namesakes().any(selects) {
            return Ok(Vec::new());
        }
        // The options that every optimizer of this catalog has keep their own names.
        let head = pick::name(key).0;
        let mut options = self.about.shared.iter().copied().flatten();
        if head != "weight_decay" && options.any(|param| param.name == head) {
            return Ok(vec![(key.to_owned(), given.value.clone())]);
        }
        Err(self.unknown_argument(key, shared))
    }

    /// Returns the assignment of a value of Python.
    fn assigned(&self, setting: &SharedName, value: &str) -> (String, String) {
        let value = match self.about.setting(setting.key).map(|param| &param.kind) {
            Some(Kind::Switch) => value.to_ascii_lowercase(),
            Some(Kind::Choice(_) | Kind::Part(_)) => value.replace('_', "-"),
            _ => setting.number(value),
        };
        (setting.key.to_owned(), value)
    }

    /// Returns the error for an argument that does not exist in the library or in the catalog.
    fn unknown_argument(&self, key: &str, shared: &[SharedName]) -> Error {
        let others = self.namesakes().filter(|about| self.has(about, key));
        let mut others = others.filter(|about| !is_selected(self.library, about, self.pick));
        let name = self.library.name(self.about);
        if let Some(other) = others.next() {
            let selection = self.library.selection(other);
            let is_given = |own: &str| self.pick.settings.iter().any(|given| given.key == own);
            let missing = selection.filter(|(own, _)| *own != key && !is_given(own));
            let missing: Vec<&str> = missing.map(|(own, _)| own).collect();
            let missing = missing.join("` and `");
            return Error::Settings(format!("`{key}` of {name} requires `{missing}`: add it"));
        }
        let own = shared.iter().find(|setting| setting.key == key);
        let names = shared.iter().map(|setting| setting.name.to_owned().into());
        Error::UnknownKey {
            owner: format!("{} ({name})", self.about.id).into(),
            given: key.to_owned(),
            allowed: names.collect(),
            meant: match own {
                Some(own) => [Text::from(own.name.to_owned())].into(),
                None => self.others_with(key),
            },
        }
    }

    /// Returns the error for a value without a key, or with a key that is not a name, such as `betas[-1]`.
    fn without_key(&self, given: &Assignment, shared: &[SharedName]) -> Error {
        match given.value.split_once('=') {
            Some((key, _)) => self.unknown_argument(key.trim(), shared),
            None => Error::Grammar(format!(
                "`{}` has no key; write key=value, such as {}",
                shortened(&given.value, MAX_VALUE_CHARS),
                shared.first().map_or_else(
                    || "lr=0.1".to_owned(),
                    |setting| format!("{}=0.1", setting.name)
                ),
            )),
        }
    }

    /// Checks the value of an argument that selects an entry by the word `True`, such as `nesterov`.
    fn check_selecting_value(&self, given: &Assignment) -> Result<(), Error> {
        let selects = |about| {
            let mut selection = self.library.selection(about);
            selection.any(|argument| argument == (&*given.key, Some("True")))
        };
        let is_switch = self.namesakes().any(selects);
        if !is_switch || is_off(&given.value) || given.value.eq_ignore_ascii_case("true") {
            return Ok(());
        }
        Err(Error::Value {
            key: given.key.clone(),
            given: given.value.clone(),
            allowed: "it must be True or False".to_owned(),
            nearest: None,
        })
    }

    /// Returns the position in the pick of the library, and the name there, of the setting `key` of the entry.
    pub(super) fn origin(&self, key: &str) -> Option<(&'a Assignment, &'a str)> {
        let shared = self.library.settings(self.about);
        let setting = shared.into_iter().find(|setting| setting.key == key)?;
        let tuple = setting.name.split('[').next().unwrap_or_default();
        let mut given = self.pick.settings.iter();
        let given = given.find(|given| given.key == setting.name || given.key == tuple)?;
        Some((given, setting.name))
    }

    /// Returns whether the library has an argument for an entry.
    fn has(&self, about: &EntryMetadata, key: &str) -> bool {
        let settings = self.library.settings(about);
        let is_setting = settings.iter().any(|setting| setting.name == key);
        is_setting || self.library.selection(about).any(|(own, _)| own == key)
    }

    /// Returns the most similar name in the library that has an argument, if there is one.
    fn others_with(&self, key: &str) -> Box<[Text]> {
        let others = self.entries.iter().filter(|about| self.has(about, key));
        let names: Vec<&str> = others.map(|about| self.library.name(about)).collect();
        let near = nearest(self.library.name(self.about), &names);
        near.map(|name| Text::from(name.to_owned()))
            .into_iter()
            .collect()
    }
}

/// A longer value is shortened in an error.
const MAX_VALUE_CHARS: usize = 40;

/// Returns the content of a value in brackets, or a value without brackets as it is.
fn without_brackets(given: &Assignment) -> Result<&str, Error> {
    let value = given.value.trim();
    for (open, close) in [('(', ')'), ('[', ']')] {
        let (begins, ends) = (value.strip_prefix(open), value.strip_suffix(close));
        if let (Some(inner), Some(_)) = (begins, ends) {
            return Ok(inner.strip_suffix(close).unwrap_or(inner));
        }
        if begins.is_some() || ends.is_some() {
            let bare = value.trim_matches(['(', ')', '[', ']']);
            return Err(Error::Value {
                key: given.key.clone(),
                given: given.value.clone(),
                allowed: "a bracket is not closed or not opened".to_owned(),
                nearest: Some(format!("{open}{bare}{close}")),
            });
        }
    }
    Ok(value)
}

/// Returns the elements of a value such as `(0.9, 0.999)`.
fn values_of_tuple<'a>(
    given: &'a Assignment,
    parts: &[&SharedName],
) -> Result<Vec<&'a str>, Error> {
    let inner = without_brackets(given)?;
    let values: Vec<&str> = inner.split(',').map(str::trim).collect();
    if values.len() == parts.len() {
        return Ok(values);
    }
    let (key, count) = (&given.key, parts.len());
    let first = parts[0].name;
    let commas = inner.replace(['/', ';', ' ', '|'], ",");
    let is_list = commas.split(',').filter(|value| !value.is_empty()).count() == count;
    Err(Error::Value {
        key: key.clone(),
        given: given.value.clone(),
        allowed: format!("it must be {count} numbers in brackets; one alone is `{first}`"),
        nearest: is_list.then(|| format!("({commas})")),
    })
}
