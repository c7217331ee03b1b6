//! The pages of figures: the gallery, and the article beside what we make of it.

use std::fmt::Write as _;

use serde_json::Value;

use super::pictures::{self, Picture};
use crate::{Failure, Result};

/// A figure of the gallery, as the program lists it.
pub(super) struct Figure {
    pub(super) id: String,
    title: String,
    summary: String,
    asks: Vec<String>,
    /// The arguments of its example, without the figure's own.
    example: String,
    settings: Vec<Setting>,
}

/// A setting of a figure.
struct Setting {
    name: String,
    default: String,
    kind: String,
    choices: Vec<String>,
    help: String,
}

/// The path of a figure's example.
pub(super) fn path(id: &str) -> String {
    format!("docs/gallery/{id}.svg")
}

impl Figure {
    /// All figures.
    pub(super) fn all() -> Result<Vec<Self>> {
        let json = pictures::printed(&["list", "figures", "--json"])?;
        let lists: Value = serde_json::from_str(&json)
            .map_err(|e| Failure(format!("the list of figures is no JSON: {e}")))?;
        let figures = lists["figures"].as_array();
        let figures = figures.ok_or_else(|| Failure("there is no list of figures".to_owned()))?;
        Ok(figures.iter().map(Self::read).collect())
    }

    fn read(figure: &Value) -> Self {
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Null => "-".to_owned(),
            other => other.to_string(),
        };
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let setting = |param: &Value| Setting {
            name: text(&param["name"]),
            default: text(&param["default"]),
            kind: text(&param["kind"]),
            choices: list(&param["choices"]).iter().map(text).collect(),
            help: text(&param["help"]),
        };
        let [id, title, summary, example] =
            ["id", "title", "summary", "example"].map(|key| text(&figure[key]));
        Self {
            id,
            title,
            summary,
            asks: list(&figure["asks"]).iter().map(text).collect(),
            example,
            settings: list(&figure["params"]).iter().map(setting).collect(),
        }
    }

    /// The words that a setting can be.
    pub(super) fn choices(&self, name: &str) -> Option<Vec<String>> {
        let setting = self.settings.iter().find(|setting| setting.name == name)?;
        Some(setting.choices.clone())
    }

    /// The path of its example.
    pub(super) fn path(&self) -> String {
        path(&self.id)
    }

    /// Its example.
    pub(super) fn picture(&self) -> Result<Picture> {
        let words = self.example.split_whitespace();
        let words: Vec<&str> = ["draw", &self.id].into_iter().chain(words).collect();
        pictures::drawn(&words, &self.path())
    }

    fn section(&self) -> String {
        let mut out = format!("## `{}`: {}\n\n{}", self.id, self.title, self.summary);
        if !self.asks.is_empty() {
            let _ = write!(out, " It needs {}.", self.asks.join(" and "));
        }
        let command = format!("thalweg draw {} {}", self.id, self.example);
        let _ = write!(
            out,
            "\n\n    {} -o {}.svg\n\n![{}](gallery/{}.svg)\n",
            command.trim_end(),
            self.id,
            self.title,
            self.id
        );
        if !self.settings.is_empty() {
            out += "\n| setting | default | allowed | |\n|---|---|---|---|\n";
        }
        for setting in &self.settings {
            let Setting {
                name,
                default,
                kind,
                choices,
                help,
            } = setting;
            let allowed = if choices.is_empty() {
                kind.clone()
            } else {
                choices.join(", ")
            };
            let _ = writeln!(out, "| `{name}` | {default} | {allowed} | {help} |");
        }
        out
    }
}

/// The gallery.
pub(super) fn page(figures: &[Figure]) -> String {
    let mut out = include_str!("gallery_head.md").to_owned();
    for figure in figures {
        out.push('\n');
        out += &figure.section();
    }
    out
}
