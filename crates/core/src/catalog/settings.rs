//! The settings of a pick, checked against the description of its entry.

use super::{DefaultValue, EntryMetadata, Kind, Param, ProblemDefaults, Registry, values::missing};
use crate::{
    Error,
    catalog::pick::{Assignment, FileContent, Pick},
    numeric::number::ShortestFloat,
};
use std::ops::Range;

/// Values by key, as given by a command line, a slider, or a keyword argument.
#[derive(Clone, Debug)]
pub struct Settings {
    text: String,
    given: Vec<Assignment>,
    pub(super) files: Vec<(String, FileContent)>,
    /// Defaults that the problem states.
    pub(super) defaults: ProblemDefaults,
    /// Keys that the entry does not have, but that the value of its first setting can name.
    own: Vec<String>,
}

/// Returns the error for a key, which begins with the name `head`, of a setting that the entry `about` does not have.
fn unknown_key(about: &EntryMetadata, head: &str, key: &str) -> Error {
    match about.refusal(head) {
        Some(why) => Error::Settings(format!(
            "`{}` has no setting `{key}`, because {why}; remove it",
            about.id
        )),
        None => Error::UnknownKey {
            owner: about.id.clone(),
            given: key.to_owned(),
            allowed: about.settings().map(|p| p.name.clone()).collect(),
            meant: about.settings_known_as(key).into(),
        },
    }
}

/// A field type that can be a setting.
pub trait Setting: Sized {
    /// Type of the value.
    const KIND: Kind;

    /// Reads the value of `param`.
    ///
    /// # Errors
    /// The value is not allowed or missing.
    fn read(param: &Param, settings: &Settings) -> Result<Self, Error>;
}

impl Settings {
    /// Checks the settings of `pick` against the entry `about`.
    ///
    /// # Errors
    /// The entry does not have a key, or two settings contradict each other.
    pub fn of(
        pick: &Pick,
        about: &EntryMetadata,
        defaults: impl Into<ProblemDefaults>,
    ) -> Result<Self, Error> {
        let mut settings = Self {
            text: pick.text().to_owned(),
            given: pick.settings.clone(),
            files: pick.files.clone(),
            defaults: defaults.into(),
            own: Vec::new(),
        };
        if let (Some(alone), Some(first)) = (
            settings.given.iter_mut().find(|s| s.key.is_empty()),
            about.settings().next(),
        ) {
            if matches!(first.kind, Kind::Number | Kind::Whole) {
                // A number without a key is ambiguous. A name without a value is probably a key.
                let message = match about.setting(&alone.value) {
                    Some(named) => format!(
                        "`{0}` has no value; write key=value, such as {0}={1}",
                        named.name, named.preset
                    ),
                    None => format!(
                        "`{1}` has no key; write key=value, such as {0}={1}",
                        first.name, alone.value
                    ),
                };
                return Err(Error::Grammar(message).within(&settings.text, alone.span.clone()));
            }
            alone.key = first.name.to_string();
        }
        settings.given.retain(|given| !about.is_unset(given));
        settings.check(about)?;
        Ok(settings)
    }

    /// Checks the settings that have another setting as an upper bound.
    fn check_order(&self, about: &EntryMetadata) -> Result<(), Error> {
        for low in about.settings() {
            let high = low.at_most.as_deref().and_then(|key| about.setting(key));
            let Some(high) = high else {
                continue;
            };
            let read = |param| self.read::<f64>(param).map_err(|error| *error);
            let [least, most] = [read(low)?, read(high)?];
            if least > most {
                let message = format!(
                    "`{}` is {}, which exceeds `{}`, {}; decrease the first or increase the second",
                    low.name,
                    ShortestFloat(least),
                    high.name,
                    ShortestFloat(most)
                );
                let given = self.find(&low.name).or(self.find(&high.name));
                let span = given.map_or(0..self.text.len(), |s| s.span.clone());
                return Err(Error::Settings(message).within(&self.text, span));
            }
        }
        Ok(())
    }

    fn check(&mut self, about: &EntryMetadata) -> Result<(), Error> {
        if about.is_open {
            let own = self
                .given
                .iter()
                .filter(|s| about.setting(s.name().0).is_none());
            self.own = own.map(|s| s.key.clone()).collect();
        }
        for s in &self.given {
            let (head, tail) = s.name();
            let param = about.setting(head);
            let part = param.is_some_and(|p| matches!(p.kind, Kind::Part(_)));
            let wrong = match param {
                Some(param) if tail.is_none() => {
                    let rival = param
                        .unless
                        .as_deref()
                        .filter(|key| self.find(key).is_some());
                    rival.map(|key| {
                        let name = &param.name;
                        Error::Settings(format!(
                            "`{name}` has no effect if `{key}` is given: remove one of them"
                        ))
                    })
                }
                Some(param) if part && self.text_of(param).is_some() => None,
                Some(_) if part => Some(Error::Settings(format!(
                    "`{}` has no effect without `{head}`: add `{head}`",
                    s.key
                ))),
                None if about.is_open => None,
                _ => Some(unknown_key(about, head, &s.key)),
            };
            if let Some(error) = wrong {
                return Err(error.within(&self.text, s.span.clone()));
            }
            if self.given.iter().filter(|other| other.key == s.key).count() > 1 {
                let twice = Error::Grammar(format!("`{}` is given twice; remove one", s.key));
                return Err(twice.within(&self.text, s.span.clone()));
            }
        }
        self.check_order(about)
    }

    /// Returns whether the setting `key` is given.
    pub fn gives(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Returns the keys that an open entry does not have itself.
    pub(crate) fn own_keys(&self) -> &[String] {
        &self.own
    }

    /// Returns the text given for `key`.
    pub(crate) fn given_text(&self, key: &str) -> Option<&str> {
        self.find(key).map(|given| &*given.value)
    }

    /// Adds the position of the setting `key` to an error.
    pub(crate) fn at(&self, key: &str, error: Error) -> Error {
        match self.find(key) {
            Some(given) => error.within(&self.text, given.span.clone()),
            None => error,
        }
    }

    /// Returns an error at the setting `key` if it is given.
    pub(crate) fn refuse(&self, key: &str, reason: &str) -> Option<Error> {
        let given = self.find(key)?;
        let error = Error::Settings(format!("`{key}` {reason}"));
        Some(error.within(&self.text, given.span.clone()))
    }

    /// Returns the assignment of `key`, if it is given.
    pub(super) fn find(&self, key: &str) -> Option<&Assignment> {
        self.given.iter().find(|s| s.key == key)
    }

    /// Reads the value of `param`, or its default.
    ///
    /// # Errors
    /// The value is not allowed or missing.
    pub fn read<T: Setting>(&self, param: &Param) -> Result<T, Box<Error>> {
        T::read(param, self).map_err(|error| Box::new(self.at(&param.name, error)))
    }

    /// Adds the position of the part `span` of the value of `param` to an error. `span` is in bytes.
    pub(crate) fn within_value(&self, param: &Param, span: Range<usize>, error: Error) -> Error {
        let Some(given) = self.find(&param.name) else {
            return error;
        };
        let begin = self.begin_of_value(given);
        error.within(&self.text, begin + span.start..begin + span.end)
    }

    /// Adds the position of the value to an error that one setting causes. If the setting is not given, the error concerns the
    /// whole pick.
    pub(crate) fn place(&self, error: Error) -> Error {
        let (key, error) = match error {
            Error::Blame { key, error } => (key, error),
            Error::Advised {
                purpose,
                changes,
                pick,
                error,
            } => {
                return self.place(*error).map_inner(|error| Error::Advised {
                    purpose,
                    changes,
                    pick,
                    error,
                });
            }
            error => return error,
        };
        match self.find(key) {
            Some(given) => {
                let begin = self.begin_of_value(given);
                error.within(&self.text, begin..begin + given.value.len())
            }
            None => *error,
        }
    }

    /// Returns the position of a value in the pick, in bytes.
    fn begin_of_value(&self, given: &Assignment) -> usize {
        // Only a quote and spaces can follow the value.
        let whole = &self.text[given.span.clone()];
        given.span.start + whole.rfind(&given.value).unwrap_or(0)
    }

    /// Returns the given or default text of `param`; for a component, its id.
    pub(crate) fn text_of<'s>(&'s self, param: &'s Param) -> Option<&'s str> {
        match (self.find(&param.name), &param.preset) {
            (Some(given), _) => Some(&given.value),
            (None, DefaultValue::Text(text)) => Some(text),
            (None, _) => None,
        }
    }

    /// Builds the component of `registry` that `param` selects, with its dotted settings.
    ///
    /// `short` is the expansion `(id, key, value)` of a value that abbreviates an entry with one setting.
    ///
    /// # Errors
    /// The setting is missing, there is no such entry, or one of its settings is invalid.
    pub fn part<T>(
        &self,
        param: &Param,
        registry: &Registry<T>,
        short: Option<(&str, &str, &str)>,
    ) -> Result<T, Error> {
        let id = self.text_of(param).ok_or_else(|| missing(param))?;
        let entry = match (short, id.split_once(':')) {
            (None, Some((known, setting))) if registry.find(known).is_some() => {
                let name = &param.name;
                return Err(Error::Settings(format!(
                    "`{name}={known}:` cannot be followed by settings: write {name}={known},{name}.{setting}"
                )));
            }
            _ => registry.named(short.map_or(id, |(id, ..)| id))?,
        };
        let whole = self
            .find(&param.name)
            .map_or(0..0, |given| given.span.clone());
        let short = short.map(|(_, key, value)| Assignment {
            key: key.to_owned(),
            value: value.to_owned(),
            span: whole,
        });
        let inner = self.given.iter().filter_map(|s| s.within(&param.name));
        let given = short.into_iter().chain(inner);
        let mut settings = Self {
            text: self.text.clone(),
            given: given.filter(|given| !entry.about.is_unset(given)).collect(),
            files: self.files.clone(),
            // Of the components, only optimizers have settings whose default the problem can state.
            defaults: self.defaults,
            own: Vec::new(),
        };
        settings.check(&entry.about)?;
        // Outside of the component, its settings have dotted keys.
        let prefix = |changes: &mut Vec<(String, String)>, _: &mut Option<String>| {
            for (key, _) in changes {
                *key = format!("{}.{key}", param.name);
            }
        };
        (entry.build)(&settings).map_err(|error| settings.place(*error).map_advice(prefix))
    }
}
