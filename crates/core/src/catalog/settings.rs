//! The settings of one pick, checked against what its entry allows.

use super::{DefaultValue, EntryMetadata, Kind, Param, Registry};
use crate::{
    Error,
    catalog::pick::{Assignment, FileContent, Pick},
    numeric::number::ShortestFloat,
};
use std::ops::Range;

/// Values by key, as they come from a command line, a slider or a keyword argument.
#[derive(Clone, Debug)]
pub struct Settings {
    text: String,
    given: Vec<Assignment>,
    pub(super) files: Vec<(String, FileContent)>,
    /// The step per unit of gradient that the problem states.
    pub(super) learning_rate: Option<f64>,
}

/// A field type that can be a setting.
pub trait Setting: Sized {
    /// What a value looks like.
    const KIND: Kind;

    /// Reads the value of `param`.
    ///
    /// # Errors
    /// The value is not allowed, or there is none.
    fn read(param: &Param, settings: &Settings) -> Result<Self, Error>;
}

impl Settings {
    /// The settings of `pick` for the entry `about`.
    ///
    /// # Errors
    /// A key that the entry does not have, or two that do not go together.
    pub fn of(
        pick: &Pick,
        about: &EntryMetadata,
        learning_rate: Option<f64>,
    ) -> Result<Self, Error> {
        let mut settings = Self {
            text: pick.text().to_owned(),
            given: pick.settings.clone(),
            files: pick.files.clone(),
            learning_rate,
        };
        if let (Some(alone), Some(first)) = (
            settings.given.iter_mut().find(|s| s.key.is_empty()),
            about.settings().next(),
        ) {
            if matches!(first.kind, Kind::Number | Kind::Whole) {
                // A number must belong to something; a name has lost its value.
                let message = match about.setting(&alone.value) {
                    Some(named) => format!(
                        "`{0}` has no value; expected key=value, such as {0}={1}",
                        named.name, named.preset
                    ),
                    None => format!("expected key=value, such as {}={}", first.name, alone.value),
                };
                return Err(Error::Grammar(message).within(&settings.text, alone.span.clone()));
            }
            alone.key = first.name.to_string();
        }
        settings.check(about)?;
        Ok(settings)
    }

    /// Numbers that must not be above others.
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
                    "`{}`, {}, is above `{}`, {}",
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

    fn check(&self, about: &EntryMetadata) -> Result<(), Error> {
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
                        Error::Settings(format!("`{name}` has no effect where `{key}` is given"))
                    })
                }
                Some(param) if part && self.text_of(param).is_some() => None,
                Some(_) if part => Some(Error::Settings(format!("`{}` needs `{head}`", s.key))),
                _ => Some(Error::UnknownKey {
                    owner: about.id.clone(),
                    given: s.key.clone(),
                    allowed: about.settings().map(|p| p.name.clone()).collect(),
                }),
            };
            if let Some(error) = wrong {
                return Err(error.within(&self.text, s.span.clone()));
            }
            if self.given.iter().filter(|other| other.key == s.key).count() > 1 {
                let twice = Error::Grammar(format!("`{}` is given twice", s.key));
                return Err(twice.within(&self.text, s.span.clone()));
            }
        }
        self.check_order(about)
    }

    /// What is given for `key`.
    pub(super) fn find(&self, key: &str) -> Option<&Assignment> {
        self.given.iter().find(|s| s.key == key)
    }

    /// Reads the value of `param`, given or not.
    ///
    /// # Errors
    /// The value is not allowed, or there is none.
    pub fn read<T: Setting>(&self, param: &Param) -> Result<T, Box<Error>> {
        T::read(param, self).map_err(|error| Box::new(self.about(param, error)))
    }

    /// An error about the value of `param`, shown where it is given.
    fn about(&self, param: &Param, error: Error) -> Error {
        match self.find(&param.name) {
            Some(given) => error.within(&self.text, given.span.clone()),
            None => error,
        }
    }

    /// An error in the part `span` of the value of `param`, in bytes, shown where it stands.
    pub(crate) fn within_value(&self, param: &Param, span: Range<usize>, error: Error) -> Error {
        let Some(given) = self.find(&param.name) else {
            return error;
        };
        let begin = self.begin_of_value(given);
        error.within(&self.text, begin + span.start..begin + span.end)
    }

    /// An error that a setting is to blame for, shown at its value; where none is given, it stays the whole pick's.
    pub(crate) fn place(&self, error: Error) -> Error {
        let Error::Blame { key, error } = error else {
            return error;
        };
        match self.find(key) {
            Some(given) => {
                let begin = self.begin_of_value(given);
                error.within(&self.text, begin..begin + given.value.len())
            }
            None => *error,
        }
    }

    /// Where a value begins in the pick, in bytes.
    fn begin_of_value(&self, given: &Assignment) -> usize {
        // The value ends its setting, but for a quote and blanks.
        let whole = &self.text[given.span.clone()];
        given.span.start + whole.rfind(&given.value).unwrap_or(0)
    }

    /// The text of `param`, given or preset: of a part its id.
    pub(crate) fn text_of<'s>(&'s self, param: &'s Param) -> Option<&'s str> {
        match (self.find(&param.name), &param.preset) {
            (Some(given), _) => Some(&given.value),
            (None, DefaultValue::Text(text)) => Some(text),
            (None, _) => None,
        }
    }

    /// The entry of `registry` that `param` names, made with the settings behind its dot; nothing where none is given
    /// and none is preset.
    ///
    /// A value that is short for an entry with one of its settings comes as that: `(id, key, value)`.
    ///
    /// # Errors
    /// There is no such entry, or one of its settings is wrong.
    pub fn part<T>(
        &self,
        param: &Param,
        registry: &Registry<T>,
        short: Option<(&str, &str, &str)>,
    ) -> Result<Option<T>, Error> {
        let Some(id) = self.text_of(param) else {
            return Ok(None);
        };
        let entry = match (short, id.split_once(':')) {
            (None, Some((known, setting))) if registry.find(known).is_some() => {
                let name = &param.name;
                return Err(Error::Settings(format!(
                    "a setting of `{known}` is written with `{name}.` before it: {name}={known},{name}.{setting}"
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
        let settings = Self {
            text: self.text.clone(),
            given: short.into_iter().chain(inner).collect(),
            files: self.files.clone(),
            learning_rate: None,
        };
        settings.check(&entry.about)?;
        (entry.build)(&settings)
            .map(Some)
            .map_err(|error| settings.place(*error))
    }
}
