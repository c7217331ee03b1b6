//! The pages of figures: the gallery, and the article beside what we make of it.

use super::pictures::{self, RenderedPicture};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::fmt::Write as _;

/// A figure of the gallery, as the program lists it in JSON.
pub(super) struct GalleryFigure(Value);

/// Formats a text as it is, any other value as JSON, and null as a dash.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(text).collect()
}

impl GalleryFigure {
    /// All figures.
    pub(super) fn all() -> Result<Vec<Self>> {
        let json = pictures::capture_output(&["list", "figures", "--json"])?;
        let lists: Value = serde_json::from_str(&json).context("the list of figures is no JSON")?;
        let figures = lists["figures"].as_array();
        let figures = figures.context("there is no list of figures")?;
        Ok(figures.iter().cloned().map(Self).collect())
    }

    pub(super) fn id(&self) -> String {
        text(&self.0["id"])
    }

    /// The words that a setting can be.
    pub(super) fn choices(&self, name: &str) -> Vec<String> {
        let mut settings = list(&self.0["params"]).iter();
        let setting = settings.find(|setting| setting["name"] == name);
        setting.map_or_else(Vec::new, |setting| texts(&setting["choices"]))
    }

    /// The path of its example.
    pub(super) fn path(&self) -> String {
        format!("docs/gallery/{}.svg", self.id())
    }

    /// Its example.
    pub(super) fn picture(&self) -> Result<RenderedPicture> {
        let command = self.command();
        let words: Vec<&str> = command.split_whitespace().collect();
        pictures::render_picture(&words, &self.path())
    }

    /// The arguments of its example.
    fn command(&self) -> String {
        let example = text(&self.0["example"]);
        format!("draw {} {example}", self.id())
            .trim_end()
            .to_owned()
    }

    fn section(&self) -> String {
        let [id, title, summary] = ["id", "title", "summary"].map(|key| text(&self.0[key]));
        let mut out = format!("## `{id}`: {title}\n\n{summary}");
        let asks = texts(&self.0["asks"]);
        if !asks.is_empty() {
            let _ = write!(out, " It needs {}.", asks.join(" and "));
        }
        let command = self.command();
        let _ = write!(
            out,
            "\n\n    thalweg {command} -o {id}.svg\n\n![{title}](gallery/{id}.svg)\n"
        );
        let settings = list(&self.0["params"]);
        if !settings.is_empty() {
            out += "\n| setting | default | allowed | |\n|---|---|---|---|\n";
        }
        for setting in settings {
            let [name, default, kind, help] =
                ["name", "default", "kind", "help"].map(|key| text(&setting[key]));
            let allowed = match &*texts(&setting["choices"]) {
                [] => kind,
                choices => choices.join(", "),
            };
            let _ = writeln!(out, "| `{name}` | {default} | {allowed} | {help} |");
        }
        out
    }
}

/// The gallery.
pub(super) fn page(figures: &[GalleryFigure]) -> String {
    let mut out = include_str!("gallery_head.md").to_owned();
    for figure in figures {
        out.push('\n');
        out += &figure.section();
    }
    out
}
