//! How the values of settings are read: numbers, switches, words, files and parts.

use super::{Kind, Param, Preset, Setting, Settings, Text};
use crate::{Error, error::nearest};

/// The value of a number setting.
impl Setting for f64 {
    const KIND: Kind = Kind::Number;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        if let Some(number) = given_number(param, settings)? {
            return Ok(number);
        }
        let stated = settings.learning_rate.filter(|_| param.per_gradient);
        match (stated, &param.preset) {
            (Some(v), _) => Ok(v),
            (None, Preset::Number(v)) => Ok(*v),
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
    let Some(given) = settings.find(&param.name) else {
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
        match (settings.find(&param.name), &param.preset) {
            (Some(given), _) => {
                let number = given.value.parse().ok();
                let inside = |v: &Self| param.valid.contains(*v as f64);
                number
                    .filter(inside)
                    .ok_or_else(|| not_allowed(param, &given.value))
            }
            (None, Preset::Number(v)) => Ok(*v as Self),
            (None, _) => Err(missing(param)),
        }
    }
}

/// The value of a whole number setting that may be absent.
impl Setting for Option<u64> {
    const KIND: Kind = Kind::Whole;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let given = settings.find(&param.name);
        given.map(|_| u64::read(param, settings)).transpose()
    }
}

/// The value of a switch.
impl Setting for bool {
    const KIND: Kind = Kind::Switch;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let word = match (settings.find(&param.name), &param.preset) {
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
        Ok(settings.find(&param.name).map(|given| given.value.clone()))
    }
}

/// Makes an enum a setting, each variant by its word.
#[macro_export]
macro_rules! choice {
    ($choice:ident { $($word:literal: $variant:ident),+ $(,)? }) => {
        impl $choice {
            /// The words, in the order of the variants.
            pub const WORDS: &[&str] = &[$($word),+];
        }

        impl $crate::catalog::Setting for $choice {
            const KIND: $crate::catalog::Kind = $crate::catalog::Kind::Choice(
                $crate::catalog::List::Borrowed(&[$($crate::catalog::Text::Borrowed($word)),+]),
            );

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
    let Kind::Choice(words) = &param.kind else {
        return Err(missing(param));
    };
    let word = match (settings.find(&param.name), &param.preset) {
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
        impl $crate::catalog::Setting for Option<::std::sync::Arc<$part>> {
            const KIND: $crate::catalog::Kind =
                $crate::catalog::Kind::Part($crate::catalog::Text::Borrowed($registry.kind));

            fn read(
                param: &$crate::catalog::Param,
                settings: &$crate::catalog::Settings,
            ) -> Result<Self, $crate::Error> {
                settings.part(param, &$registry, None)
            }
        }

        impl $crate::catalog::Setting for ::std::sync::Arc<$part> {
            const KIND: $crate::catalog::Kind =
                $crate::catalog::Kind::Part($crate::catalog::Text::Borrowed($registry.kind));

            fn read(
                param: &$crate::catalog::Param,
                settings: &$crate::catalog::Settings,
            ) -> Result<Self, $crate::Error> {
                let part = settings.part(param, &$registry, None)?;
                part.ok_or_else(|| $crate::catalog::missing(param))
            }
        }
    };
}
pub(crate) use part;

fn not_allowed(param: &Param, given: &str) -> Error {
    const SWITCH: &[Text] = &[Text::Borrowed("true"), Text::Borrowed("false")];
    let words = match &param.kind {
        Kind::Switch => SWITCH,
        kind => kind.words(),
    };
    let infinite = given.parse().is_ok_and(|v: f64| !v.is_finite());
    let finite = if infinite { "finite, " } else { "" };
    Error::Value {
        key: param.name.to_string(),
        given: given.to_owned(),
        allowed: format!("it must be {finite}{}", param.allowed()),
        nearest: nearest(given, words).map(str::to_owned),
    }
}

/// The error that a setting is absent and has no default.
pub(crate) fn missing(param: &Param) -> Error {
    Error::Settings(format!(
        "`{}` is missing: give {}",
        param.name,
        param.allowed()
    ))
}
