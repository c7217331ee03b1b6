//! Reads the values of settings: numbers, switches, keywords, texts, and components.

use super::{DefaultValue, Kind, Param, Setting, Settings, Text};
use crate::{
    Error,
    error::{decimal_comma, nearest},
};
use std::str::FromStr;

/// A number.
impl Setting for f64 {
    const KIND: Kind = Kind::Number;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let stated = settings.defaults.of(param);
        match (settings.find(&param.name), stated, &param.preset) {
            (Some(given), ..) => number(param, &given.value, |v| *v),
            (None, Some(v), _) | (None, None, &DefaultValue::Number(v)) => Ok(v),
            _ => Err(missing(param)),
        }
    }
}

/// A whole number.
impl Setting for u64 {
    const KIND: Kind = Kind::Whole;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        match (settings.find(&param.name), &param.preset) {
            (Some(given), _) => number(param, &given.value, |v| *v as f64),
            (None, DefaultValue::Number(v)) => Ok(*v as Self),
            _ => Err(missing(param)),
        }
    }
}

/// Parses the number given for `param`.
fn number<T: FromStr>(param: &Param, given: &str, value: fn(&T) -> f64) -> Result<T, Error> {
    let number = given.parse().ok();
    let number = number.filter(|v| param.valid.contains(value(v)));
    number.ok_or_else(|| not_allowed(param, given))
}

/// A switch.
impl Setting for bool {
    const KIND: Kind = Kind::Switch;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let word = settings.text_of(param).unwrap_or("false");
        word.parse().map_err(|_| not_allowed(param, word))
    }
}

/// A text.
impl Setting for String {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let text = settings.text_of(param).map(str::to_owned);
        text.ok_or_else(|| missing(param))
    }
}

/// An optional setting.
impl<T: Setting> Setting for Option<T> {
    const KIND: Kind = T::KIND;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let given = settings.find(&param.name);
        given.map(|_| T::read(param, settings)).transpose()
    }
}

/// Makes an enum a setting, with a keyword for each variant.
#[macro_export]
macro_rules! choice {
    ($choice:ident { $($word:literal: $variant:ident),+ $(,)? }) => {
        impl $choice {
            /// All variants, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the keyword in picks.
            pub fn word(self) -> &'static str {
                [$($word),+][self as usize]
            }
        }

        impl $crate::catalog::Setting for $choice {
            const KIND: $crate::catalog::Kind = $crate::catalog::Kind::Choice(
                $crate::catalog::List::Borrowed(&[$($crate::catalog::Text::Borrowed($word)),+]),
            );

            fn read(
                param: &$crate::catalog::Param,
                settings: &$crate::catalog::Settings,
            ) -> ::core::result::Result<Self, $crate::Error> {
                $crate::catalog::chosen_of(param, settings, &[$($word),+]).map(|i| Self::ALL[i])
            }
        }
    };
}
pub use crate::choice;

/// Returns the position of the given or default keyword of a choice, counted from 0.
///
/// # Errors
/// The keyword is not allowed, or it is missing and has no default.
pub fn chosen(param: &Param, settings: &Settings) -> Result<usize, Error> {
    let Kind::Choice(words) = &param.kind else {
        return Err(missing(param));
    };
    let word = settings.text_of(param).ok_or_else(|| missing(param))?;
    let position = words.iter().position(|w| *w == word);
    position.ok_or_else(|| not_allowed(param, word))
}

/// Returns the position of the given or default keyword of a choice among all keywords of its type, counted from 0. A setting can
/// allow some of them only.
///
/// # Errors
/// The keyword is not allowed, or it is missing and has no default.
pub fn chosen_of(param: &Param, settings: &Settings, all: &[&str]) -> Result<usize, Error> {
    let word = &param.kind.words()[chosen(param, settings)?];
    let position = all.iter().position(|own| own == word);
    position.ok_or_else(|| not_allowed(param, word))
}

/// Makes the entries of a registry a setting: a component. A registry whose entries contain each other gives its kind as a
/// constant.
macro_rules! part {
    ($part:ty, $registry:expr) => {
        $crate::catalog::part!($part, $registry, $registry.kind);
    };
    ($part:ty, $registry:expr, $kind:expr) => {
        impl $crate::catalog::Setting for ::std::sync::Arc<$part> {
            const KIND: $crate::catalog::Kind =
                $crate::catalog::Kind::Part($crate::catalog::Text::Borrowed($kind));

            fn read(
                param: &$crate::catalog::Param,
                settings: &$crate::catalog::Settings,
            ) -> Result<Self, $crate::Error> {
                settings.part(param, &$registry, None)
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
    let prefix = match &param.kind {
        Kind::Choice(_) => "one of ",
        _ if infinite => "finite, ",
        _ => "",
    };
    Error::Value {
        key: param.name.to_string(),
        given: given.to_owned(),
        allowed: format!("it must be {prefix}{}", param.allowed()),
        nearest: match &param.kind {
            Kind::Number => decimal_comma(given),
            _ => nearest(given, words).map(str::to_owned),
        },
    }
}

/// Returns the error that a required setting is missing.
pub(super) fn missing(param: &Param) -> Error {
    Error::Settings(format!(
        "`{}` is missing: give {}",
        param.name,
        param.allowed()
    ))
}
