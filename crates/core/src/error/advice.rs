//! Settings that avoid an error.

use super::Error;

impl Error {
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

    /// Returns the error with its part inside its position changed.
    #[must_use]
    pub(crate) fn map_inner(self, change: impl FnOnce(Box<Self>) -> Self) -> Self {
        match self {
            Self::In { text, span, error } => Self::In {
                text,
                span,
                error: Box::new(change(error)),
            },
            error => change(Box::new(error)),
        }
    }

    /// Returns the purpose of the advised pick, and the pick, if there is one.
    pub(crate) fn advised_pick(&self) -> Option<(&str, &str)> {
        match self {
            Self::In { error, .. } => error.advised_pick(),
            Self::Advised { purpose, pick, .. } => Some((purpose, pick.as_deref()?)),
            _ => None,
        }
    }

    /// Returns the error with another purpose and pick, or without advice.
    #[must_use]
    pub(crate) fn with_advised_pick(self, advice: Option<(String, String)>) -> Self {
        match (self, advice) {
            (Self::In { text, span, error }, advice) => Self::In {
                text,
                span,
                error: Box::new(error.with_advised_pick(advice)),
            },
            (Self::Advised { error, .. }, None) => *error,
            (Self::Advised { changes, error, .. }, Some((purpose, pick))) => Self::Advised {
                purpose,
                changes,
                pick: Some(pick),
                error,
            },
            (error, _) => error,
        }
    }
}
