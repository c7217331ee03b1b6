//! Errors for invalid input: the value given, its position, and what is allowed.
//!
//! The end of a run is never an error; it is a [`StopReason`](crate::run::StopReason).

use crate::{need::Need, numeric::number::join};
use std::{borrow::Cow, ops::Range};

/// A constant text, or a text made at run time.
pub type Text = Cow<'static, str>;

/// Invalid input. It is reported where it enters the program.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// No entry of the catalog has this id.
    #[error("there is no {kind} `{given}`")]
    UnknownId {
        /// The kind of entry, such as `optimizer`.
        kind: &'static str,
        /// The id as given.
        given: String,
        /// The ids that exist.
        allowed: Vec<Text>,
    },
    /// A formula contains a name without a meaning.
    #[error("there is no weight, constant, or function `{given}`")]
    UnknownName {
        /// The name as given.
        given: String,
        /// The name of which it is most likely a misspelling.
        meant: Option<String>,
        /// The names that exist.
        allowed: Vec<Text>,
    },
    /// The entry has no setting with this key.
    #[error("`{owner}` has no setting `{given}`")]
    UnknownKey {
        /// Id of the entry.
        owner: Text,
        /// The key as given.
        given: String,
        /// The keys of the entry.
        allowed: Vec<Text>,
    },
    /// None of several entries has a setting with this key.
    #[error("none of the optimizers has a setting `{given}`")]
    NobodyHas {
        /// The key as given.
        given: String,
        /// The keys of these entries.
        allowed: Vec<Text>,
    },
    /// The value of a setting has the wrong type or is out of range.
    #[error("`{key}` cannot be `{given}`: {allowed}")]
    Value {
        /// The setting.
        key: String,
        /// The value as given.
        given: String,
        /// A description of the allowed values.
        allowed: String,
        /// A similar allowed value, if there is one.
        nearest: Option<String>,
    },
    /// Settings that contradict each other, or a missing setting.
    #[error("{0}")]
    Settings(String),
    /// A text with invalid syntax.
    #[error("{0}")]
    Grammar(String),
    /// An error in the part `span` of the pick `text`.
    #[error("{error}")]
    In {
        /// The whole pick.
        text: String,
        /// The range of the invalid part, in bytes.
        span: Range<usize>,
        /// What is wrong with it.
        error: Box<Error>,
    },
    /// An error that one setting causes. [`Registry::build`](crate::catalog::Registry::build) moves it to the value of the
    /// setting: the code that finds the error no longer has the text of the pick.
    #[error("{error}")]
    Blame {
        /// The setting.
        key: &'static str,
        /// What is wrong with it.
        error: Box<Error>,
    },
    /// An error with settings that avoid it. [`Registry::build`](crate::catalog::Registry::build) completes them to a
    /// whole pick.
    #[error("{error}")]
    Advised {
        /// What the settings achieve, such as `to leave this column out`.
        purpose: String,
        /// Keys and values of the settings.
        changes: Vec<(String, String)>,
        /// The pick with these settings, once it is known.
        pick: Option<String>,
        /// What is wrong.
        error: Box<Error>,
    },
    /// The initial point does not have one number per weight.
    #[error("the initial point {} must have one number per weight: {expected}, not {}", join(given), given.len())]
    Start {
        /// The initial point as given.
        given: Vec<f64>,
        /// Number of weights of the problem.
        expected: usize,
    },
    /// The problem does not have a capability that the optimizer needs.
    #[error("`{optimizer}` needs {need}, which the problem does not have")]
    Lacks {
        /// Id of the optimizer.
        optimizer: Text,
        /// The capability.
        need: Need,
        /// Ids of optimizers that do not need it.
        instead: Vec<Text>,
    },
    /// A number that must be finite is not.
    #[error("{what} must be a finite number, not `{given}`")]
    NotFinite {
        /// The meaning of the number.
        what: &'static str,
        /// The number.
        given: f64,
    },
    /// A data file cannot be used.
    #[error("{file}{}: {message}", position(*line, *column))]
    Table {
        /// Name of the file.
        file: String,
        /// Line, counted from 1, if the error concerns one line.
        line: Option<u64>,
        /// Column, counted from 1, if the error concerns one column.
        column: Option<usize>,
        /// What is wrong.
        message: String,
    },
}

fn position(line: Option<u64>, column: Option<usize>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!(", line {line}, column {column}"),
        (Some(line), None) => format!(", line {line}"),
        _ => String::new(),
    }
}

impl Error {
    /// Returns the error with its position: the part `span` of the pick `text`. An inner position is kept.
    #[must_use]
    pub fn within(self, text: &str, span: Range<usize>) -> Self {
        match self {
            Self::In { .. } => self,
            error => Self::In {
                text: text.to_owned(),
                span,
                error: Box::new(error),
            },
        }
    }

    /// Returns the error of a data file. The line and the column are counted from 1.
    pub(crate) fn in_file(
        file: &str,
        line: Option<u64>,
        column: Option<usize>,
        message: impl Into<String>,
    ) -> Self {
        Self::Table {
            file: file.to_owned(),
            line,
            column,
            message: message.into(),
        }
    }

    /// Returns the error with settings that avoid it. `purpose` describes what they achieve.
    #[must_use]
    pub(crate) fn advise(
        self,
        purpose: &str,
        changes: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        let changes = changes.into_iter();
        Self::Advised {
            purpose: purpose.to_owned(),
            changes: changes
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
            pick: None,
            error: Box::new(self),
        }
    }

    /// Returns the error with its advised settings changed by `change`, wherever they are.
    #[must_use]
    pub(crate) fn map_advice(
        self,
        change: impl FnOnce(&mut Vec<(String, String)>, &mut Option<String>),
    ) -> Self {
        match self {
            Self::In { text, span, error } => Self::In {
                text,
                span,
                error: Box::new(error.map_advice(change)),
            },
            Self::Advised {
                purpose,
                mut changes,
                mut pick,
                error,
            } => {
                change(&mut changes, &mut pick);
                Self::Advised {
                    purpose,
                    changes,
                    pick,
                    error,
                }
            }
            error => error,
        }
    }

    /// Returns whether the error concerns the content of a file, so that its position is not in a pick.
    pub fn is_in_file(&self) -> bool {
        match self {
            Self::Table { .. } => true,
            Self::In { error, .. } | Self::Blame { error, .. } | Self::Advised { error, .. } => {
                error.is_in_file()
            }
            _ => false,
        }
    }

    /// Returns the error as caused by the setting `key`. An error in a file keeps its position.
    #[must_use]
    pub fn blame(self, key: &'static str) -> Self {
        match self {
            Self::Settings(_) => Self::Blame {
                key,
                error: Box::new(self),
            },
            error => error,
        }
    }

    /// Returns advice on how to correct the input, if there is any.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::UnknownId { given, allowed, .. }
            | Self::UnknownKey { given, allowed, .. }
            | Self::NobodyHas { given, allowed } => Some(match nearest(given, allowed) {
                Some(near) => format!("did you mean `{near}`?"),
                None if allowed.is_empty() => "it has no settings: remove this one".to_owned(),
                None => format!("choose one of: {}", allowed.join(", ")),
            }),
            Self::UnknownName {
                meant: Some(meant), ..
            } => Some(format!("did you mean `{meant}`?")),
            Self::UnknownName { allowed, .. } => {
                Some(format!("choose one of: {}", allowed.join(", ")))
            }
            Self::Value { nearest, .. } => {
                let near = nearest.as_ref()?;
                Some(format!("did you mean `{near}`?"))
            }
            Self::In { error, .. } | Self::Blame { error, .. } => error.help(),
            Self::Advised {
                purpose,
                changes,
                pick,
                ..
            } => Some(match pick {
                Some(pick) => format!("{purpose}, write --on {}", in_quotes(pick)),
                None => {
                    let settings = changes.iter().map(|(key, value)| format!("{key}={value}"));
                    let settings: Vec<String> = settings.collect();
                    format!("{purpose}, add {}", settings.join(","))
                }
            }),
            Self::Lacks { instead, .. } => Some(format!(
                "choose an optimizer that does not need this: {}",
                instead.join(", ")
            )),
            Self::Start { expected: 1, given } => Some(match given[..] {
                // Most likely one number with a decimal comma.
                [whole, fraction] if fraction >= 0.0 && fraction.fract() == 0.0 => {
                    format!("give one number, such as {whole}.{fraction}")
                }
                _ => "give one number".to_owned(),
            }),
            Self::Start { expected, .. } => {
                Some(format!("give {expected} numbers separated by commas"))
            }
            _ => None,
        }
    }
}

/// Returns the number `given` if it is finite. `what` names it in the error.
pub(crate) fn finite(what: &'static str, given: f64) -> Result<f64, Error> {
    if given.is_finite() {
        Ok(given)
    } else {
        Err(Error::NotFinite { what, given })
    }
}

/// Returns the text with at most `most` characters, for messages.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns a pick in quotes for a shell.
fn in_quotes(pick: &str) -> String {
    let quote = if pick.contains('\'') { '"' } else { '\'' };
    format!("{quote}{pick}{quote}")
}

/// Returns the name in `allowed` that is most similar to `given`, if one is similar enough.
pub fn nearest<'a>(given: &str, allowed: &'a [impl AsRef<str>]) -> Option<&'a str> {
    let given = &*given.to_lowercase();
    let names = allowed.iter().map(AsRef::as_ref);
    let begins = |name: &&'a str| given.len() > 1 && name.starts_with(given);
    if let Some(name) = names.clone().find(begins) {
        return Some(name);
    }
    let near = |name: &'a str| (strsim::damerau_levenshtein(given, name), name);
    let (distance, name) = names.map(near).min()?;
    let most = match given.chars().count() {
        // One edit turns any letter into any other letter.
        0 | 1 => 0,
        length => 1 + length / 4,
    };
    (distance <= most).then_some(name)
}

/// Returns the only name in `allowed` that becomes `given` by a slip of the keyboard: another case, two swapped neighbors,
/// a missing letter, or a repeated letter.
///
/// In contrast to [`nearest`], names that differ by another letter are different things, such as `cosh` and `cos`.
pub(crate) fn mistyped<'a>(given: &str, allowed: &'a [impl AsRef<str>]) -> Option<&'a str> {
    let given: Vec<char> = given.to_lowercase().chars().collect();
    let letters = |name: &str| name.chars().collect::<Vec<char>>();
    let names = allowed.iter().map(AsRef::as_ref);
    if let Some(same) = names.clone().find(|name| letters(name) == given) {
        return Some(same);
    }
    let mut slips = names.filter(|name| is_slip(&given, &letters(name)));
    let only = slips.next()?;
    slips.next().is_none().then_some(only)
}

/// Returns whether `given` is `name` with two swapped neighbors, a missing letter except the last, or a repeated letter.
fn is_slip(given: &[char], name: &[char]) -> bool {
    if name.len() < 2 || given.len() < 2 {
        return false;
    }
    let without = |word: &[char], i: usize| [&word[..i], &word[i + 1..]].concat();
    let swapped = |i: &usize| {
        let mut word = name.to_vec();
        word.swap(*i, i + 1);
        word
    };
    let missing = (0..name.len() - 1).any(|i| without(name, i) == given);
    let repeated = |i: &usize| given[*i] == given[i + 1];
    let neighbors = |word: &[char]| 0..word.len() - 1;
    missing
        || neighbors(name).any(|i| swapped(&i) == given)
        || neighbors(given)
            .filter(repeated)
            .any(|i| without(given, i) == name)
}

/// Returns the number that a text with a decimal comma represents, written with a decimal point.
pub(crate) fn decimal_comma(given: &str) -> Option<String> {
    let (whole, fraction) = given.trim().split_once(',')?;
    let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let starts = digits(unsigned) && fraction.starts_with(|c: char| c.is_ascii_digit());
    let text = format!("{whole}.{fraction}");
    let number = text.parse().is_ok_and(|v: f64| v.is_finite());
    (starts && number).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{decimal_comma, mistyped, nearest};

    #[test]
    fn suggests_only_a_similar_name() {
        let names = ["momentum", "rprop", "irprop-plus"];
        assert_eq!(nearest("momentun", &names), Some("momentum"));
        assert_eq!(nearest("rprob", &names), Some("rprop"));
        assert_eq!(nearest("mom", &names), Some("momentum"));
        assert_eq!(nearest("RPROP", &names), Some("rprop"));
        assert_eq!(nearest("zzz", &names), None);
        assert_eq!(nearest("z", &["x", "e"]), None);
        assert_eq!(nearest("X", &["x", "e"]), Some("x"));
    }

    #[test]
    fn only_a_slip_of_the_keyboard_is_mistyped() {
        let names = [
            "sin", "cos", "tan", "exp", "sqrt", "sign", "pi", "x", "log", "log2",
        ];
        for (given, meant) in [
            ("sn", "sin"),
            ("epx", "exp"),
            ("PI", "pi"),
            ("sinn", "sin"),
            ("Sqrt", "sqrt"),
            ("sgn", "sign"),
            ("cso", "cos"),
            ("X", "x"),
        ] {
            assert_eq!(mistyped(given, &names), Some(meant), "{given}");
        }
        for given in [
            "cosh", "atan", "asin", "sinh", "cot", "sec", "log1p", "sqr", "xx", "z", "erf",
        ] {
            assert_eq!(mistyped(given, &names), None, "{given}");
        }
    }

    #[test]
    fn a_decimal_comma_becomes_a_point() {
        assert_eq!(decimal_comma("0,5").as_deref(), Some("0.5"));
        assert_eq!(decimal_comma("-1,25e-3").as_deref(), Some("-1.25e-3"));
        for other in ["0.5", "1,2,3", "1.5,2", "a,5", "5,", "nan,5"] {
            assert_eq!(decimal_comma(other), None, "{other}");
        }
    }
}
