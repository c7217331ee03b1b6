//! Wrong input: what was given, where, and what is allowed.
//!
//! What happens in a run is never an error; it is a [`Stop`](crate::run::Stop).

use crate::{need::Need, numeric::number::join};
use std::{borrow::Cow, ops::Range};

/// A constant text, or one made at run time.
pub type Text = Cow<'static, str>;

/// Wrong input, raised where it comes in.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// No entry of the catalogue has this id.
    #[error("there is no {kind} `{given}`")]
    UnknownId {
        /// What was looked for.
        kind: &'static str,
        /// The id as given.
        given: String,
        /// The ids that there are.
        allowed: Vec<Text>,
    },
    /// The entry has no setting of this name.
    #[error("`{owner}` has no setting `{given}`")]
    UnknownKey {
        /// Id of the entry.
        owner: Text,
        /// The key as given.
        given: String,
        /// The keys that there are.
        allowed: Vec<Text>,
    },
    /// None of several entries has a setting of this name.
    #[error("none of the optimizers has a setting `{given}`")]
    NobodyHas {
        /// The key as given.
        given: String,
        /// The keys that they have.
        allowed: Vec<Text>,
    },
    /// A setting's value is of the wrong kind or outside what is valid.
    #[error("`{key}` cannot be `{given}`: {allowed}")]
    Value {
        /// The setting.
        key: String,
        /// The value as given.
        given: String,
        /// What is allowed, in words.
        allowed: String,
        /// The nearest allowed value, if one is near.
        nearest: Option<String>,
    },
    /// Settings that do not go together, or one that is missing.
    #[error("{0}")]
    Settings(String),
    /// A text that is no pick.
    #[error("{0}")]
    Grammar(String),
    /// An error in the part `span` of the pick `text`.
    #[error("{error}")]
    In {
        /// The whole pick.
        text: String,
        /// The part that is wrong, in bytes.
        span: Range<usize>,
        /// What is wrong with it.
        error: Box<Error>,
    },
    /// An error that one setting is to blame for; it is shown at the setting's value where that is given. Whoever finds it
    /// has the settings no more, so that it is placed where the entry is built.
    #[error("{error}")]
    Blame {
        /// The setting.
        key: &'static str,
        /// What is wrong with it.
        error: Box<Error>,
    },
    /// The start has the wrong number of weights.
    #[error("the start {} has {} of {expected} weights", join(given), given.len())]
    Start {
        /// The start as given.
        given: Vec<f64>,
        /// Number of weights of the problem.
        expected: usize,
    },
    /// The problem cannot answer what the optimizer must ask.
    #[error("`{optimizer}` needs {need}, which the problem does not have")]
    Lacks {
        /// Id of the optimizer.
        optimizer: Text,
        /// What it must ask.
        need: Need,
        /// Ids of optimizers that can do without.
        instead: Vec<Text>,
    },
    /// A number that must be finite is not.
    #[error("{what} must be a finite number, not `{given}`")]
    NotFinite {
        /// What it is for.
        what: &'static str,
        /// The number.
        given: f64,
    },
    /// A data file cannot be used.
    #[error("{file}{}: {message}", position(*line, *column))]
    Table {
        /// Name of the file.
        file: String,
        /// Line, counted from 1, if it is about one.
        line: Option<u64>,
        /// Column, counted from 1, if it is about one.
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
    /// The same error, shown in the part `span` of the pick `text`; the innermost place wins.
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

    /// The error that a data file cannot be used, at a line and a column counted from 1 if it is about one.
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

    /// The same error, for which the setting `key` is to blame; what stands in a file keeps its place there.
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

    /// What to do about it, if anything is known.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::UnknownId { given, allowed, .. }
            | Self::UnknownKey { given, allowed, .. }
            | Self::NobodyHas { given, allowed } => Some(match nearest(given, allowed) {
                Some(near) => format!("did you mean `{near}`?"),
                None if allowed.is_empty() => "it has no settings".to_owned(),
                None => format!("there is {}", allowed.join(", ")),
            }),
            Self::Value { nearest, .. } => {
                let near = nearest.as_ref()?;
                Some(format!("did you mean `{near}`?"))
            }
            Self::In { error, .. } | Self::Blame { error, .. } => error.help(),
            Self::Lacks { instead, .. } => {
                Some(format!("these do without: {}", instead.join(", ")))
            }
            Self::Start { expected: 1, .. } => Some("give one number".to_owned()),
            Self::Start { expected, .. } => {
                Some(format!("give {expected} numbers with commas between"))
            }
            _ => None,
        }
    }
}

/// The number `given`, which is for `what`, if it is finite.
pub(crate) fn finite(what: &'static str, given: f64) -> Result<f64, Error> {
    if given.is_finite() {
        Ok(given)
    } else {
        Err(Error::NotFinite { what, given })
    }
}

/// At most so many characters of a text that may be of any length, for messages.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// The one of `allowed` that `given` is most likely meant to be, if any is near enough.
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
        // Every other letter would be near.
        0 | 1 => 0,
        length => 1 + length / 4,
    };
    (distance <= most).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["momentum", "rprop", "irprop-plus"];
        assert_eq!(nearest("momentun", &names), Some("momentum"));
        assert_eq!(nearest("rprob", &names), Some("rprop"));
        assert_eq!(nearest("mom", &names), Some("momentum"));
        assert_eq!(nearest("RPROP", &names), Some("rprop"));
        assert_eq!(nearest("zzz", &names), None);
        assert_eq!(nearest("z", &["x", "e"]), None);
        assert_eq!(nearest("X", &["x", "e"]), Some("x"));
    }
}
