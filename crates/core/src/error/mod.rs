//! Errors for invalid input: the value given, its position, and what is allowed.
//!
//! The end of a run is never an error; it is a [`StopReason`](crate::run::StopReason).

use crate::{need::Need, numeric::number::join};
use std::{borrow::Cow, ops::Range};

mod advice;
mod quoting;
mod suggestion;

pub use quoting::{printable, shortened};
pub use suggestion::nearest;
pub(crate) use suggestion::{decimal_comma, mistyped, picks_in};

/// A constant text, or a text made at run time.
pub type Text = Cow<'static, str>;

/// Invalid input. It is reported where it enters the program.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// No entry of the catalog has this id.
    #[error("there is no {kind} `{}`", quoted(given))]
    UnknownId {
        /// The kind of entry, such as `optimizer`.
        kind: &'static str,
        /// The id as given.
        given: String,
        /// The ids that exist.
        allowed: Vec<Text>,
        /// The ids of entries that another library calls so.
        meant: Box<[Text]>,
    },
    /// Something else is given instead of an entry of the catalog.
    #[error("`{}` is {is}, not a {kind}", quoted(given))]
    Mistaken {
        /// The text as given.
        given: String,
        /// What it is, with an article, such as `a data set`.
        is: Text,
        /// The kind of entry, such as `problem`.
        kind: &'static str,
        /// The pick of an entry that uses it.
        pick: String,
    },
    /// A formula contains a name without a meaning.
    #[error("there is no weight, constant, or function `{}`", quoted(given))]
    UnknownName {
        /// The name as given.
        given: String,
        /// The name of which it is most likely a misspelling.
        meant: Option<String>,
        /// The names that exist.
        allowed: Vec<Text>,
    },
    /// The entry has no setting with this key.
    #[error("`{owner}` has no setting `{}`", quoted(given))]
    UnknownKey {
        /// Id of the entry.
        owner: Text,
        /// The key as given.
        given: String,
        /// The keys of the entry.
        allowed: Vec<Text>,
        /// The keys of settings that another library calls so.
        meant: Box<[Text]>,
    },
    /// None of several entries has a setting with this key.
    #[error("none of the optimizers has a setting `{}`", quoted(given))]
    NobodyHas {
        /// The key as given.
        given: String,
        /// The keys of these entries.
        allowed: Vec<Text>,
        /// The keys of settings that another library calls so.
        meant: Box<[Text]>,
    },
    /// The value of a setting has the wrong type or is out of range.
    #[error("`{key}` cannot be `{}`: {allowed}", quoted(given))]
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
    #[error("{}{}: {message}", printable(file), position(*line, *column))]
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

/// Returns the beginning of a given text, for messages.
fn quoted(given: &str) -> String {
    /// Longer texts are not typed by hand.
    const MAX_CHARS: usize = 60;
    shortened(given, MAX_CHARS)
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
            Self::Advised {
                purpose,
                changes,
                pick,
                error,
            } => Self::Advised {
                purpose,
                changes,
                pick,
                error: Box::new(error.blame(key)),
            },
            error => error,
        }
    }

    /// Returns advice on how to correct the input, if there is any.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::UnknownId { meant, .. }
            | Self::UnknownKey { meant, .. }
            | Self::NobodyHas { meant, .. }
                if !meant.is_empty() =>
            {
                Some(format!("did you mean `{}`?", meant.join("` or `")))
            }
            Self::UnknownId { given, allowed, .. }
            | Self::UnknownKey { given, allowed, .. }
            | Self::NobodyHas { given, allowed, .. } => Some(match nearest(given, allowed) {
                Some(near) => format!("did you mean `{near}`?"),
                None if allowed.is_empty() => "it has no settings: remove this one".to_owned(),
                None => format!("choose one of: {}", allowed.join(", ")),
            }),
            Self::Mistaken { pick, .. } => Some(format!("did you mean `{pick}`?")),
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
            } => Some(if let Some(pick) = pick {
                format!("{purpose}, write --on {}", in_quotes(pick))
            } else {
                let settings = changes.iter().map(|(key, value)| format!("{key}={value}"));
                let settings: Vec<String> = settings.collect();
                format!("{purpose}, add {}", settings.join(","))
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

/// Returns a pick in quotes for a shell.
fn in_quotes(pick: &str) -> String {
    let quote = if pick.contains('\'') { '"' } else { '\'' };
    format!("{quote}{pick}{quote}")
}
