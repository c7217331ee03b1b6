//! The settings of one pick, checked against what its entry allows.

use super::{About, Kind, Param, Preset, Registry};
use crate::{
    Error,
    error::nearest,
    line::LineSearch,
    line_searches,
    number::Shortest,
    pick::{Assignment, Content, Pick},
    regularizers::{self, Regularizer},
    schedules::{self, Schedule},
    table::utf8,
};
use std::{ops::Range, sync::Arc};

/// Values by key, as they come from a command line, a slider or a keyword argument.
#[derive(Clone, Debug)]
pub struct Settings {
    text: String,
    given: Vec<Assignment>,
    files: Vec<(String, Content)>,
    learning_rate: Option<f64>,
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
    pub fn of(pick: &Pick, about: About, learning_rate: Option<f64>) -> Result<Self, Error> {
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
                let message = format!("expected key=value, such as {}={}", first.name, alone.value);
                return Err(Error::Grammar(message).within(&settings.text, alone.span.clone()));
            }
            first.name.clone_into(&mut alone.key);
        }
        settings.check(about)?;
        Ok(settings)
    }

    /// Numbers that must not be above others.
    fn check_order(&self, about: About) -> Result<(), Error> {
        for low in about.settings() {
            let high = low.at_most.and_then(|key| about.setting(key));
            let Some(high) = high else {
                continue;
            };
            let [least, most] = [self.read::<f64>(low)?, self.read::<f64>(high)?];
            if least > most {
                let message = format!(
                    "`{}`, {}, is above `{}`, {}",
                    low.name,
                    Shortest(least),
                    high.name,
                    Shortest(most)
                );
                let given = self.find(low.name).or(self.find(high.name));
                let span = given.map_or(0..self.text.len(), |s| s.span.clone());
                return Err(Error::Settings(message).within(&self.text, span));
            }
        }
        Ok(())
    }

    fn check(&self, about: About) -> Result<(), Error> {
        for s in &self.given {
            let (head, tail) = s
                .key
                .split_once('.')
                .map_or((&*s.key, None), |(h, t)| (h, Some(t)));
            let param = about.setting(head);
            let part = param.is_some_and(|p| matches!(p.kind, Kind::Part(_)));
            let wrong = match param {
                Some(param) if tail.is_none() => {
                    let rival = param.unless.filter(|key| self.find(key).is_some());
                    rival.map(|key| {
                        let name = param.name;
                        Error::Settings(format!("`{name}` has no effect where `{key}` is given"))
                    })
                }
                Some(param) if part && self.part_id(param).is_some() => None,
                Some(_) if part => Some(Error::Settings(format!("`{}` needs `{head}`", s.key))),
                _ => Some(Error::UnknownKey {
                    owner: about.id,
                    given: s.key.clone(),
                    allowed: about.settings().map(|p| p.name).collect(),
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

    fn find(&self, key: &str) -> Option<&Assignment> {
        self.given.iter().find(|s| s.key == key)
    }

    /// Reads the value of `param`, given or not.
    ///
    /// # Errors
    /// The value is not allowed, or there is none.
    pub fn read<T: Setting>(&self, param: &Param) -> Result<T, Error> {
        T::read(param, self).map_err(|error| match self.find(param.name) {
            Some(given) => error.within(&self.text, given.span.clone()),
            None => error,
        })
    }

    /// Whether `param` has a value of its own here.
    pub(crate) fn is_given(&self, param: &Param) -> bool {
        self.find(param.name).is_some()
    }

    /// The text of `param`, given or preset.
    pub(crate) fn text_of(&self, param: &Param) -> Option<&str> {
        self.part_id(param)
    }

    /// An error in the part `span` of the value of `param`, in bytes, shown where it stands.
    pub(crate) fn within_value(&self, param: &Param, span: Range<usize>, error: Error) -> Error {
        let Some(given) = self.find(param.name) else {
            return error;
        };
        // The value ends its setting, but for a quote and blanks.
        let whole = &self.text[given.span.clone()];
        let begin = given.span.start + whole.rfind(&given.value).unwrap_or(0);
        error.within(&self.text, begin + span.start..begin + span.end)
    }

    /// The id of the part that `param` names, given or preset.
    pub(crate) fn part_id(&self, param: &Param) -> Option<&str> {
        match (self.find(param.name), param.preset) {
            (Some(given), _) => Some(&given.value),
            (None, Preset::Text(id)) => Some(id),
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
        let Some(id) = self.part_id(param) else {
            return Ok(None);
        };
        let entry = registry.named(short.map_or(id, |(id, ..)| id))?;
        let whole = self
            .find(param.name)
            .map_or(0..0, |given| given.span.clone());
        let short = short.map(|(_, key, value)| Assignment {
            key: key.to_owned(),
            value: value.to_owned(),
            span: whole,
        });
        let prefix = format!("{}.", param.name);
        let inner = self.given.iter().filter_map(|s| {
            let key = s.key.strip_prefix(&prefix)?.to_owned();
            Some(Assignment { key, ..s.clone() })
        });
        let settings = Self {
            text: self.text.clone(),
            given: short.into_iter().chain(inner).collect(),
            files: self.files.clone(),
            learning_rate: None,
        };
        settings.check(entry.about)?;
        (entry.build)(&settings).map(Some)
    }
}

/// The value of a number setting.
impl Setting for f64 {
    const KIND: Kind = Kind::Number;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        if let Some(number) = given_number(param, settings)? {
            return Ok(number);
        }
        let stated = settings.learning_rate.filter(|_| param.per_gradient);
        match (stated, param.preset) {
            (Some(v), _) | (None, Preset::Number(v)) => Ok(v),
            _ => Err(missing(param)),
        }
    }
}

/// The value of a number setting that may be absent.
impl Setting for Option<f64> {
    const KIND: Kind = Kind::Number;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        given_number(param, settings)
    }
}

/// The number that is given for `param`, if one is.
fn given_number(param: &Param, settings: &Settings) -> Result<Option<f64>, Error> {
    let Some(given) = settings.find(param.name) else {
        return Ok(None);
    };
    let number = given.value.parse().ok();
    let number = number.filter(|v| param.valid.contains(*v));
    let number = number.ok_or_else(|| not_allowed(param, &given.value))?;
    Ok(Some(number))
}

/// The value of a whole number setting.
impl Setting for u64 {
    const KIND: Kind = Kind::Whole;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        match (settings.find(param.name), param.preset) {
            (Some(given), _) => {
                let number = given.value.parse().ok();
                let inside = |v: &Self| param.valid.contains(*v as f64);
                number
                    .filter(inside)
                    .ok_or_else(|| not_allowed(param, &given.value))
            }
            (None, Preset::Number(v)) => Ok(v as Self),
            (None, _) => Err(missing(param)),
        }
    }
}

/// The value of a whole number setting that may be absent.
impl Setting for Option<u64> {
    const KIND: Kind = Kind::Whole;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let given = settings.find(param.name);
        given.map(|_| u64::read(param, settings)).transpose()
    }
}

/// The value of a switch.
impl Setting for bool {
    const KIND: Kind = Kind::Switch;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let word = match (settings.find(param.name), param.preset) {
            (Some(given), _) => given.value.as_str(),
            (None, Preset::Text(word)) => word,
            (None, _) => "false",
        };
        word.parse().map_err(|_| not_allowed(param, word))
    }
}

/// The value of a text setting that may be absent.
impl Setting for Option<String> {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        Ok(settings.find(param.name).map(|given| given.value.clone()))
    }
}

/// A file by its name, with the content that was attached to the pick by whoever may read files.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Name as given.
    pub name: String,
    /// All that stands in it.
    pub content: Content,
}

impl File {
    /// The text that stands in it.
    ///
    /// # Errors
    /// It is no UTF-8 text; the error names the line.
    pub fn text(&self) -> Result<&str, Error> {
        utf8(&self.name, self.content.bytes())
    }
}

impl Setting for File {
    const KIND: Kind = Kind::File;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let name = &settings
            .find(param.name)
            .ok_or_else(|| missing(param))?
            .value;
        let attached = settings.files.iter().find(|(file, _)| file == name);
        let (name, content) = attached
            .cloned()
            .ok_or_else(|| Error::Settings(format!("the content of `{name}` was not attached")))?;
        Ok(Self { name, content })
    }
}

/// Makes an enum a setting, each variant by its word.
#[macro_export]
macro_rules! choice {
    ($choice:ident { $($word:literal: $variant:ident),+ $(,)? }) => {
        impl $crate::catalog::Setting for $choice {
            const KIND: $crate::catalog::Kind = $crate::catalog::Kind::Choice(&[$($word),+]);

            fn read(
                param: &$crate::catalog::Param,
                settings: &$crate::catalog::Settings,
            ) -> ::core::result::Result<Self, $crate::Error> {
                let all = [$(Self::$variant),+];
                $crate::catalog::chosen(param, settings).map(|i| all[i])
            }
        }
    };
}
pub use crate::choice;

/// Which of a choice's words is given or preset, counted from 0.
///
/// # Errors
/// Another word, or none where none is preset.
pub fn chosen(param: &Param, settings: &Settings) -> Result<usize, Error> {
    let Kind::Choice(words) = param.kind else {
        return Err(missing(param));
    };
    let word = match (settings.find(param.name), param.preset) {
        (Some(given), _) => given.value.as_str(),
        (None, Preset::Text(word)) => word,
        (None, _) => return Err(missing(param)),
    };
    let position = words.iter().position(|w| *w == word);
    position.ok_or_else(|| not_allowed(param, word))
}

/// Makes entries of a registry a setting: as an `Option` one that may be absent, by itself one that is given or preset.
macro_rules! part {
    ($part:ty, $registry:expr) => {
        impl Setting for Option<Arc<$part>> {
            const KIND: Kind = Kind::Part($registry.kind);

            fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
                settings.part(param, &$registry, None)
            }
        }

        impl Setting for Arc<$part> {
            const KIND: Kind = Kind::Part($registry.kind);

            fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
                let part = settings.part(param, &$registry, None)?;
                part.ok_or_else(|| missing(param))
            }
        }
    };
}
part!(dyn LineSearch, line_searches::REGISTRY);
part!(dyn Schedule, schedules::REGISTRY);
part!(dyn Regularizer, regularizers::REGISTRY);

fn not_allowed(param: &Param, given: &str) -> Error {
    let words: &[&str] = match param.kind {
        Kind::Choice(words) => words,
        Kind::Switch => &["true", "false"],
        _ => &[],
    };
    let infinite = given.parse().is_ok_and(|v: f64| !v.is_finite());
    let finite = if infinite { "finite, " } else { "" };
    Error::Value {
        key: param.name.to_owned(),
        given: given.to_owned(),
        allowed: format!("it must be {finite}{}", param.allowed()),
        nearest: nearest(given, words).map(str::to_owned),
    }
}

fn missing(param: &Param) -> Error {
    Error::Settings(format!(
        "`{}` is missing: give {}",
        param.name,
        param.allowed()
    ))
}
