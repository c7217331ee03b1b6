//! A pick: an id with settings, `id:key=value,key=value`. It selects an entry of the catalog.
//!
//! A setting of a component has a dotted key: `gradient-descent:search=golden-section,search.tolerance=0.1`. A value
//! ends at a comma that is followed by `key=`, so a value may contain other commas. Quotes or brackets protect a value
//! that contains such a comma. A first value without a key belongs to the first setting of the entry.

mod parse;

use crate::Error;
use std::{fmt, ops::Range, sync::Arc};

/// An id with settings: parsed, but not yet checked against the catalog.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    text: String,
    /// The id before the first colon.
    pub id: String,
    /// The settings, in the order given.
    pub settings: Vec<Assignment>,
    /// Contents of the files in the settings, by file name.
    pub files: Vec<(String, FileContent)>,
    /// Keys of the settings that the user did not give: they are the defaults of the library whose names the user wrote.
    pub library_defaults: Vec<String>,
}

/// The bytes of a file; a clone shares them.
#[derive(Clone, PartialEq, Eq)]
pub struct FileContent(Arc<[u8]>);

impl FileContent {
    /// Returns the bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for FileContent {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&str> for FileContent {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().into())
    }
}

impl From<String> for FileContent {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl fmt::Debug for FileContent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} bytes", self.0.len())
    }
}

/// One `key=value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The key; empty if only a value is given.
    pub key: String,
    /// The value, without quotes.
    pub value: String,
    /// Range in the text of the pick, in bytes.
    pub span: Range<usize>,
}

/// Splits a key at its first dot: the name of the setting and, for a dotted key, the key in the component.
pub(crate) fn name(key: &str) -> (&str, Option<&str>) {
    match key.split_once('.') {
        Some((part, key)) => (part, Some(key)),
        None => (key, None),
    }
}

impl Assignment {
    /// Returns the name of the setting and, for a dotted key, the key in the component.
    pub(crate) fn name(&self) -> (&str, Option<&str>) {
        name(&self.key)
    }

    /// Returns the assignment without the name of the component `part`, if it belongs to this component.
    pub(crate) fn within(&self, part: &str) -> Option<Self> {
        match self.name() {
            (name, Some(key)) if name == part => Some(Self {
                key: key.to_owned(),
                ..self.clone()
            }),
            _ => None,
        }
    }
}

impl Pick {
    /// Creates the pick of `id` with one setting. The value may contain any characters.
    pub fn with_setting(id: &str, key: &str, value: &str) -> Self {
        let text = format!("{id}:{key}={value}");
        Self {
            settings: vec![Assignment {
                key: key.to_owned(),
                value: value.to_owned(),
                span: id.len() + 1..text.len(),
            }],
            text,
            id: id.to_owned(),
            files: Vec::new(),
            library_defaults: Vec::new(),
        }
    }

    /// Returns the pick with one setting changed or added. The files are kept.
    ///
    /// # Errors
    /// The value would be misread in a pick.
    pub fn changed(&self, key: &str, value: &str) -> Result<Self, Error> {
        let mut text = self.id.clone();
        let mut changed = false;
        let mut write = |key: &str, value: &str| {
            let joint = if text.len() == self.id.len() {
                ':'
            } else {
                ','
            };
            text.push(joint);
            if !key.is_empty() {
                text.push_str(key);
                text.push('=');
            }
            text.push_str(value);
        };
        for s in &self.settings {
            let here = s.key == key;
            changed |= here;
            if here {
                write(key, value);
            } else {
                // The original text, with its quotes.
                write("", &self.text[s.span.clone()]);
            }
        }
        if !changed {
            write(key, value);
        }
        let pick: Self = text.parse()?;
        let mut library_defaults = self.library_defaults.clone();
        library_defaults.retain(|other| other != key);
        Ok(Self {
            files: self.files.clone(),
            library_defaults,
            ..pick
        })
    }

    /// Returns the pick without some of its settings. The files are kept.
    pub(crate) fn without(&self, is_removed: impl Fn(&Assignment) -> bool) -> Self {
        let kept = self.settings.iter().filter(|s| !is_removed(s));
        let kept: Vec<&str> = kept.map(|s| &self.text[s.span.clone()]).collect();
        let text = match kept.len() {
            0 => self.id.clone(),
            count if count == self.settings.len() => return self.clone(),
            _ => format!("{}:{}", self.id, kept.join(",")),
        };
        let parsed = text.parse();
        parsed.map_or_else(
            |_| self.clone(),
            |pick| Self {
                files: self.files.clone(),
                library_defaults: self.library_defaults.clone(),
                ..pick
            },
        )
    }

    /// Returns the text of the pick with these settings changed or added, or `None` if a value would be misread.
    pub(crate) fn changed_text(&self, changes: &[(String, String)]) -> Option<String> {
        let mut pick = self.clone();
        for (key, value) in changes {
            let protected = if value.contains([',', '=', '(', '[', '"']) {
                format!("\"{value}\"")
            } else {
                value.clone()
            };
            let changed = pick.changed(key, &protected).ok()?;
            let has = |key: &str, value: &str| {
                let mut settings = changed.settings.iter();
                settings.any(|s| s.key == key && s.value == value)
            };
            let mut others = pick.settings.iter().filter(|s| s.key != *key);
            if !has(key, value) || !others.all(|s| has(&s.key, &s.value)) {
                return None;
            }
            pick = changed;
        }
        Some(pick.text)
    }

    /// Returns the settings whose keys begin with `prefix`, without this beginning.
    pub(crate) fn settings_of_part(&self, prefix: &str) -> Vec<Assignment> {
        let own = self.settings.iter().filter_map(|setting| {
            let key = setting.key.strip_prefix(prefix)?.to_owned();
            Some(Assignment {
                key,
                ..setting.clone()
            })
        });
        own.collect()
    }

    /// Returns the text of the pick.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the range of the id in the text, in bytes.
    pub fn id_span(&self) -> Range<usize> {
        0..self.id.len()
    }
}

impl fmt::Display for Pick {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_or_adds_a_setting() {
        let changed = |text: &str, key, value| {
            let pick: Pick = text.parse().unwrap();
            pick.changed(key, value).unwrap().text().to_owned()
        };
        assert_eq!(changed("m", "a", "1"), "m:a=1");
        assert_eq!(changed("m:a=1,b='x,c=2'", "a", "3"), "m:a=3,b='x,c=2'");
        assert_eq!(changed("m:x(1),b=2", "b", "3"), "m:x(1),b=3");
        let pick: Pick = "m".parse().unwrap();
        assert!(pick.changed("a", "").is_err());
    }
}
