//! The values in effect of settings that were not given and have no fixed default.

use super::Text;
use crate::error::shortened;

/// The value in effect of a setting that follows from other settings, the problem, or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedSetting {
    /// Key of the setting.
    pub key: Text,
    /// The value as in a pick, or `None` if the setting has no effect.
    pub value: Option<String>,
}

impl ResolvedSetting {
    /// Creates the value in effect of the setting `key`.
    pub fn new(key: &'static str, value: Option<String>) -> Self {
        Self {
            key: Text::Borrowed(key),
            value,
        }
    }
}

/// Returns the names of columns as in a pick, separated by bars: the first ones of many.
pub(crate) fn column_names(names: impl ExactSizeIterator<Item: AsRef<str>>) -> String {
    const MOST: usize = 20;
    let others = names.len().saturating_sub(MOST);
    let shown = names.take(MOST);
    let shown: Vec<String> = shown.map(|name| shortened(name.as_ref(), 40)).collect();
    let shown = shown.join("|");
    match others {
        0 => shown,
        others => format!("{shown} and {others} more"),
    }
}
